"""What a team knows of an office before it goes in: one page from our own log, for one reader.

Every fact comes through what the reader may read. What is restricted is in no brief, whoever asks (DOMAIN.md §4.8), and
paper, which goes from hand to hand, holds only what every chapter may know. Nothing here names a party.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Model, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language

from advocacy.accounts.models import User
from advocacy.coalitions.models import Grasstops, Influence
from advocacy.coalitions.models.grasstops import GrasstopsQuerySet
from advocacy.events.handouts import Handout, handouts_of, in_words
from advocacy.events.models import AdvocacyEvent, Appointment, EventAsk
from advocacy.interactions.models import (
    Ask,
    AskResponse,
    Commitment,
    CommitmentSide,
    Confidentiality,
    Interaction,
    KeyContact,
    Office,
    OfficialStance,
    RelationshipScore,
)
from advocacy.interactions.models.ask import UNSETTLED_RESPONSES
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.interactions.models.stance import OfficialStanceQuerySet
from advocacy.interactions.standings import Word, histories_of
from advocacy.positions.models import Position, Tracking
from legislation import titles
from legislation.models import CommitteeMembership, Official

CONTACTS = 3
# More than these do not fit beside each other on one page.
WORDS, PROMISES, OPEN_ASKS, PEOPLE, COMMITTEES, HANDOUTS = 5, 3, 3, 4, 5, 4
_STILL_OPEN = (*UNSETTLED_RESPONSES, AskResponse.DEFERRED_TO_STAFF)
# An official, a committee or an agency, as the log and the schedule both name it.
Key = tuple[int | None, int | None, str]


@dataclass(frozen=True)
class AskToday:
    """An ask of the day; `position` is the approved one it rests on, None where it may not be used today."""

    ask: EventAsk
    position: Position | None


@dataclass(frozen=True)
class Contact:
    """One of the last contacts, and whom we met."""

    interaction: Interaction
    met: str


@dataclass
class Brief:
    """One office: who they are, where they stand, what was said and promised, and what we ask today."""

    appointment: Appointment
    office: str
    seat: str
    asks: list[AskToday]
    handouts: list[Handout] = field(default_factory=list)
    committees: list[str] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    their_promises: list[Commitment] = field(default_factory=list)
    our_promises: list[Commitment] = field(default_factory=list)
    open_asks: list[Ask] = field(default_factory=list)
    key_contacts: list[KeyContact] = field(default_factory=list)
    relationships: list[RelationshipScore] = field(default_factory=list)
    grasstops: list[Influence] = field(default_factory=list)


def to_read(appointments: Sequence[Appointment], reader: User, today: date) -> list[Brief]:
    """On the screen of one reader: what they may read of the log."""
    contacts = Interaction.objects.visible_to(reader).logged().exportable()
    stances = OfficialStance.objects.visible_to(reader).exportable()
    grasstops = Grasstops.objects.visible_to(reader).exportable()
    return _Desk(reader, today, contacts, stances, grasstops).briefs(appointments)


def to_print(appointments: Sequence[Appointment], reader: User, today: date) -> list[Brief]:
    """On paper, which others hold too: of what the reader may read, what is shared with every chapter."""
    contacts = Interaction.objects.visible_to(reader).logged().filter(confidentiality=Confidentiality.SHARED)
    stances = OfficialStance.objects.visible_to(reader).known_to_all()
    grasstops = Grasstops.objects.visible_to(reader).filter(confidentiality=Confidentiality.SHARED)
    return _Desk(reader, today, contacts, stances, grasstops).briefs(appointments)


class _Desk:
    """Gathers for all offices at once: as many queries for a hundred as for one."""

    def __init__(
        self,
        reader: User,
        today: date,
        contacts: InteractionQuerySet,
        stances: OfficialStanceQuerySet,
        grasstops: GrasstopsQuerySet,
    ) -> None:
        self.reader, self.today = reader, today
        self.contacts, self.stances, self.grasstops = contacts, stances, grasstops

    def briefs(self, appointments: Sequence[Appointment]) -> list[Brief]:
        asks = self._asks({one.event_id: one.event for one in appointments}.values())
        materials = handouts_of({one.event_id for one in appointments})
        language = get_language() or "en"
        handouts = {pk: in_words(found[:HANDOUTS], language) for pk, found in materials.items()}
        self.officials = [one.official_id for one in appointments if one.official_id]
        self.appointments = appointments
        seated = Official.objects.filter(pk__in=self.officials).with_seats().in_bulk()
        made = [self._begun(one, asks.get(one.event_id, []), seated) for one in appointments]
        for one in made:
            one.handouts = handouts.get(one.appointment.event_id, [])
        by_office = {_key_of(one.appointment): one for one in made}
        self._add_contacts(by_office)
        self._add_promises(by_office)
        self._add_open_asks(by_office)
        self._add_public_record(by_office, asks)
        self._add_people(by_office)
        return made

    def _begun(self, one: Appointment, asks: list[AskToday], seated: dict[int, Official]) -> Brief:
        language, day = get_language(), one.event.held_on
        official = seated.get(one.official_id or 0)
        held = titles.seat_held(official, day) if official else None
        seat = one.seat or (held.seat if held else None)
        office = titles.titled(official, day, language) if official else one.office
        return Brief(one, office, seat.label_in(language) if seat else "", asks)

    def _asks(self, events: Iterable[AdvocacyEvent]) -> dict[int, list[AskToday]]:
        rows = EventAsk.objects.visible_to(self.reader).filter(event__in=[one.pk for one in events])
        shown = list(rows.select_related("measure__session", "issue", "position__chapter"))
        wanted = [row.position_id for row in shown if row.position_id]
        usable = set(Position.objects.usable().filter(pk__in=wanted).values_list("pk", flat=True))
        found: dict[int, list[AskToday]] = defaultdict(list)
        for row in shown:
            position = row.position if row.position_id in usable else None
            found[row.event_id].append(AskToday(row, position))
        return found

    def _add_contacts(self, briefs: dict[Key, Brief]) -> None:
        place = Window(
            RowNumber(),
            partition_by=[F("official"), F("committee"), F("agency")],
            order_by=[F("interaction__occurred_on").desc(), F("interaction").desc()],
        )
        near = Office.objects.filter(self._with_them(), interaction__in=self.contacts.order_by().values("pk"))
        newest = near.annotate(place=place).filter(place__lte=CONTACTS).order_by("place", "pk")
        rows = newest.select_related("interaction").prefetch_related(
            "interaction__counterparts__official", "interaction__counterparts__staffer"
        )
        for row in rows:
            met = ", ".join(str(one) for one in row.interaction.counterparts.all())
            briefs[_key_of(row)].contacts.append(Contact(row.interaction, met))

    def _add_promises(self, briefs: dict[Key, Brief]) -> None:
        """What was settled last stands first; what is pending after it, the soonest due first."""
        rows = Commitment.objects.select_related("measure__session")
        order = F("settled_on").desc(nulls_last=True), "check_back_on", "pk"
        for key, row in self._said_in_the_log(rows, order):
            brief = briefs[key]
            promises = brief.our_promises if row.side == CommitmentSide.US else brief.their_promises
            if len(promises) < PROMISES:
                promises.append(row)

    def _add_open_asks(self, briefs: dict[Key, Brief]) -> None:
        """The newest answer to each ask counts: what was agreed to or declined since is not open."""
        rows = Ask.objects.exclude(response=AskResponse.NOT_MADE).select_related("measure__session", "issue")
        order = "-interaction__occurred_on", "-pk"
        known: set[tuple[Key, str, int | None, int | None]] = set()
        for key, row in self._said_in_the_log(rows, order):
            matter = (key, row.kind, row.measure_id, row.issue_id)
            is_newest = matter not in known
            known.add(matter)
            open_asks = briefs[key].open_asks
            if is_newest and row.response in _STILL_OPEN and len(open_asks) < OPEN_ASKS:
                open_asks.append(row)

    def _said_in_the_log(self, rows: Any, order: Sequence[Any]) -> Iterator[tuple[Key, Any]]:
        """Asks or promises of the contacts, with the office that each concerns: the one named, else all that met."""
        office = "interaction__offices__"
        near = self.contacts.order_by().values("pk")
        named = Q(official=None) | Q(official=F(f"{office}official"))
        # In one filter, so that all of it speaks of one and the same office of the contact.
        of_these = rows.filter(self._with_them(office), named, interaction__in=near)
        placed = of_these.annotate(
            of_official=F(f"{office}official"),
            of_committee=F(f"{office}committee"),
            of_agency=F(f"{office}agency"),
        )
        for row in placed.order_by(*order):
            yield (row.of_official, row.of_committee, row.of_agency), row

    def _with_them(self, way: str = "") -> Q:
        """Rows that concern any of the offices; `way` leads from the row to the office."""
        committees = [one.committee_id for one in self.appointments if one.committee_id]
        agencies = [one.agency for one in self.appointments if one.agency]
        return (
            Q(**{f"{way}official__in": self.officials})
            | Q(**{f"{way}committee__in": committees})
            | Q(**{f"{way}agency__in": agencies})
        )

    def _add_public_record(self, briefs: dict[Key, Brief], asks: dict[int, list[AskToday]]) -> None:
        """Committees, and where they stand on our measures: those that somebody follows, and those of the day."""
        sits = CommitteeMembership.objects.visible_to(self.reader).in_force(self.today)
        for row in (
            sits.filter(official__in=self.officials).select_related("committee").order_by("rank", "pk")
        ):
            committees = briefs[row.official_id, None, ""].committees
            role = f" ({row.get_role_display()})" if row.role != "member" else ""
            said = f"{row.committee}{role}"
            # The record may hold a committee twice, as two bodies of one name.
            if len(committees) < COMMITTEES and said not in committees:
                committees.append(said)
        followed = set(Tracking.objects.visible_to(self.reader).order_by().values_list("measure", flat=True))
        followed |= {one.ask.measure_id for said in asks.values() for one in said if one.ask.measure_id}
        known = histories_of(self.officials, self.stances, user=self.reader, topics=followed)
        for pk, words in known.items():
            until = [word for word in words if word.on is None or word.on <= self.today]
            briefs[pk, None, ""].words = until[:WORDS]

    def _add_people(self, briefs: dict[Key, Brief]) -> None:
        """Who of ours keeps in touch, and who knows them: the strongest first."""
        ties = KeyContact.objects.visible_to(self.reader).kept(self.today).filter(official__in=self.officials)
        for tie in ties.select_related("person", "chapter").order_by("rank", "starts_on", "pk"):
            _up_to(PEOPLE, briefs[tie.official_id, None, ""].key_contacts, tie)
        scores = RelationshipScore.objects.visible_to(self.reader).filter(official__in=self.officials)
        for score in scores.newest_of_each():
            if score.is_fresh(self.today) and score.strength > 1:
                _up_to(PEOPLE, briefs[score.official_id, None, ""].relationships, score)
        within_reach = Influence.objects.filter(
            official__in=self.officials, grasstops__in=self.grasstops.in_force(self.today).order_by()
        )
        for row in within_reach.select_related("grasstops__contact__organisation"):
            _up_to(PEOPLE, briefs[row.official_id, None, ""].grasstops, row)


def _up_to(most: int, rows: list[Any], row: Model) -> None:
    if len(rows) < most:
        rows.append(row)


def _key_of(row: Appointment | Office) -> Key:
    return row.official_id, row.committee_id, row.agency
