"""Who holds the seats of many delegations on a day, as keys: what is counted where nobody is shown.

The rules are those of `members.delegation`; a table of sixty chapters asks for 25,000 seats, and needs no names.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from legislation.models import ChamberCode, Seat, Tenure
from members.delegation import first_counted, seats_in_parts
from members.models import ChapterTerritory
from members.models.chapter import Coverage

# Above this a list of keys in a query is slower than reading every row.
_FEW = 2_000
_SEAT = ("chamber__code", "places", "chamber__jurisdiction", "division__jurisdiction")


class Held(NamedTuple):
    """One place of a seat and who holds it, as keys. A vacant one names nobody.

    `represents` is the jurisdiction that elects the seat: members of Congress count with their state.
    """

    seat: int
    represents: int
    tenure: int | None = None
    official: int | None = None


class _Seat(NamedTuple):
    code: str
    places: int
    home: int
    elected_by: int | None

    @property
    def represents(self) -> int:
        return self.elected_by or self.home


class _Tenure(NamedTuple):
    pk: int
    official: int
    starts_on: date | None
    ends_on: date | None

    def is_unconfirmed(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on <= day


def by_chapter(territories: Iterable[ChapterTerritory], day: date) -> dict[int, list[Held]]:
    """Every place of each chapter's delegation. Statewide offices are in it only where they are vacant."""
    rows = list(territories)
    whole = [one for one in rows if one.coverage == Coverage.FULL]
    parts = [one for one in rows if one.coverage != Coverage.FULL]
    seats, of_place = _seats_of(whole, day)
    wanted: dict[int, set[int]] = {}
    for territory in whole:
        wanted.setdefault(territory.chapter_id, set()).update(of_place.get(territory.jurisdiction_id, ()))
    for territory, found in seats_in_parts(parts, day):
        wanted.setdefault(territory.chapter_id, set()).update(found)
    missing = {seat for keys in wanted.values() for seat in keys} - seats.keys()
    more = Seat.objects.filter(pk__in=missing).order_by().values_list("pk", *_SEAT)
    seats |= {pk: _Seat(*seat) for pk, *seat in more}
    held = _held(seats, day)
    return {chapter: [one for seat in sorted(keys) for one in held[seat]] for chapter, keys in wanted.items()}


def _seats_of(
    territories: Collection[ChapterTerritory], day: date
) -> tuple[dict[int, _Seat], dict[int, list[int]]]:
    """The seats of whole jurisdictions, and which of them each jurisdiction has."""
    places = {one.jurisdiction_id: one.jurisdiction for one in territories}
    seats: dict[int, _Seat] = {}
    of_place: dict[int, list[int]] = {pk: [] for pk in places}
    if not places:
        return seats, of_place
    rows = Seat.objects.on_the_map(day).for_jurisdiction(list(places)).order_by()
    for pk, *fields in rows.values_list("pk", *_SEAT):
        seat = seats[pk] = _Seat(*fields)
        for place in {seat.home, seat.represents} & places.keys():
            if seat.code != ChamberCode.LOCAL or not places[place].has_a_legislature:
                of_place[place].append(pk)
    return seats, of_place


def _held(seats: dict[int, _Seat], day: date) -> dict[int, list[Held]]:
    rows = Tenure.objects.in_force(day).order_by()
    if len(seats) <= _FEW:
        rows = rows.filter(Q(seat__in=list(seats)))
    tenures: dict[int, list[_Tenure]] = {}
    for row in rows.values_list("seat", "pk", "official", "starts_on", "ends_on"):
        tenures.setdefault(row[0], []).append(_Tenure(*row[1:]))
    return {pk: _places(pk, seat, tenures.get(pk, []), day) for pk, seat in seats.items()}


def _places(pk: int, seat: _Seat, tenures: list[_Tenure], day: date) -> list[Held]:
    vacant = [Held(pk, seat.represents)] if len(tenures) < seat.places else []
    if seat.code == ChamberCode.EXECUTIVE:
        return vacant
    counted = tenures
    if len(tenures) > seat.places:
        counted = first_counted(
            sorted(tenures, key=lambda one: (one.starts_on or date.min, one.pk)),
            seat.places,
            lambda one: (one.is_unconfirmed(day), one.starts_on),
        )
    return [Held(pk, seat.represents, one.pk, one.official) for one in counted] + vacant
