"""Which seats a territory brings, and by which rule: for one territory or for sixty chapters' with the same queries.

A seat belongs to a territory where its district overlaps it. What cannot be decided, because no table tells which
districts a part of a state holds, is said.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from legislation.models import Chamber, ChamberCode, Division, Jurisdiction, MapEdition, PostalDistrict, Seat
from members.models import ChapterTerritory
from members.models.chapter import Coverage

# "H2X 1" and "770-04" are typed for people; the tables hold H2X1 and 77004.
_UNTYPED = re.compile(r"[\s-]")
_BY_DISTRICT = [ChamberCode.LOWER, ChamberCode.UPPER, ChamberCode.LEGISLATURE]


@dataclass(frozen=True)
class Undecided:
    """A chamber of which it cannot be told which of a state's districts lie in a part of that state."""

    place: Jurisdiction
    chamber: Chamber


@dataclass
class Part:
    """What one territory brings: seats by key, each with its rule; chambers decided and left open; remarks."""

    seats: dict[int, str]
    decided: set[int]
    open: list[Chamber] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class SeatKeys(NamedTuple):
    """What the rules ask of a seat. `home` is its chamber's jurisdiction."""

    pk: int
    places: int
    chamber: int
    code: str
    home: int
    division: int | None
    ocd_id: str | None
    elected_by: int | None

    @property
    def represents(self) -> int:
        """The state, province or territory that elects it, as `Seat.represents` says."""
        return self.elected_by or self.home


_KEYS = (
    "pk", "places", "chamber", "chamber__code", "chamber__jurisdiction", "division", "division__ocd_id",
    "division__jurisdiction",
)  # fmt: skip


class Territories:
    """The seats of these territories' jurisdictions on a day, fetched for all of them at once.

    Each territory comes with its `jurisdiction` and that one's `parent`, and with its `divisions`.
    """

    def __init__(self, territories: Iterable[ChapterTerritory], day: date) -> None:
        self.rows, self.day = list(territories), day
        self.seats: dict[int, SeatKeys] = {}
        self._of_place: dict[int, list[int]] = {row.jurisdiction_id: [] for row in self.rows}
        if not self.rows:
            return
        seats = Seat.objects.on_the_map(day).for_jurisdiction(list(self._of_place)).order_by("pk")
        for keys in seats.values_list(*_KEYS):
            seat = self.seats[keys[0]] = SeatKeys(*keys)
            for place in {seat.home, seat.represents} & self._of_place.keys():
                self._of_place[place].append(seat.pk)

    def parts(self) -> Iterator[tuple[ChapterTerritory, Part]]:
        for territory in self.rows:
            yield territory, self._part(territory)

    def _part(self, territory: ChapterTerritory) -> Part:
        place = territory.jurisdiction
        every = [self.seats[pk] for pk in self._of_place[place.pk]]
        if place.has_a_legislature:
            every = [seat for seat in every if seat.code != ChamberCode.LOCAL]
        if territory.coverage == Coverage.FULL:
            rule = _("all of %(place)s") % {"place": place}
            part = Part(dict.fromkeys((seat.pk for seat in every), rule), {seat.chamber for seat in every})
        else:
            part = self._of_a_part(territory, place, every)
        part.remarks += _not_loaded(place, every)
        return part

    def _of_a_part(self, territory: ChapterTerritory, place: Jurisdiction, every: list[SeatKeys]) -> Part:
        rule = _("all of %(place)s elects it") % {"place": place}
        whole = {seat.pk for seat in every if _elected_by_all(seat, place)}
        found = {seat.pk: rule for seat in every if seat.pk in whole}
        by_code, remarks = self._divisions_by_code(territory)
        for seat in every:
            if seat.division in by_code:
                prefix = {"prefix": by_code[seat.division]}
                found.setdefault(seat.pk, _("codes that begin with %(prefix)s lie in it") % prefix)
        named: list[Division] = list(territory.divisions.all())
        keys = {division.pk for division in named}
        held = {seat.pk: seat.division for seat in every if seat.division in keys}
        for pk in held:
            found.setdefault(pk, _("named by staff"))
        remarks += _strangers(place, [division for division in named if division.pk not in held.values()])
        districts = [seat for seat in every if seat.pk not in whole]
        decided = {seat.chamber for seat in districts if seat.pk in found}
        asked = {seat.chamber for seat in districts if seat.code in _BY_DISTRICT}
        left_open = [chamber for chamber in self._chambers if chamber.pk in asked - decided]
        return Part(found, decided, left_open, remarks)

    @cached_property
    def _chambers(self) -> list[Chamber]:
        keys = {seat.chamber for seat in self.seats.values()}
        return list(Chamber.objects.filter(pk__in=keys).select_related("jurisdiction"))

    @cached_property
    def _in_force(self) -> set[int]:
        return set(MapEdition.objects.in_force(self.day).values_list("pk", flat=True))

    @cached_property
    def _codes(self) -> dict[int, list[tuple[str, int, int]]]:
        """By territory: prefix, edition and division of the codes that begin so."""
        parts = [row for row in self.rows if row.coverage != Coverage.FULL]
        # By the code alone, which has an index: with the edition beside it SQLite reads the whole table.
        return PostalDistrict.objects.divisions_of_each({row.pk: list(_typed(row)) for row in parts})

    def _divisions_by_code(self, territory: ChapterTerritory) -> tuple[dict[int, str], list[str]]:
        """The divisions that codes of the territory lie in, each with the prefix that says so; and the prefixes that
        no table of the day knows."""
        typed, found, known = _typed(territory), dict[int, str](), set[str]()
        for prefix, edition, division in self._codes.get(territory.pk, []):
            if edition in self._in_force:
                found.setdefault(division, typed[prefix])
                known.add(prefix)
        remarks = [
            _("%(place)s: no loaded table has codes that begin with %(prefix)s.")
            % {"place": territory.jurisdiction, "prefix": prefix}
            for tidy, prefix in typed.items()
            if not any(one.startswith(tidy) for one in known)
        ]
        return found, remarks


