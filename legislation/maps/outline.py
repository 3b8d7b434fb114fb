"""Areas as the paths of an SVG: on one grid, simplified along shared borders, and no larger than a page can carry."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from legislation.maps.projection import EqualArea, Points

# A drawing has the units of its viewBox: about two to a pixel on a laptop.
WIDTH, HEIGHT, MARGIN = 1400, 1120, 28
_TOLERANCE = 2.5
_SMALLEST_ISLAND = 16.0
# Some eight characters each: about 90 kB of paths at most.
MOST_POINTS = 11_000
_DOT = 5
_BEYOND = 8


@dataclass(frozen=True)
class Area:
    """One district: its outline, and a place for a word inside it with the radius that is free around it."""

    path: str
    x: int
    y: int
    room: int


class Sheet:
    """The paper: the box around what is drawn, in the projection that suits it."""

    def __init__(self, drawn: list[BaseGeometry]) -> None:
        self._project = EqualArea.around(drawn)
        flat = shapely.transform(numpy.array(drawn, dtype=object), self._project)
        self._west, self._north, east, south = shapely.total_bounds(flat)
        wide, high = max(east - self._west, 1e-9), max(south - self._north, 1e-9)
        self._scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        self.width = round(wide * self._scale) + 2 * MARGIN
        self.height = round(high * self._scale) + 2 * MARGIN

    def lay(self, areas: list[BaseGeometry]) -> list[BaseGeometry]:
        """Areas in the units of the drawing."""
        return list(shapely.transform(numpy.array(areas, dtype=object), self._place))

    def _place(self, points: Points) -> Points:
        flat = self._project(points)
        return numpy.column_stack(
            [
                (flat[:, 0] - self._west) * self._scale + MARGIN,
                (flat[:, 1] - self._north) * self._scale + MARGIN,
            ]
        )

    def clip(self, areas: list[BaseGeometry]) -> list[BaseGeometry]:
        """What of these areas lies on the paper; the cut itself lies just beyond its edge."""
        box = (-_BEYOND, -_BEYOND, self.width + _BEYOND, self.height + _BEYOND)
        cut = (shapely.clip_by_rect(area, *box) for area in areas)
        return [area for area in cut if not area.is_empty]


def simplify(groups: Sequence[list[BaseGeometry]]) -> list[list[BaseGeometry]]:
    """Each group of neighbours without the points nobody can see. What was one border stays one border.

    More is left out where all of them together would be too much for a page.
    """
    tolerance = _TOLERANCE
    while True:
        found = [_simplified(group, tolerance) for group in groups]
        if (
            sum(int(shapely.get_num_coordinates(group).sum()) for group in found) <= MOST_POINTS
            or tolerance > WIDTH
        ):
            return found
        tolerance *= 1.5


def _simplified(group: list[BaseGeometry], tolerance: float) -> list[BaseGeometry]:
    if not group:
        return []
    return [
        _of_polygons(area, tolerance) for area in shapely.coverage_simplify(numpy.array(group), tolerance)
    ]


def _of_polygons(area: BaseGeometry, tolerance: float) -> BaseGeometry:
    """Without islands too small to see; the largest part always stays."""
    parts = sorted(_polygons(area), key=lambda part: -part.area)
    seen = [part for part in parts if part.area >= max(_SMALLEST_ISLAND, tolerance**2)] or parts[:1]
    return shapely.MultiPolygon(seen)


def _polygons(area: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(area) if isinstance(part, Polygon) and not part.is_empty]


def area_of(shape: BaseGeometry, fallback: BaseGeometry) -> Area:
    """A shape as a path. What is too small to see becomes a dot, so that it can be found at all."""
    path = path_of(shape)
    if not path:
        point = fallback.representative_point()
        x, y = round(point.x), round(point.y)
        return Area(f"M{x - _DOT} {y}l{_DOT}-{_DOT} {_DOT} {_DOT}-{_DOT} {_DOT}z", x, y, 0)
    largest = max(_polygons(shape), key=lambda part: part.area)
    radius = shapely.maximum_inscribed_circle(largest, tolerance=2)
    (x, y), _edge = radius.coords
    return Area(path, round(x), round(y), int(radius.length))


def path_of(shape: BaseGeometry) -> str:
    """Every ring in whole units, each point told from the one before it."""
    rings = (ring for part in _polygons(shape) for ring in (part.exterior, *part.interiors))
    return "".join(map(_ring, rings))


def _ring(ring: BaseGeometry) -> str:
    points = numpy.rint(shapely.get_coordinates(ring)).astype(int)
    steps = numpy.diff(points, axis=0)
    steps = steps[numpy.any(steps != 0, axis=1)][:-1]
    if len(steps) < 2:
        return ""
    x, y = points[0]
    return f"M{x} {y}l{_numbers(steps.ravel().tolist())}z"


def _numbers(values: list[int]) -> str:
    """`3-4 5`: a minus sign needs no space before it."""
    text = "".join(str(value) if value < 0 else f" {value}" for value in values)
    return text.strip()
