"""Plants the log: contacts of every level and state in every chapter, by the real actions, a word in each field."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from advocacy.interactions.actions import contacts
from advocacy.interactions.entry import AskMade, Entry, Met, Promise
from advocacy.interactions.models import (
    AskKind,
    AskResponse,
    CommitmentSide,
    FollowUp,
    FollowUpKind,
    Impression,
    Interaction,
    Level,
    Stance,
    StanceEvidence,
)
from advocacy.jobs.models import Job
from advocacy.outbox.models import KeptMessage
from legislation.models import (
    Chamber,
    Committee,
    Jurisdiction,
    LegislativeSession,
    Measure,
    Official,
    Staffer,
)
from tests.access.canaries import Nest
from tests.access.planting_ties import plant_ties
from tests.access.world import (
    CHAPTER,
    DELETED,
    DISCARDED,
    DRAFT,
    LEVELS,
    LOGGED,
    PLANNED,
    RESTRICTED,
    SHARED,
    STATES,
    Actor,
    Thing,
    World,
)
from tests.cast import TODAY
from tests.factories.hearings import hearing_on
from tests.factories.log import entry_by, interoperability, official_in, seat_in
from tests.factories.people import province, state, united_states

_NARRATIVE = (
    "concerns", "questions", "recommendations", "allies", "personal_notes", "stories_used", "materials_left",
    "partners_present", "location",
)  # fmt: skip
# An impression that is not at the level of its record: the lock of either must hold.
_IMPRESSION_LEVEL = {SHARED: RESTRICTED, CHAPTER: SHARED, RESTRICTED: CHAPTER}
Authors = dict[str, Actor]


def plant_log(world: World, authors: Authors) -> None:
    officials = _officials(world)
    planter = _Planter(world, authors, officials)
    for key in world.places:
        for level in LEVELS:
            for condition in STATES:
                planter.plant(key, level, condition)
        planter.free_followup(key)
    planter.plant_special_cases()
    _public_record(world, officials)
    plant_ties(world, officials)
    _mail_and_jobs(world)


def _officials(world: World) -> dict[str, list[Official]]:
    """Two in each legislature, so that whoever was met stays a name in the record; one in Congress."""
    texas, maryland = state("tx", "Texas"), state("md", "Maryland")
    quebec = province("qc", "Quebec", "Québec")
    shared = [_official(world, texas, "131"), _official(world, texas, "132")]
    return {
        "A": shared,
        "B": shared,
        "C": [_official(world, maryland, "9"), _official(world, maryland, "10")],
        "D": [_official(world, quebec, "Laurier"), _official(world, quebec, "Outremont")],
        "federal": [_official(world, united_states(), "TX-7"), _official(world, united_states(), "TX-8")],
    }


def _official(world: World, jurisdiction: Jurisdiction, district: str) -> Official:
    nest = Nest(f"official {district}")
    official = official_in(seat_in(jurisdiction, district), f"Alma {nest.word('name')}")
    world.fields |= nest.fields
    is_typical = district in ("131", "Laurier")
    world.add(Thing("official", official.pk, district, words=nest.words, is_typical=is_typical))
    return official


def _public(world: World, kind: str, pk: int, label: str, nest: Nest) -> None:
    world.fields |= nest.fields
    world.add(Thing(kind, pk, label, words=nest.words))


class _Planter:
    """Knows who writes for which chapter and whom they meet."""

    def __init__(self, world: World, authors: Authors, officials: dict[str, list[Official]]) -> None:
        self.world, self.authors, self.officials = world, authors, officials

    def plant(
        self,
        key: str,
        level: str,
        condition: str,
        *,
        label: str = "",
        author: Actor | None = None,
        offices: Sequence[Official] = (),
        jurisdictions: frozenset[str] | None = None,
        impressions_level: str = "",
        promised_to: Actor | None = None,
    ) -> Thing:
        author = author or self.authors[key]
        nest = Nest(f"interaction {label or f'{key} {level} {condition}'}")
        felt = Nest(f"impression {label or f'{key} {level} {condition}'}")
        with_them = [self.world.actors["member A"]] if key == "A" and author is self.authors["A"] else []
        felt_level = impressions_level or _IMPRESSION_LEVEL[level]
        entry = self._entry(key, level, nest, author, with_them, promised_to or author, offices)
        entry = replace(entry, impressions=felt.text("impressions"), impressions_confidentiality=felt_level)
        row = self._written(author, entry, condition, nest)
        self.world.fields |= nest.fields | felt.fields
        record = self.world.add(
            Thing(
                "interaction",
                row.pk,
                label or f"{key} {level} {condition}",
                words=nest.words,
                chapter=key,
                level=level,
                state=condition,
                author=author.name,
                took_part=frozenset({author.name, *(one.name for one in with_them)}),
                credited=frozenset({key}),
                jurisdictions=jurisdictions or _LEGISLATURE_OF[key],
                is_typical=(label or f"{key} {level} {condition}") in _TYPICAL,
                is_pressed=(label or f"{key} {level} {condition}") in _PRESSED,
            )
        )
        self._attached(record, felt, felt_level, promised_to or author, nest)
        return record

    def _entry(
        self,
        key: str,
        level: str,
        nest: Nest,
        author: Actor,
        with_them: Sequence[Actor],
        owner: Actor,
        offices: Sequence[Official],
    ) -> Entry:
        assert author.user is not None
        officials = offices or self.officials[key]
        asks = [
            AskMade(
                kind=AskKind.COSPONSOR,
                response=AskResponse.WILL_CONSIDER,
                official=officials[0],
                issue=interoperability(),
                text=nest.text("ask"),
                reason_given=nest.text("reason given"),
                stance=Stance.LEAN_YES,
                evidence=StanceEvidence.SAID_DIRECTLY,
            )
        ]
        promises = [
            Promise(CommitmentSide.US, nest.text("promise"), TODAY, FollowUpKind.OTHER, owner.user),
            Promise(CommitmentSide.THEM, nest.text("their promise"), TODAY + timedelta(days=9)),
        ]
        return entry_by(
            author.user,
            officials,
            chapter=self.world.places[key].chapter,
            confidentiality=level,
            summary=nest.text("summary"),
            agency=nest.text("agency")[:150],
            met=[Met(level=Level.POLICY_STAFF, name=nest.text("whom we met")[:120])],
            our_people=[author.user, *(one.user for one in with_them)],
            guests=[nest.text("guest")[:120]],
            asks=asks,
            promises=promises,
            **{name: nest.text(name) for name in _NARRATIVE},
        )

    def _written(self, author: Actor, entry: Entry, condition: str, nest: Nest) -> Interaction:
        by, now = author.user, timezone.now()
        assert by is not None
        act = {PLANNED: contacts.plan, DRAFT: contacts.save_draft, DISCARDED: contacts.save_draft}
        row, _ = act.get(condition, contacts.log)(by=by, entry=entry, form_key=uuid4(), now=now)
        if condition in (LOGGED, DELETED):
            corrected = replace(entry, facts=replace(entry.facts, summary=nest.text("corrected summary")))
            contacts.edit(by=by, interaction=row, entry=corrected, version=row.version, now=now)
        if condition in (DELETED, DISCARDED):
            # Nobody is asked why a draft is discarded; the page says so itself.
            reason = nest.text("deletion reason") if condition == DELETED else "Draft discarded"
            contacts.delete(by=by, interaction=row, reason=reason, now=now)
        return row

    def _attached(self, record: Thing, felt: Nest, level: str, owner: Actor, nest: Nest) -> None:
        """The rows that hang on a record and have rules of their own."""
        impression = Impression.objects.get(interaction=record.pk)
        self.world.add(
            Thing("impression", impression.pk, record.label, words=felt.words, level=level, of=record)
        )
        for number, row in enumerate(FollowUp.objects.filter(interaction=record.pk).order_by("pk")):
            words = frozenset(word for word in nest.words if word in row.text)
            owned_by = owner.name if words else record.author
            self.world.add(
                Thing(
                    "followup",
                    row.pk,
                    f"{number} of {record.label}",
                    words=words,
                    chapter=record.chapter,
                    owner=owned_by,
                    of=record,
                    is_typical=bool(words) and record.label in _TYPICAL_FOR_FOLLOWUPS,
                )
            )

    def free_followup(self, key: str) -> None:
        """A follow-up that arose from no contact."""
        nest, owner = Nest(f"followup {key} alone"), self.authors[key]
        row = FollowUp.objects.create(
            chapter=self.world.places[key].chapter,
            kind=FollowUpKind.OTHER,
            text=nest.text("text"),
            owner=owner.user,
            due_on=TODAY,
            created_by=owner.user,
        )
        self.world.fields |= nest.fields
        self.world.add(
            Thing("followup", row.pk, f"{key} alone", words=nest.words, chapter=key, owner=owner.name)
        )

    def plant_special_cases(self) -> None:
        actors = self.world.actors
        volunteer, neighbour = actors["volunteer A"], actors["advocate B"]
        for level in LEVELS:
            self.plant("A", level, LOGGED, label=f"A {level} by a volunteer", author=volunteer)
            self.plant("A", level, DRAFT, label=f"A {level} draft of a volunteer", author=volunteer)
            self.plant("A", level, DELETED, label=f"A {level} deleted, by a volunteer", author=volunteer)
            self.plant("A", SHARED, LOGGED, label=f"A felt {level}", impressions_level=level)
        self.plant("A", SHARED, DISCARDED)
        self.plant("A", CHAPTER, LOGGED, label="A chapter, promise to B", promised_to=neighbour)
        self.plant(
            "A", RESTRICTED, LOGGED, label="A restricted, promise to a volunteer", promised_to=volunteer
        )
        self.plant(
            "A",
            SHARED,
            LOGGED,
            label="A shared, in Congress",
            offices=self.officials["federal"],
            jurisdictions=frozenset({"us", "tx"}),
        )
        for level in (SHARED, CHAPTER):
            self._joined(self.plant("A", SHARED, LOGGED, label=f"A {level}, joined by B"), neighbour, level)
        first, second = (
            self.world.one("interaction", "A shared logged"),
            self.world.one("interaction", "A restricted logged"),
        )
        Interaction.objects.filter(pk=first.pk).update(resembles=second.pk)

    def _joined(self, record: Thing, by: Actor, level: str) -> None:
        """Joined while it was shared; its level may be raised afterwards."""
        assert by.user is not None
        row = Interaction.objects.get(pk=record.pk)
        contacts.join(by=by.user, interaction=row, chapter=self.world.places["B"].chapter)
        Interaction.objects.filter(pk=record.pk).update(confidentiality=level)
        credited, took_part = record.credited | {"B"}, record.took_part | {by.name}
        joined = replace(record, level=level, credited=credited, took_part=took_part)
        self.world.things = [_renewed(thing, record, joined) for thing in self.world.things]


def _renewed(thing: Thing, old: Thing, new: Thing) -> Thing:
    if thing is old:
        return new
    return replace(thing, of=new) if thing.of is old else thing


# Chapter A in full, what a volunteer wrote there, and of the others what differs in who may reach it.
_TYPICAL = {
    *(f"A {level} {condition}" for level in LEVELS for condition in STATES),
    "B shared logged",
    "B chapter logged",
    "B restricted logged",
    "B shared draft",
    "C shared logged",
    "D shared logged",
    "A shared discarded",
    "A restricted by a volunteer",
    "A restricted draft of a volunteer",
    "A restricted deleted, by a volunteer",
    "A chapter, joined by B",
}
_PRESSED = {
    *(f"A {level} {condition}" for level in (SHARED, RESTRICTED) for condition in STATES),
    "A chapter logged",
    "B shared logged",
    "D shared logged",
    "A shared discarded",
    "A restricted by a volunteer",
    "A restricted draft of a volunteer",
}
_TYPICAL_FOR_FOLLOWUPS = {
    *(f"A {level} logged" for level in LEVELS),
    "A shared deleted",
    "B shared logged",
    "A chapter, promise to B",
    "A restricted, promise to a volunteer",
    "A restricted by a volunteer",
}
_LEGISLATURE_OF = {
    "A": frozenset({"tx"}),
    "B": frozenset({"tx"}),
    "C": frozenset({"md", "dc"}),
    "D": frozenset({"qc"}),
}


def _public_record(world: World, officials: dict[str, list[Official]]) -> None:
    """What would be true without us: a committee, a measure, a staffer."""
    texas = state("tx", "Texas")
    nest = Nest("committee")
    committee = Committee.objects.create(
        jurisdiction=texas, name=f"Committee {nest.word('name')}", external_id="canary-committee"
    )
    _public(world, "committee", committee.pk, "Texas", nest)
    nest = Nest("measure")
    session = LegislativeSession.objects.create(jurisdiction=texas, identifier="90R", name="90th")
    measure = Measure.objects.create(session=session, number="HB 210", title_en=nest.text("title"))
    _public(world, "measure", measure.pk, "Texas", nest)
    nest = Nest("hearing")
    hearing = hearing_on(measure, committee_name=f"Committee {nest.word('name')}", note=nest.text("note"))
    _public(world, "hearing", hearing.pk, "Texas", nest)
    nest = Nest("staffer")
    staffer = Staffer.objects.create(
        name=f"Kim {nest.word('name')}",
        official=officials["A"][0],
        title=nest.text("title")[:120],
        email=nest.address("email"),
        added_by=world.actors["advocate A, author"].user,
    )
    world.fields |= nest.fields
    world.add(Thing("staffer", staffer.pk, "Texas", words=nest.words, author="advocate A, author"))
    world.add(Thing("jurisdiction", texas.pk, "Texas"))
    chamber = Chamber.objects.get(jurisdiction=texas)
    world.add(Thing("chamber", chamber.pk, "Texas"))


_WRITTEN_TO = {"member A", "advocate A, author", "advocate B", "lead", "staff"}


def _mail_and_jobs(world: World) -> None:
    now = timezone.now()
    for actor in world.actors.values():
        if actor.user is None:
            continue
        nest = Nest(f"mail to {actor.name}")
        message = KeptMessage.objects.create(
            recipient=actor.user.email,
            subject=nest.text("subject"),
            text=nest.text("text"),
            html=f"<p>{nest.text('html')}</p>",
            headers={"X-Canary": nest.word("headers")},
            kept_at=now,
        )
        world.fields |= nest.fields
        known = {"words": nest.words, "owner": actor.name, "is_typical": actor.name in _WRITTEN_TO}
        world.add(Thing("message", message.pk, actor.name, **known))
        nest = Nest(f"job of {actor.name}")
        job = Job.objects.create(
            kind="canary",
            arguments={"word": nest.word("arguments")},
            message=nest.text("message"),
            created_by=actor.user,
            queued_at=now,
        )
        world.fields |= nest.fields
        world.add(Thing("job", job.pk, actor.name, words=nest.words, owner=actor.name))