def _typed(territory: ChapterTerritory) -> dict[str, str]:
    """The prefixes as tables hold them, with how they were typed. The longest first: a code belongs to the prefix
    that says most of it."""
    tidied = {_UNTYPED.sub("", prefix): prefix for prefix in territory.postal_prefix_list}
    return {tidy: tidied[tidy] for tidy in sorted(tidied, key=lambda tidy: (-len(tidy), tidy))}


def _elected_by_all(seat: SeatKeys, place: Jurisdiction) -> bool:
    """By everybody in the jurisdiction: statewide offices, and seats of districts that are all of it."""
    return seat.code == ChamberCode.EXECUTIVE or seat.ocd_id == place.division_id


def _strangers(place: Jurisdiction, divisions: Iterable[Division]) -> list[str]:
    """Districts that staff named and that bring no seat: they lie elsewhere, or no seat of theirs is loaded."""
    return [
        _("%(district)s has no seat in the record of %(place)s.") % {"district": division, "place": place}
        if division.jurisdiction_id == place.pk
        else _("%(district)s was named for %(place)s but does not lie there.")
        % {"district": division, "place": place}
        for division in divisions
    ]


def _not_loaded(place: Jurisdiction, seats: Sequence[SeatKeys]) -> list[str]:
    """The legislatures of a place, its own and the federal one, of which no seat is loaded. A town has none."""
    if not place.has_a_legislature:
        return []
    known = {seat.home for seat in seats if seat.code in _BY_DISTRICT}
    wanted = [one for one in (place, place.parent) if one is not None and one.has_a_legislature]
    return [
        _("%(place)s: no seats of the legislature are loaded; its coverage is not known.") % {"place": place}
        if one == place
        else _("%(place)s: none of its seats in the federal legislature are loaded.") % {"place": place}
        for one in wanted
        if one.pk not in known
    ]
