"""Which districts a point lies in, over every polygon of the editions in force: in memory, once for each process."""

import threading
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy
import shapely

from legislation.models import DivisionShape, EditionFile, EditionPart, MapEdition

Version = tuple[tuple[int, str], ...]


class Hit(NamedTuple):
    edition_id: int
    division_id: int


class PointIndex:
    """The areas of some editions, found by the boxes around them and then by their true outline."""

    def __init__(self, rows: Sequence[tuple[int, int, Any]]) -> None:
        self._hits = [Hit(edition, division) for edition, division, _area in rows]
        areas = [shapely.from_wkb(bytes(area)) for _edition, _division, area in rows]
        self._areas = numpy.array(areas, dtype=object)
        shapely.prepare(self._areas)
        self._tree = shapely.STRtree(self._areas)

    def at(self, latitude: float, longitude: float) -> list[Hit]:
        """Every district that holds the point; on a border, all that touch it."""
        point = shapely.Point(longitude, latitude)
        near = self._tree.query(point)
        return [self._hits[place] for place in near[shapely.intersects(self._areas[near], point)]]


class _Latest:
    """The index last asked for. A look-up in another thread keeps the one it has while a new one is built."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version: Version | None = None
        self._index = PointIndex([])

    def index(self, version: Version) -> PointIndex:
        with self._lock:
            if version != self._version:
                self._index, self._version = _build(version), version
            return self._index


_latest = _Latest()


def divisions_at(latitude: float, longitude: float, day: date) -> list[Hit]:
    """The divisions that hold a point on `day`, each with its edition.

    One small query says whether the editions are still those in memory.
    """
    return _latest.index(_version(day)).at(latitude, longitude)


def _version(day: date) -> Version:
    files = EditionFile.objects.filter(part=EditionPart.SHAPES, edition__in=MapEdition.objects.in_force(day))
    return tuple(files.order_by("edition").values_list("edition", "content_hash"))


def _build(version: Version) -> PointIndex:
    shapes = DivisionShape.objects.filter(edition__in=[edition for edition, _hash in version]).order_by()
    return PointIndex(list(shapes.values_list("edition", "division", "geometry")))
