"""Districts as they lie beside each other, drawn from the shapes of the editions in force on a day.

A drawing is made once for the same districts on the same lines, and kept in the cache: the key holds the hashes of
the files that the shapes were loaded from.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import shapely
from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import get_language
from shapely.geometry.base import BaseGeometry

from legislation.lookup.record import whole_of
from legislation.maps.outline import Area, Sheet, area_of, path_of, simplify
from legislation.models import Division, DivisionShape, EditionFile, EditionPart, MapEdition
from legislation.models.public_record import in_language

_VERSION = 1
_A_WEEK = 7 * 24 * 3600


class Wanted(NamedTuple):
    """A district, and the chamber whose lines it is to be drawn by: its jurisdiction's key and its code."""

    division_id: int
    jurisdiction_id: int
    chamber_code: str


@dataclass(frozen=True)
class Credit:
    """The edition that something was drawn from, and what its source asks to be said."""

    name: str
    name_fr: str
    attribution: str

    def __str__(self) -> str:
        return in_language(get_language(), self.name, self.name_fr)


@dataclass(frozen=True)
class Drawing:
    """`areas` by the key of their division; `around`: the borders of the districts beside them."""

    width: int = 0
    height: int = 0
    areas: dict[int, Area] = field(default_factory=dict)
    around: str = ""
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True)
class _Lines:
    """An edition in force that has shapes, and the file they came from."""

    edition: MapEdition
    content_hash: str
    credit: Credit


Group = dict[int, BaseGeometry]


def draw(wanted: Iterable[Wanted], day: date) -> Drawing:
    """These districts by the lines in force on `day`. Those without a shape are not in it.

    A whole state is the sum of its districts, where no edition draws it by itself.
    """
    every = sorted(set(wanted))
    lines = _lines(day)
    if not every or not lines:
        return Drawing()
    key = _key(every, lines)
    drawing: Drawing | None = cache.get(key)
    if drawing is None:
        drawing = _Drawer(every, lines).drawing()
        cache.set(key, drawing, _A_WEEK)
    return drawing


def _lines(day: date) -> list[_Lines]:
    files = EditionFile.objects.filter(part=EditionPart.SHAPES, edition__in=MapEdition.objects.in_force(day))
    found = files.select_related("edition", "source").order_by("-edition__valid_from", "edition")
    return [
        _Lines(
            one.edition,
            one.content_hash,
            Credit(one.edition.name, one.edition.name_fr, one.source.attribution),
        )
        for one in found
    ]


def _key(wanted: Sequence[Wanted], lines: list[_Lines]) -> str:
    told = repr((_VERSION, wanted, [(one.edition.pk, one.content_hash) for one in lines]))
    return f"map-{hashlib.sha256(told.encode()).hexdigest()}"


class _Drawer:
    """Finds the shapes of one drawing, lays them on one sheet, and writes their paths."""

    def __init__(self, wanted: Sequence[Wanted], lines: list[_Lines]) -> None:
        self.wanted = wanted
        self.lines = {one.edition.pk: one for one in lines}
        # The newest lines of a chamber come first: they stand.
        self.of_chamber: dict[tuple[int, str], int] = {}
        for one in lines:
            self.of_chamber.setdefault(
                (one.edition.jurisdiction_id, one.edition.chamber_code), one.edition.pk
            )
        ids = {one.division_id for one in wanted}
        self.divisions = Division.objects.select_related("jurisdiction").in_bulk(ids)
        self.places = {one.jurisdiction_id for one in self.divisions.values() if one.jurisdiction_id}

    def drawing(self) -> Drawing:
        drawn, beside = self._shapes()
        wholes = self._wholes({id for group in drawn.values() for id in group})
        if not (drawn or wholes):
            return Drawing()
        groups = [*drawn.values(), *([wholes] if wholes else [])]
        sheet = Sheet([area for group in groups for area in group.values()])
        neighbours = [sheet.clip(sheet.lay(beside.get(edition, []))) for edition in drawn]
        laid = [sheet.lay(list(group.values())) for group in groups]
        simple = simplify([[*own, *near] for own, near in zip(laid, [*neighbours, []], strict=False)])
        areas: dict[int, Area] = {}
        around = ""
        for group, original, shapes in zip(groups, laid, simple, strict=True):
            for id, shape, fallback in zip(group, shapes, original, strict=False):
                areas.setdefault(id, area_of(shape, fallback))
            around += "".join(map(path_of, shapes[len(group) :]))
        return Drawing(sheet.width, sheet.height, areas, around, self._credits(drawn, bool(wholes)))

    def _shapes(self) -> tuple[dict[int, Group], dict[int, list[BaseGeometry]]]:
        """What each edition draws of the wanted districts, and of those beside them in the same states."""
        asked: dict[int, set[int]] = defaultdict(set)
        for one in self.wanted:
            if edition := self.of_chamber.get((one.jurisdiction_id, one.chamber_code)):
                asked[edition].add(one.division_id)
        near = Q(division__jurisdiction__in=self.places) | Q(division__in=self.divisions)
        rows = DivisionShape.objects.filter(near, edition__in=asked).order_by("edition", "division")
        drawn: dict[int, Group] = defaultdict(dict)
        beside: dict[int, list[BaseGeometry]] = defaultdict(list)
        for edition, division, geometry in rows.values_list("edition", "division", "geometry"):
            area = shapely.from_wkb(bytes(geometry))
            if division in asked[edition]:
                drawn[edition][division] = area
            else:
                beside[edition].append(area)
        return drawn, beside

    def _wholes(self, drawn: set[int]) -> Group:
        """States and provinces that are wanted as one area, as the sums of the districts of one edition each."""
        places = {
            one.jurisdiction.pk: one.pk
            for one in self.divisions.values()
            if one.pk not in drawn and one.jurisdiction and one.ocd_id == whole_of(one.jurisdiction)
        }
        rows = DivisionShape.objects.filter(edition__in=self.lines, division__jurisdiction__in=places)
        parts: dict[int, dict[int, list[BaseGeometry]]] = defaultdict(lambda: defaultdict(list))
        for edition, place, geometry in rows.order_by("division").values_list(
            "edition", "division__jurisdiction", "geometry"
        ):
            parts[place][edition].append(shapely.from_wkb(bytes(geometry)))
        self.summed = {place: min(editions, key=self._federal_first) for place, editions in parts.items()}
        return {
            places[place]: shapely.union_all(parts[place][edition]) for place, edition in self.summed.items()
        }

    def _federal_first(self, edition: int) -> tuple[bool, int]:
        return self.lines[edition].edition.jurisdiction_id in self.places, edition

    def _credits(self, drawn: Iterable[int], has_wholes: bool) -> tuple[Credit, ...]:
        editions = [*drawn, *(self.summed.values() if has_wholes else ())]
        return tuple(dict.fromkeys(self.lines[edition].credit for edition in editions))
