"""Comparing the terms a source lists with the tenures the record holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from legislation.changeset.findings import RowUpdate
from legislation.changeset.held import HeldTenure
from legislation.models.seat import EndReason, Tenure
from legislation.sources.records import SeatKey, TenureFact

_ONE_DAY = timedelta(days=1)


class TenureFindings(NamedTuple):
    """`repeated`: terms that ended here and that the file merely states again; nobody is resurrected."""

    added: list[TenureFact]
    updates: list[RowUpdate]
    seats_before: dict[SeatKey, str]
    seats_after: set[SeatKey]
    repeated: list[HeldTenure]


def resolved(fact: TenureFact, day: date) -> TenureFact:
    """A term that is said to be over has an end: the stated one, or else the day we learned of it."""
    if not fact.has_ended:
        return fact
    ends_on = fact.ends_on if fact.ends_on and fact.ends_on <= day else _not_before(fact.starts_on, day)
    return fact._replace(ends_on=ends_on, end_is_expected=False)


def distinct(facts: Iterable[TenureFact]) -> list[TenureFact]:
    """One term per seat and start: sources sometimes state the same one twice. The longer one is kept."""
    found: dict[tuple[SeatKey, date | None, date | None], TenureFact] = {}
    for fact in facts:
        key = (fact.seat, fact.starts_on, None if fact.starts_on else fact.ends_on)
        if key not in found or _end(fact) > _end(found[key]):
            found[key] = fact
    return list(found.values())


def _end(fact: TenureFact) -> date:
    return fact.ends_on or date.max


def compare_tenures(
    rows: Sequence[HeldTenure], facts: Iterable[TenureFact], *, source_id: int, day: date, reopen: bool
) -> TenureFindings:
    """What to write so that `rows` say what `facts` say. With `reopen`, a repeated ended term opens again."""
    facts = distinct(facts)
    in_force_after = {fact.seat for fact in facts if resolved(fact, day).is_in_force(day)}
    found = TenureFindings(
        [], [], {row.key: row.label for row in rows if row.is_in_force(day)}, set(in_force_after), []
    )
    unmatched = defaultdict(list)
    for row in rows:
        unmatched[row.key].append(row)
    for fact in facts:
        match = _best_match(unmatched[fact.seat], fact, day)
        if match is None:
            found.added.append(resolved(fact, day))
            continue
        unmatched[fact.seat].remove(match)
        if match.has_ended and _is_open(fact) and not reopen:
            found.repeated.append(match)
            found.seats_after.discard(fact.seat)
        elif match.source_id == source_id and (values := dict(_differences(match, fact, day))):
            found.updates.append(RowUpdate(Tenure, match.pk, values))
    left_over = [row for group in unmatched.values() for row in group if row.source_id == source_id]
    found.updates.extend(_ended(left_over, found, day))
    # What staff entered themselves stays in force, whatever the source leaves out.
    own = {row.key for group in unmatched.values() for row in group if row.source_id != source_id}
    found.seats_after.update(key for key in own if key in found.seats_before)
    return found


def leave(rows: Iterable[HeldTenure], day: date) -> list[RowUpdate]:
    """Ends every tenure in force: the source no longer lists this person."""
    return [RowUpdate(Tenure, row.pk, _end_of(row, day)) for row in rows if row.is_in_force(day)]


def _is_open(fact: TenureFact) -> bool:
    return not fact.has_ended and (fact.ends_on is None or fact.end_is_expected)


def _best_match(rows: list[HeldTenure], fact: TenureFact, day: date) -> HeldTenure | None:
    """The row this fact speaks of: same start, else same end, else both in force (a corrected date)."""
    same_start = [row for row in rows if row.starts_on == fact.starts_on]
    same_end = [row for row in rows if row.ends_on == fact.ends_on and fact.ends_on is not None]
    both_open = [row for row in rows if row.is_in_force(day)] if _is_open(fact) else []
    candidates = [row for row in same_start if row in same_end] or same_start or same_end or both_open
    return candidates[0] if candidates else None


def _differences(row: HeldTenure, fact: TenureFact, day: date) -> Iterator[tuple[str, object]]:
    wanted = resolved(fact, day)
    if wanted.starts_on is not None and wanted.starts_on != row.starts_on:
        yield "starts_on", wanted.starts_on
    # An end that only we noticed is not moved by a source that still gives no date for it.
    if not (row.has_ended and fact.has_ended and fact.ends_on is None):
        if wanted.ends_on != row.ends_on:
            yield "ends_on", wanted.ends_on
        if wanted.end_is_expected != row.end_is_expected:
            yield "end_is_expected", wanted.end_is_expected
        if wanted.end_reason and wanted.end_reason != row.end_reason:
            yield "end_reason", wanted.end_reason
        elif row.end_reason and _is_open(fact):
            yield "end_reason", ""
    if wanted.title != row.title:
        yield "title", wanted.title


def _ended(rows: Iterable[HeldTenure], found: TenureFindings, day: date) -> Iterator[RowUpdate]:
    """Terms in force that the file no longer lists: left, or moved to the seat that is new."""
    new_starts = [fact.starts_on for fact in found.added if fact.starts_on and fact.is_in_force(day)]
    for row in rows:
        if row.is_in_force(day):
            values = _end_of(row, min(new_starts, default=day))
            if found.added and any(fact.is_in_force(day) for fact in found.added):
                values["end_reason"] = EndReason.MOVED_TO_OTHER_SEAT.value
            yield RowUpdate(Tenure, row.pk, values)


def _end_of(row: HeldTenure, day: date) -> dict[str, object]:
    has_run_out = row.ends_on is not None and row.ends_on <= day
    ends_on = row.ends_on if has_run_out else _not_before(row.starts_on, day)
    return {"ends_on": ends_on, "end_is_expected": False}


def _not_before(starts_on: date | None, day: date) -> date:
    return max(day, starts_on + _ONE_DAY) if starts_on else day
