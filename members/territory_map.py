"""Where a chapter works, as a map: the states it covers wholly, and its districts of those it covers in part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from legislation.legislature import by_district
from legislation.lookup.record import whole_of
from legislation.maps.drawing import Credit, Drawing, Wanted, draw
from legislation.maps.outline import Area
from legislation.models import ChamberCode, Division, Jurisdiction, Level, Seat
from members.delegation import seats_of
from members.models import ChapterTerritory
from members.models.chapter import Coverage

# Of a part of a state the lines of one chamber are shown: the first of these that are loaded.
_LINES = [
    (True, ChamberCode.LOWER),
    (False, ChamberCode.LOWER),
    (False, ChamberCode.LEGISLATURE),
    (False, ChamberCode.UPPER),
]
# Nobody draws districts for an executive: a whole state is always the sum of its districts.
_WHOLE = ChamberCode.EXECUTIVE


@dataclass(frozen=True)
class Piece:
    """A state or a district on the map, and in the list below it."""

    name: str
    anchor: str
    area: Area


@dataclass(frozen=True)
class TerritoryMap:
    """`missing`: of which places nothing is drawn, and why."""

    width: int
    height: int
    around: str
    pieces: list[Piece]
    missing: list[str]
    credits: tuple[Credit, ...]


def territory_map(territories: Sequence[ChapterTerritory], day: date) -> TerritoryMap:
    """All of the territories on one sheet, by the lines in force on `day`."""
    wholes = _wholes([one.jurisdiction for one in territories if one.coverage == Coverage.FULL])
    partial = [one for one in territories if one.coverage == Coverage.PARTIAL]
    districts = _districts(partial, day) if partial else {}
    wanted = {Wanted(pk, place.pk, _WHOLE): str(place) for pk, place in wholes.items()}
    wanted |= {
        _wanted(seat): str(seat) for seats in districts.values() for seat in sorted(seats, key=by_district)
    }
    drawing = draw(wanted, day)
    return TerritoryMap(
        width=drawing.width,
        height=drawing.height,
        around=drawing.around,
        pieces=[
            Piece(name, f"district-{one.division_id}", drawing.areas[one.division_id])
            for one, name in wanted.items()
            if one.division_id in drawing.areas
        ],
        missing=_missing(territories, wholes, districts, drawing),
        credits=drawing.credits,
    )


def _wholes(places: Iterable[Jurisdiction]) -> dict[int, Jurisdiction]:
    by_id = {whole_of(place): place for place in places}
    found = Division.objects.filter(ocd_id__in=by_id).values_list("pk", "ocd_id")
    return {pk: by_id[ocd_id] for pk, ocd_id in found}


def _districts(partial: Sequence[ChapterTerritory], day: date) -> dict[int, list[Seat]]:
    """The districts of each state that is covered in part, by its key, of the first chamber that can be drawn."""
    places = {one.jurisdiction_id: one.jurisdiction for one in partial}
    seats = Seat.objects.filter(
        pk__in=seats_of(partial, day).why, division__jurisdiction__in=places
    ).select_related("chamber__jurisdiction", "division")
    by_place: dict[int, dict[tuple[bool, str], list[Seat]]] = defaultdict(lambda: defaultdict(list))
    for seat in seats:
        division = seat.division
        if division and division.ocd_id != whole_of(places[division.jurisdiction_id or 0]):
            lines = (seat.chamber.jurisdiction.level == Level.FEDERAL, seat.chamber.code)
            by_place[division.jurisdiction_id or 0][lines].append(seat)
    return {place: _first_drawn(by_lines, day) for place, by_lines in by_place.items()}


def _first_drawn(by_lines: dict[tuple[bool, str], list[Seat]], day: date) -> list[Seat]:
    found = [by_lines[lines] for lines in _LINES if lines in by_lines]
    return next((seats for seats in found if draw(map(_wanted, seats), day).areas), [])


def _wanted(seat: Seat) -> Wanted:
    return Wanted(seat.division_id or 0, seat.chamber.jurisdiction_id, seat.chamber.code)


def _missing(
    territories: Iterable[ChapterTerritory],
    wholes: dict[int, Jurisdiction],
    districts: dict[int, list[Seat]],
    drawing: Drawing,
) -> list[str]:
    drawn = {place.pk for pk, place in wholes.items() if pk in drawing.areas}
    drawn |= {place for place, seats in districts.items() if seats}
    return [
        _("%(place)s: no shapes of its districts are loaded.") % {"place": one.jurisdiction}
        if one.coverage == Coverage.FULL or one.jurisdiction_id in districts
        else _("%(place)s: which of its districts lie in this part is not known.")
        % {"place": one.jurisdiction}
        for one in territories
        if one.jurisdiction_id not in drawn
    ]
