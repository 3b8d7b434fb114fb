"""Writing the rows around a contact: offices with the seat of that day, people, topics, materials, asks,
promises.

Each function brings the rows of one kind into agreement with the entry: what stays is left alone, what is new is
added, what is gone is removed. It is the same for a new record and for an edited one.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Model, Q

from advocacy.accounts.models import User
from advocacy.interactions.entry import AskMade, Entry, Met, Promise
from advocacy.interactions.models import (
    Ask,
    Commitment,
    Counterpart,
    Credit,
    Impression,
    Interaction,
    Level,
    Office,
    OfficialStance,
    Participant,
    Topic,
)
from advocacy.positions.models import Material
from legislation.models import Official, Staffer, StafferRole, Tenure
from members.models import ChapterTerritory

_STAFF_ROLES = {
    Level.SCHEDULER: StafferRole.SCHEDULER,
    Level.COMMITTEE_STAFF: StafferRole.COMMITTEE_STAFF,
    Level.FRONT_DESK: StafferRole.FRONT_DESK,
    Level.DISTRICT_STAFF: StafferRole.CONSTITUENCY_ASSISTANT,
    Level.POLICY_STAFF: StafferRole.POLICY_ADVISER,
}


def seat_on(official: Official, day: date) -> Tenure | None:
    """The tenure in which an official is met on `day`: the newest in force, else the one about to begin."""
    tenures = Tenure.objects.filter(official=official).select_related("seat__chamber")
    current = tenures.in_force(day).order_by(F("starts_on").desc(nulls_last=True), "-pk").first()
    return current or tenures.filter(starts_on__gt=day).order_by("starts_on", "pk").first()


def write_offices(interaction: Interaction, entry: Entry) -> None:
    existing = {office.official_id: office for office in interaction.offices.exclude(official=None)}
    wanted = {official.pk for official in entry.officials}
    interaction.offices.filter(official__isnull=False).exclude(official__in=wanted).delete()
    for official in entry.officials:
        if official.pk not in existing:
            _add_office(interaction, official)
    interaction.offices.filter(committee__isnull=False).exclude(committee__in=entry.committees).delete()
    for committee in entry.committees:
        Office.objects.get_or_create(
            interaction=interaction, committee=committee, defaults={"jurisdiction": committee.jurisdiction}
        )
    interaction.offices.filter(official=None, committee=None).exclude(agency=entry.agency).delete()
    if entry.agency:
        home = ChapterTerritory.objects.filter(chapter=interaction.chapter).first()
        Office.objects.get_or_create(
            interaction=interaction,
            agency=entry.agency,
            defaults={"jurisdiction_id": home.jurisdiction_id if home else None},
        )


def _add_office(interaction: Interaction, official: Official) -> None:
    tenure = seat_on(official, interaction.occurred_on)
    Office.objects.create(
        interaction=interaction,
        official=official,
        seat=tenure.seat if tenure else None,
        jurisdiction_id=tenure.seat.chamber.jurisdiction_id if tenure else None,
    )


def write_people(interaction: Interaction, entry: Entry) -> None:
    """Both sides: the people met, and ours."""
    interaction.counterparts.all().delete()
    for met in entry.met:
        Counterpart.objects.create(
            interaction=interaction, level=met.level, **_identity(interaction, met, entry)
        )
    interaction.participants.filter(person__isnull=False).exclude(person__in=entry.our_people).delete()
    for person in entry.our_people:
        Participant.objects.get_or_create(interaction=interaction, person=person)
    interaction.participants.filter(person=None).exclude(guest_name__in=entry.guests).delete()
    for guest in entry.guests:
        Participant.objects.get_or_create(interaction=interaction, person=None, guest_name=guest)


def _identity(interaction: Interaction, met: Met, entry: Entry) -> dict[str, Official | Staffer | str]:
    if met.official is not None:
        return {"official": met.official}
    if met.staffer is not None:
        return {"staffer": met.staffer}
    if len(entry.officials) == 1:
        return {"staffer": _staffer_on_record(entry.officials[0], met, interaction.logged_by)}
    return {"name": met.name}


def _staffer_on_record(official: Official, met: Met, added_by: User) -> Staffer:
    """The office's staffer of this name; somebody new is added to the record for the next contact."""
    known = Staffer.objects.filter(official=official, name__iexact=met.name, ends_on=None).first()
    if known is not None:
        return known
    return Staffer.objects.create(
        official=official,
        name=met.name,
        email=met.email,
        title=str(Level(met.level).label),
        role=_STAFF_ROLES.get(Level(met.level), StafferRole.OTHER),
        added_by=added_by,
    )


