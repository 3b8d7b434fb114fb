"""The demo's map: districts made up by the computer inside rough outlines, and a few codes that lie in them.

The outlines are a dozen corners each, put down by hand; no line inside them is anybody's. They go in by the same
action as real files, as editions that say they are invented.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from random import Random

import shapely
from django.utils.translation import gettext as _
from django.utils.translation import override
from shapely.geometry.base import BaseGeometry

from legislation.actions.map_loading import LoadedFile, replace_postal_codes, replace_shapes
from legislation.legislature import by_district
from legislation.models import Chamber, ChamberCode, Division, EditionPart, MapEdition, Seat, Source
from legislation.sources.map_shapes import EditionShapes
from legislation.sources.postal_tables import PostalRow, PostalTable
from legislation.sources.records import DivisionFact

_SEED = 20270210
_TRIES = 24
# Longitude and latitude of the corners, to half a degree or so.
_OUTLINES: dict[str, tuple[tuple[float, float], ...]] = {
    "TX": (
        (-103, 36.5), (-100, 36.5), (-100, 34.5), (-97, 33.8), (-94, 33.5), (-93.7, 30), (-95, 29), (-97, 28),
        (-97.3, 26), (-99, 26.5), (-100, 28.2), (-101.5, 29.7), (-102.8, 29), (-104.5, 29.6), (-106.5, 31.8),
        (-103, 32),
    ),
    "MD": ((-79.4, 39.7), (-75.8, 39.7), (-75.1, 38.4), (-76, 38.1), (-77.2, 38.9), (-78.5, 39.5), (-79.4, 39.2)),
    "VA": ((-83.5, 36.6), (-76, 36.6), (-76.3, 37.8), (-77.2, 38.8), (-78.3, 39.3), (-80, 38), (-82, 37.4)),
    "DC": ((-77.1, 38.93), (-77.04, 39), (-76.91, 38.89), (-77.04, 38.79)),
    "OH": ((-84.8, 41.7), (-83, 41.5), (-80.5, 42), (-80.5, 40.6), (-82, 39), (-82.6, 38.4), (-84.8, 39.1)),
    "CO": ((-109, 41), (-102, 41), (-102, 37), (-109, 37)),
    "BC": ((-139, 60), (-120, 60), (-120, 54), (-114.5, 49.5), (-116, 49), (-123.3, 49), (-125, 48.6), (-130, 54)),
    "QC": (
        (-79.5, 51), (-79, 55), (-77, 62), (-70, 61), (-64.5, 60), (-67, 53), (-58, 51.5), (-64, 48.5),
        (-71, 45.2), (-74.5, 45), (-79.5, 46.5),
    ),
    "ON": (
        (-95, 49), (-95, 53), (-89, 56.5), (-82, 55), (-79.6, 51), (-79.5, 46.5), (-74.6, 45.2), (-79, 43.3),
        (-83, 42), (-82, 45), (-84.5, 46.5), (-89.5, 48),
    ),
}  # fmt: skip
# Where the demo puts some ZIP and postal codes. 77004 lies in two districts of the Texas House.
_CODES: dict[str, tuple[tuple[float, float], ...]] = {
    "77004": ((-95.4, 29.7), (-95.6, 31.2)),
    "78701": ((-97.7, 30.3),),
    "79401": ((-101.8, 33.6),),
    "20850": ((-77.2, 39.1),),
    "22201": ((-77.3, 38.8),),
    "44113": ((-81.7, 41.4),),
    "80202": ((-105, 39.7),),
    "V6B1A1": ((-123.1, 49.3),),
    "H2X1Y4": ((-73.6, 45.5),),
    "M5V2T6": ((-79.4, 43.7),),
}


class MapBuilder:
    """Draws the districts of every chamber of the demo, the same each time."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now
        self.since = date(now.year - 3, 1, 1)
        self.source = Source.objects.get(key=Source.INVENTED)

    def build(self) -> None:
        codes = [ChamberCode.UPPER, ChamberCode.LOWER, ChamberCode.LEGISLATURE]
        for chamber in Chamber.objects.filter(code__in=codes).select_related("jurisdiction"):
            if areas := self._areas(chamber):
                self._load(chamber, areas)

    def _areas(self, chamber: Chamber) -> dict[Division, BaseGeometry]:
        """Each state or province divided among those of its districts that are not at large."""
        by_place: dict[str, list[Division]] = {}
        seats = Seat.objects.filter(chamber=chamber).select_related("division__jurisdiction")
        for seat in sorted(seats, key=by_district):
            division = seat.division
            if division and division.jurisdiction and _is_a_part(division):
                by_place.setdefault(division.jurisdiction.abbreviation, []).append(division)
        return {
            division: area
            for place, divisions in by_place.items()
            for division, area in zip(divisions, _divided(place, len(divisions), chamber.code), strict=True)
        }

    def _load(self, chamber: Chamber, areas: dict[Division, BaseGeometry]) -> None:
        key = f"demo-{chamber.jurisdiction.abbreviation}-{chamber.code}".lower()
        MapEdition.objects.create(
            key=key,
            name=_name(chamber, "en"),
            name_fr=_name(chamber, "fr"),
            jurisdiction=chamber.jurisdiction,
            chamber_code=chamber.code,
            valid_from=self.since,
        )
        drawn = {one.ocd_id: (_fact(one), area) for one, area in areas.items()}
        replace_shapes(EditionShapes(key, areas=drawn), self._file(key, EditionPart.SHAPES), now=self.now)
        table = PostalTable(key, EditionPart.POSTAL_CODES)
        for code, points in _CODES.items():
            for division, area in areas.items():
                if any(area.covers(shapely.Point(point)) for point in points):
                    table.rows.append(PostalRow(code, division.ocd_id))
                    table.divisions[division.ocd_id] = _fact(division)
        if table.rows:
            replace_postal_codes(table, self._file(key, EditionPart.POSTAL_CODES), now=self.now)

    def _file(self, key: str, part: str) -> LoadedFile:
        return LoadedFile(
            str(self.source), hashlib.sha256(f"{_SEED} {key} {part}".encode()).hexdigest(), self.source.key
        )


