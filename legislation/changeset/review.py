"""The rule that says what an import may do by itself, what waits for a person, and what is refused.

By itself: contact details, names, parties, offices, committees, a term renewed in the same seat, newcomers into
seats with a free place, and the first load of a jurisdiction. Whatever ends a tenure waits, and so does whoever
takes a seat that is not free yet, and the committees these people sit on. Where a body would shrink by more than
a twentieth everything waits; by more than a tenth the file is refused (`refuse_half_a_file`).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count
from django.utils.translation import gettext as _

from legislation.changeset.findings import LEFT, ChangeSet, PersonChange
from legislation.changeset.held import chunks
from legislation.changeset.scope import in_scope
from legislation.models import Seat, Tenure
from legislation.sources.records import SeatKey

# More than a tenth of a body gone at once looks like half a file. Of a small body two may always leave.
_MOST_LEAVING = 0.10
_MOST_SHRINKING = 0.05
_ALWAYS_ALLOWED = 2


class TooManyLeaving(Exception):
    """The file would take more people out of office than a complete file ever does."""


@dataclass
class Parts:
    """`safe`: what is written at once, None where all of it waits. `waiting`: records that a person decides."""

    safe: ChangeSet | None
    waiting: set[str]


def refuse_half_a_file(found: ChangeSet) -> None:
    """Half a file makes people disappear in mid-term, or shrinks a body. Elections replace people."""
    sizes = _sizes(found)
    for chamber, leaving in found.leaving.items():
        size = sizes.get(chamber, 0)
        suspicious = max(found.missing_early[chamber], leaving - found.joining[chamber])
        if suspicious > max(_ALWAYS_ALLOWED, size * _MOST_LEAVING):
            raise TooManyLeaving(
                _(
                    "%(leaving)d of %(size)d members of one body (%(chamber)s) would leave at once. Is the "
                    "file complete? Nothing was changed. If it is right, run it again with --force."
                )
                % {"leaving": leaving, "size": size, "chamber": chamber}
            )


def split(found: ChangeSet, *, undone: set[tuple[str, str]]) -> Parts:
    """What may be written at once, and whose records wait.

    `undone`: what the source said, by record, in change sets that a person took back. Said again word for word,
    it waits.
    """
    if found.is_first:
        return Parts(found, set())
    waiting = _who_waits(found)
    waiting |= {
        change.record.external_id
        for change in found.people
        if (change.record.external_id, change.record.content_hash) in undone
    }
    if _shrinks(found):
        return Parts(None, waiting)
    return Parts(_without(found, waiting), waiting)


def _sizes(found: ChangeSet) -> dict[str, int]:
    if not found.leaving:
        return {}
    scope = in_scope(found.snapshot.scope.ocd_id, "seat__chamber__jurisdiction")
    rows = Tenure.objects.in_force(found.day).filter(scope).order_by()
    return dict(rows.values_list("seat__chamber__code").annotate(number=Count("pk")))


def _shrinks(found: ChangeSet) -> bool:
    sizes = _sizes(found)
    return any(
        leaving - found.joining[chamber] > max(_ALWAYS_ALLOWED, sizes.get(chamber, 0) * _MOST_SHRINKING)
        for chamber, leaving in found.leaving.items()
    )


def _who_waits(found: ChangeSet) -> set[str]:
    waiting = {one.record for one in found.happenings if one.kind == LEFT}
    ended = _ended_seats(found.people)
    free = _free_places(found)
    for change in found.people:
        id = change.record.external_id
        taken = [fact.seat for fact in change.tenures if fact.is_in_force(found.day)]
        given_up = ended.get(id, set())
        if given_up - set(taken):
            waiting.add(id)
        elif id not in waiting:
            new = Counter(seat for seat in taken if seat not in given_up)
            if any(free[seat] < count for seat, count in new.items()):
                waiting.add(id)
            else:
                free.subtract(new)
    return waiting


def _ended_seats(people: Iterable[PersonChange]) -> dict[str, set[SeatKey]]:
    """By record: the seats whose tenures, open or expected to run on, these changes bring to an end."""
    touched = {
        update.pk: (change.record.external_id, update.values)
        for change in people
        for update in change.updates
        if update.model is Tenure
    }
    ended: dict[str, set[SeatKey]] = {}
    for chunk in chunks(touched):
        rows = Tenure.objects.filter(pk__in=chunk).select_related("seat__chamber__jurisdiction")
        for row in rows:
            id, values = touched[row.pk]
            ends_on = values.get("ends_on", row.ends_on)
            is_expected = values.get("end_is_expected", row.end_is_expected)
            had_ended = row.ends_on is not None and not row.end_is_expected
            if ends_on is not None and not is_expected and not had_ended:
                ended.setdefault(id, set()).add(_key_of(row.seat))
    return ended


def _free_places(found: ChangeSet) -> Counter[SeatKey]:
    """How many more people each seat of the snapshot can take before anybody leaves."""
    free = Counter({key: fact.places for key, fact in found.snapshot.seats.items()})
    bodies = {key.jurisdiction for key in free}
    seats = Seat.objects.filter(chamber__jurisdiction__ocd_id__in=bodies).with_holders(found.day)
    for seat in seats.select_related("chamber__jurisdiction"):
        key = _key_of(seat)
        holders: int = getattr(seat, "holders")  # noqa: B009 (an annotation)
        free[key] = max(seat.places, free[key]) - holders
    return free


def _key_of(seat: Seat) -> SeatKey:
    return SeatKey(seat.chamber.jurisdiction.ocd_id, seat.chamber.code, seat.district)


def _without(found: ChangeSet, waiting: set[str]) -> ChangeSet:
    """The findings without the people who wait, and without the committees that name them."""
    named = {
        change.record.external_id
        for change in found.committees
        if any(member.person in waiting for member in change.record.members or ())
    }
    below = {
        change.record.external_id
        for change in found.committees
        if change.record.parent in named and change.committee_id is None
    }
    is_leaving = found.snapshot.missing_means_left
    return replace(
        found,
        people=[change for change in found.people if change.record.external_id not in waiting],
        committees=[one for one in found.committees if one.record.external_id not in named | below],
        happenings=[one for one in found.happenings if one.record not in waiting],
        updates=[update for update in found.updates if update.model is not Tenure],
        leavers=[],
        heard=[],  # of people who are not listed any more
        missing_records=[] if is_leaving else found.missing_records,
        waiting_records=found.missing_records if is_leaving else [],
    )