def write_topics(interaction: Interaction, entry: Entry) -> None:
    interaction.topics.exclude(Q(measure__in=entry.measures) | Q(issue__in=entry.issues)).delete()
    for measure in entry.measures:
        Topic.objects.get_or_create(interaction=interaction, measure=measure)
    for issue in entry.issues:
        Topic.objects.get_or_create(interaction=interaction, issue=issue)


def write_materials(interaction: Interaction, entry: Entry) -> None:
    """Only what is shared is picked; what was so when it was left, and is not any more, stays on record."""
    not_any_more = interaction.materials.exclude(
        pk__in=Material.objects.all().shared().order_by().values("pk")
    )
    interaction.materials.set([*entry.materials, *not_any_more])


def write_asks(interaction: Interaction, asks: Iterable[AskMade], by: User) -> None:
    """An ask that stays is left in place: what the public record shows of it hangs on it."""
    there: dict[tuple[object, ...], list[Ask]] = {}
    for row in interaction.asks.order_by("pk"):
        key = (row.official_id, row.kind, row.measure_id, row.issue_id)
        there.setdefault(key, []).append(row)
    for made in asks:
        key = (_pk(made.official), made.kind, _pk(made.measure), _pk(made.issue))
        known = there.get(key)
        _write_ask(known.pop(0) if known else Ask(interaction=interaction), made, by)
    interaction.asks.filter(pk__in=[row.pk for rows in there.values() for row in rows]).delete()


def _pk(row: Model | None) -> int | None:
    return row.pk if row else None


def _write_ask(ask: Ask, made: AskMade, by: User) -> None:
    ask.official, ask.kind, ask.measure, ask.issue = made.official, made.kind, made.measure, made.issue
    ask.text, ask.is_primary = made.text, made.is_primary
    ask.response, ask.reason_given = made.response, made.reason_given
    ask.save()
    if not (made.stance and made.official and (made.measure or made.issue)):
        OfficialStance.objects.filter(ask=ask).delete()
        return
    said = {
        "official": made.official,
        "measure": made.measure,
        "issue": made.issue,
        "stance": made.stance,
        "evidence": made.evidence,
        "as_of": ask.interaction.occurred_on,
    }
    OfficialStance.objects.update_or_create(ask=ask, defaults=said, create_defaults=said | {"noted_by": by})


def write_promises(interaction: Interaction, promises: Iterable[Promise]) -> list[tuple[Commitment, Promise]]:
    """Adds what is new; promises on record stay, since follow-ups and outcomes hang on them."""
    added = []
    for promise in promises:
        commitment, is_new = Commitment.objects.get_or_create(
            interaction=interaction,
            side=promise.side,
            text=promise.text,
            check_back_on=promise.check_back_on,
            defaults={
                "official": promise.official,
                "kind": promise.shown_by,
                "measure": promise.measure,
            },
        )
        if is_new:
            added.append((commitment, promise))
    return added


def write_credits(interaction: Interaction) -> None:
    Credit.objects.get_or_create(interaction=interaction, chapter=interaction.chapter)


def write_impressions(interaction: Interaction, entry: Entry, by: User) -> None:
    if not entry.impressions:
        Impression.objects.filter(interaction=interaction).delete()
        return
    Impression.objects.update_or_create(
        interaction=interaction,
        defaults={"text": entry.impressions, "confidentiality": entry.impressions_confidentiality},
        create_defaults={
            "text": entry.impressions,
            "confidentiality": entry.impressions_confidentiality,
            "written_by": by,
        },
    )