def _is_a_part(division: Division) -> bool:
    state = division.jurisdiction
    at_large = division.name.casefold() == "at large"
    return state is not None and division.ocd_id != state.division_id and not at_large


def _name(chamber: Chamber, language: str) -> str:
    with override(language):
        return _("Invented districts: %(chamber)s") % {"chamber": chamber.name_in(language)}


def _fact(division: Division) -> DivisionFact:
    return DivisionFact(division.ocd_id, division.name, division.name_fr, division.kind, "")


def _divided(place: str, count: int, chamber: str) -> list[BaseGeometry]:
    """So many districts of about one size, from west to east; each holds what lies nearest to its middle."""
    random = Random(f"{_SEED} {place} {chamber}")  # noqa: S311 (the same map each time is the point)
    outline = shapely.Polygon(_OUTLINES[place])
    if count == 1:
        return [outline]
    middles = _spread(outline, count, random)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(middles), extend_to=outline).geoms
    return sorted((cell.intersection(outline) for cell in cells), key=lambda area: area.centroid.x)


def _spread(outline: shapely.Polygon, count: int, random: Random) -> Sequence[shapely.Point]:
    """Points of the outline, each the farthest of some tries from those before it."""
    west, south, east, north = outline.bounds
    found: list[shapely.Point] = []
    while len(found) < count:
        tries = [
            shapely.Point(random.uniform(west, east), random.uniform(south, north)) for _try in range(_TRIES)
        ]
        inside = [point for point in tries if outline.contains(point)]
        if inside:
            found.append(
                max(inside, key=lambda point: min((point.distance(one) for one in found), default=0))
            )
    return found
