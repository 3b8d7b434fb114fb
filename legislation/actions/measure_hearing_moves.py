"""Which hearing moved, where a source has no id for hearings and tells a moved one under another.

A measure that is no longer announced for one sitting ahead, and is for one other in the same words, went from the one
to the other. The hearing itself moved where all its measures did so together; then it stays one entry of a calendar.
Otherwise only those measures went: both hearings stand, and one that is left without measures is called off. Where a
measure could have come from several sittings, or gone to several, nothing is decided, and all of them stay visible.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import F

from legislation.changeset.held import chunks
from legislation.models import Hearing, HearingStatus

# For each measure, the ids of all hearings that the source announces, and what stays of each when it moves.
Announced = Mapping[int, Mapping[str, str]]


class _Shift(NamedTuple):
    """A measure went from one sitting to another."""

    measure: int
    old: Hearing
    new: str


def follow_moves(announced: Announced, *, source: int, now: datetime) -> int:
    """Give hearings that moved their new ids, and take measures off those that they left; returns the rows written."""
    moving = {measure: ids for measure, ids in announced.items() if any(ids.values())}
    if not moving:
        return 0
    standing = _standing(moving, source)
    shifts = [one for measure in moving for one in _shifts(measure, moving[measure], standing, now)]
    by_hearing: dict[int, list[_Shift]] = {}
    for one in shifts:
        by_hearing.setdefault(one.old.pk, []).append(one)
    taken = _known_ids(source, [one.new for one in shifts])
    measures = _measures_of(by_hearing)
    written = 0
    for hearing, group in by_hearing.items():
        (first, *_rest) = group
        from_elsewhere = any(one.new == first.new and one.old.pk != hearing for one in shifts)
        is_whole = {one.measure for one in group} == measures[hearing] and len(
            {one.new for one in group}
        ) == 1
        if is_whole and not from_elsewhere and first.new not in taken:
            written += Hearing.objects.filter(pk=hearing).update(external_id=first.new)
        else:
            written += _leave(hearing, {one.measure for one in group}, measures[hearing])
    return written


def _shifts(
    measure: int, announced: Mapping[str, str], standing: Mapping[int, list[Hearing]], now: datetime
) -> Iterator[_Shift]:
    mine = standing.get(measure, [])
    known = {row.external_id for row in mine}
    left = [row for row in mine if row.external_id not in announced and row.is_open and row.starts_at > now]
    gained: dict[str, list[str]] = {}
    for external_id, sitting in announced.items():
        if sitting and external_id not in known:
            gained.setdefault(sitting, []).append(external_id)
    for sitting, ids in gained.items():
        same = [row for row in left if row.external_id.endswith(sitting)]
        if len(ids) == len(same) == 1:
            yield _Shift(measure, same[0], ids[0])


def _standing(measures: Iterable[int], source: int) -> dict[int, list[Hearing]]:
    found: dict[int, list[Hearing]] = {}
    for chunk in chunks(sorted(measures)):
        rows = Hearing.measures.through.objects.filter(measure__in=chunk, hearing__source=source)
        for row in rows.select_related("hearing").order_by("pk"):
            found.setdefault(row.measure_id, []).append(row.hearing)
    return found


def _known_ids(source: int, ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for chunk in chunks(sorted(set(ids))):
        rows = Hearing.objects.filter(source=source, external_id__in=chunk)
        found |= set(rows.values_list("external_id", flat=True))
    return found


def _measures_of(hearings: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for chunk in chunks(sorted(hearings)):
        rows = Hearing.measures.through.objects.filter(hearing__in=chunk)
        for hearing, measure in rows.values_list("hearing", "measure"):
            found.setdefault(hearing, set()).add(measure)
    return found


def _leave(hearing: int, gone: set[int], measures: set[int]) -> int:
    rows = Hearing.measures.through.objects.filter(hearing=hearing, measure__in=gone)
    written, _by_model = rows.delete()
    if gone == measures:
        written += (
            Hearing.objects.open()
            .filter(pk=hearing)
            .update(status=HearingStatus.CANCELLED, sequence=F("sequence") + 1)
        )
    return written
