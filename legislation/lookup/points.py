"""Which districts a point lies in, over every polygon of the editions in force: in memory, in each process.

Each look-up asks the database which editions are in force and as which version, and only the index of exactly
those answers. A version is never used again: each load writes another, in the transaction that writes the shapes.
So a look-up after a load sees the new lines, and one before it the old, in every process, without any signal.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

import numpy
import shapely
from django.db import connection

from legislation.models import DivisionShape, EditionFile, EditionPart, MapEdition

# The editions in force, each with a version for every load that its shapes come from.
Version = tuple[tuple[int, str], ...]
# Today, the day before or after, and one from a form.
_MOST_KEPT = 4
# Written out, because putting it together anew takes longer than the database takes to answer.
_VERSION = f"""
    SELECT DISTINCT file.edition_id, file.version
    FROM {EditionFile._meta.db_table} file JOIN {MapEdition._meta.db_table} edition ON edition.id = file.edition_id
    WHERE file.part = %s AND edition.valid_from <= %s
        AND (edition.valid_until IS NULL OR edition.valid_until > %s)
    ORDER BY 1, 2
"""  # noqa: S608 (names of ours)


class Hit(NamedTuple):
    edition_id: int
    division_id: int


class Areas:
    """The areas of one edition, prepared. Indexes of several days share those of the editions they have in common."""

    def __init__(self, rows: Sequence[tuple[int, int, Any]]) -> None:
        self.hits = [Hit(edition, division) for edition, division, _area in rows]
        drawn = [shapely.from_wkb(bytes(area)) for _edition, _division, area in rows]
        self.areas = numpy.array(drawn, dtype=object)
        shapely.prepare(self.areas)


class PointIndex:
    """The areas of some editions, found by the boxes around them and then by their true outline."""

    def __init__(self, editions: Sequence[Areas]) -> None:
        self._editions = editions
        self._hits = [hit for one in editions for hit in one.hits]
        self._areas = numpy.concatenate([one.areas for one in editions] or [numpy.array([], dtype=object)])
        self._tree = shapely.STRtree(self._areas)

    def at(self, latitude: float, longitude: float) -> list[Hit]:
        """Every district that holds the point; on a border, all that touch it."""
        point = shapely.Point(longitude, latitude)
        near = self._tree.query(point)
        return [self._hits[place] for place in near[shapely.intersects(self._areas[near], point)]]


class _Entry:
    """The index of one version. Whoever asks for it first builds it; others who want the same wait for that one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: PointIndex | None = None

    def index(self, kept: "_Kept", version: Version) -> PointIndex:
        # Once built it is there for everybody, without waiting.
        if self._index is None:
            with self._lock:
                if self._index is None:
                    self._index = PointIndex(kept.areas(version))
        return self._index


class _Kept:
    """The indexes last asked for: a few, so that two days in turn are not two builds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: OrderedDict[Version, _Entry] = OrderedDict()
        self._areas: WeakValueDictionary[tuple[int, tuple[str, ...]], Areas] = WeakValueDictionary()

    def index(self, version: Version) -> PointIndex:
        with self._lock:
            entry = self._entries.setdefault(version, _Entry())
            self._entries.move_to_end(version)
            while len(self._entries) > _MOST_KEPT:
                self._entries.popitem(last=False)
        return entry.index(self, version)

    def areas(self, version: Version) -> list[Areas]:
        return [
            self._areas_of(edition, tuple(one for other, one in version if other == edition))
            for edition in dict.fromkeys(edition for edition, _version in version)
        ]

    def _areas_of(self, edition: int, versions: tuple[str, ...]) -> Areas:
        with self._lock:
            known = self._areas.get((edition, versions))
        if known is None:
            shapes = DivisionShape.objects.filter(edition=edition).order_by()
            known = Areas(list(shapes.values_list("edition", "division", "geometry")))
            with self._lock:
                self._areas[edition, versions] = known
        return known


_kept = _Kept()


def divisions_at(latitude: float, longitude: float, day: date) -> list[Hit]:
    """The divisions that hold a point on `day`, each with its edition."""
    return _kept.index(_version(day)).at(latitude, longitude)


def _version(day: date) -> Version:
    on = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, [EditionPart.SHAPES.value, on, on])
        return tuple((edition, str(version)) for edition, version in cursor.fetchall())
