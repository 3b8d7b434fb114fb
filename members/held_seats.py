"""Who holds the seats of many delegations on a day, as keys: what is counted where nobody is shown.

The rules are those of `members.delegation`; a table of sixty chapters asks for 25,000 seats, and needs no names.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from legislation.models import ChamberCode, Tenure
from members.delegation import first_counted
from members.models import ChapterTerritory
from members.territory_seats import SeatKeys, Territories

# Above this a list of keys in a query is slower than reading every row.
_FEW = 2_000


class Held(NamedTuple):
    """One place of a seat and who holds it, as keys. A vacant one names nobody.

    `represents` is the jurisdiction that elects the seat: members of Congress count with their state.
    """

    seat: int
    represents: int
    tenure: int | None = None
    official: int | None = None


class _Tenure(NamedTuple):
    pk: int
    official: int
    starts_on: date | None
    ends_on: date | None

    def is_unconfirmed(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on <= day


def by_chapter(territories: Iterable[ChapterTerritory], day: date) -> dict[int, list[Held]]:
    """Every place of each chapter's delegation. Statewide offices are in it only where they are vacant."""
    known = Territories(territories, day)
    wanted: dict[int, dict[int, str]] = {}
    for territory, part in known.parts():
        wanted.setdefault(territory.chapter_id, {}).update(part.seats)
    held = _held(known.seats, day)
    return {chapter: [one for seat in seats for one in held[seat]] for chapter, seats in wanted.items()}


def _held(seats: dict[int, SeatKeys], day: date) -> dict[int, list[Held]]:
    rows = Tenure.objects.in_force(day).order_by()
    if len(seats) <= _FEW:
        rows = rows.filter(seat__in=list(seats))
    tenures: dict[int, list[_Tenure]] = {}
    for row in rows.values_list("seat", "pk", "official", "starts_on", "ends_on"):
        tenures.setdefault(row[0], []).append(_Tenure(*row[1:]))
    return {pk: _places(seat, tenures.get(pk, []), day) for pk, seat in seats.items()}


def _places(seat: SeatKeys, tenures: list[_Tenure], day: date) -> list[Held]:
    represents = seat.represents
    vacant = [Held(seat.pk, represents)] if len(tenures) < seat.places else []
    if seat.code == ChamberCode.EXECUTIVE:
        return vacant
    if len(tenures) > seat.places:
        oldest_first = sorted(tenures, key=lambda one: (one.starts_on or date.min, one.pk))
        tenures = first_counted(
            oldest_first, seat.places, lambda one: (one.is_unconfirmed(day), one.starts_on)
        )
    return [Held(seat.pk, represents, one.pk, one.official) for one in tenures] + vacant
