"""Who came after whom: the holder of a seat after somebody left it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from legislation.models import Official, Tenure

# An official, and the seat that they left.
Left = tuple[int, int]


def successors(left: Iterable[Left], day: date) -> dict[Left, Official]:
    """For each who left a seat, whoever sits there now in their place; one query for all of them.

    A seat of one place has one successor: its newest holder. Of a seat with several places it is whoever came when
    the person left or later, if that is one person; nobody is guessed.
    """
    wanted = set(left)
    if not wanted:
        return {}
    rows = Tenure.objects.filter(seat__in={seat for _, seat in wanted}).select_related("official", "seat")
    by_seat: dict[int, list[Tenure]] = {}
    for tenure in rows.order_by(F("starts_on").desc(nulls_last=True), "-pk"):
        by_seat.setdefault(tenure.seat_id, []).append(tenure)
    found = {}
    for official_id, seat_id in wanted:
        if newest := _successor(by_seat.get(seat_id, []), official_id, day):
            found[official_id, seat_id] = newest
    return found


def successor_in(seat_id: int, official_id: int, day: date) -> Official | None:
    return successors([(official_id, seat_id)], day).get((official_id, seat_id))


def successor_of(official: Official, day: date) -> Official | None:
    """Who sits now in the seat that this person held last; None while it is vacant or cannot be told."""
    last = Tenure.objects.ended(day).filter(official=official).order_by(F("ends_on").desc(), "-pk").first()
    return successor_in(last.seat_id, official.pk, day) if last else None


def _successor(tenures: list[Tenure], official_id: int, day: date) -> Official | None:
    """`tenures`: all that one seat ever saw, newest first."""
    ends = [one.ends_on for one in tenures if one.official_id == official_id and one.ends_on]
    others = [one for one in tenures if one.official_id != official_id and one.is_in_force(day)]
    if others and others[0].seat.places > 1:
        last_day = max(ends, default=None)
        others = [one for one in others if last_day and one.starts_on and one.starts_on >= last_day]
        return others[0].official if len(others) == 1 else None
    return others[0].official if others else None
