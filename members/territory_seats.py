"""Which seats a territory brings, and by which rule: for one territory or for sixty chapters' with the same queries.

A seat belongs to a territory where its district overlaps it. What cannot be decided, because no table tells which
districts a part of a state holds, is said.
"""

import re
from collections.abc import Iterable, Iterator
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


class _Chamber(NamedTuple):
    code: str
    home: int


class _Division(NamedTuple):
    ocd_id: str
    elects_for: int | None


class Territories:
    """The seats of these territories' jurisdictions on a day, fetched for all of them at once.

    Each territory comes with its `jurisdiction` and that one's `parent`, and with its `divisions`. What many seats
    share, their chamber and their division, is fetched once: a country has 25,000 seats and 150 chambers.
    """

    def __init__(self, territories: Iterable[ChapterTerritory], day: date) -> None:
        self.rows, self.day = list(territories), day
        # By seat: its chamber, its division, and how many people it holds where that is not one.
        self.chamber_of: dict[int, int] = {}
        self.division_of: dict[int, int] = {}
        self.places: dict[int, int] = {}
        self._of_place: dict[int, list[int]] = {row.jurisdiction_id: [] for row in self.rows}
        if not self.rows:
            return
        rows = Seat.objects.on_the_map(day).for_jurisdiction(list(self._of_place)).order_by("pk")
        for pk, chamber, division, places in rows.values_list("pk", "chamber", "division", "places"):
            self.chamber_of[pk] = chamber
            if division is not None:
                self.division_of[pk] = division
            if places != 1:
                self.places[pk] = places
        for pk, chamber in self.chamber_of.items():
            home = self._chambers[chamber].home
            for place in {home, self.represents(pk)} if pk in self.division_of else (home,):
                if place in self._of_place:
                    self._of_place[place].append(pk)

    def represents(self, seat: int) -> int:
        """The state, province or territory that elects it, as `Seat.represents` says."""
        division = self._divisions.get(self.division_of.get(seat, 0))
        return (division and division.elects_for) or self._chambers[self.chamber_of[seat]].home

    def is_executive(self, chamber: int) -> bool:
        """A chamber of statewide offices."""
        return self._chambers[chamber].code == ChamberCode.EXECUTIVE

    @cached_property
    def _chambers(self) -> dict[int, _Chamber]:
        rows = Chamber.objects.order_by().values_list("pk", "code", "jurisdiction")
        return {pk: _Chamber(code, home) for pk, code, home in rows}

    @cached_property
    def _divisions(self) -> dict[int, _Division]:
        of_seats = Seat.objects.filter(chamber__in=set(self.chamber_of.values()), division__isnull=False)
        rows = Division.objects.filter(pk__in=of_seats.order_by().values("division")).order_by()
        return {
            pk: _Division(ocd_id, place)
            for pk, ocd_id, place in rows.values_list("pk", "ocd_id", "jurisdiction")
        }

    def parts(self) -> Iterator[tuple[ChapterTerritory, Part]]:
        for territory in self.rows:
            yield territory, self._part(territory)

    def _part(self, territory: ChapterTerritory) -> Part:
        place = territory.jurisdiction
        every = self._of_place[place.pk]
        chambers = {self.chamber_of[pk] for pk in every}
        towns = {pk for pk in chambers if self._chambers[pk].code == ChamberCode.LOCAL}
        if place.has_a_legislature and towns:
            every = [pk for pk in every if self.chamber_of[pk] not in towns]
            chambers -= towns
        if territory.coverage == Coverage.FULL:
            part = Part(dict.fromkeys(every, _("all of %(place)s") % {"place": place}), chambers)
        else:
            part = self._of_a_part(territory, place, every)
        part.remarks += _not_loaded(
            place, {self._chambers[pk].home for pk in chambers if self._has_districts(pk)}
        )
        return part

    def _has_districts(self, chamber: int) -> bool:
        return self._chambers[chamber].code in _BY_DISTRICT

    def _of_a_part(self, territory: ChapterTerritory, place: Jurisdiction, every: list[int]) -> Part:
        rule = _("all of %(place)s elects it") % {"place": place}
        whole = {pk for pk in every if self._elected_by_all(pk, place)}
        found = dict.fromkeys((pk for pk in every if pk in whole), rule)
        by_code, remarks = self._divisions_by_code(territory)
        for pk in every:
            division = self.division_of.get(pk)
            if division in by_code:
                prefix = {"prefix": by_code[division]}
                found.setdefault(pk, _("codes that begin with %(prefix)s lie in it") % prefix)
        named: list[Division] = list(territory.divisions.all())
        keys = {division.pk for division in named}
        held = {pk: self.division_of[pk] for pk in every if self.division_of.get(pk) in keys}
        for pk in held:
            found.setdefault(pk, _("named by staff"))
        remarks += _strangers(place, [division for division in named if division.pk not in held.values()])
        districts = [pk for pk in every if pk not in whole]
        decided = {self.chamber_of[pk] for pk in districts if pk in found}
        asked = {self.chamber_of[pk] for pk in districts} - decided
        left_open = [chamber for chamber in self._to_name if chamber.pk in asked]
        return Part(found, decided, left_open, remarks)

    def _elected_by_all(self, seat: int, place: Jurisdiction) -> bool:
        """By everybody in the jurisdiction: statewide offices, and seats of districts that are all of it."""
        if self.is_executive(self.chamber_of[seat]):
            return True
        division = self._divisions.get(self.division_of.get(seat, 0))
        return division is not None and division.ocd_id == place.division_id

    @cached_property
    def _to_name(self) -> list[Chamber]:
        """The chambers of these places that are elected by districts."""
        keys = {pk for pk in self.chamber_of.values() if self._has_districts(pk)}
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


def _strangers(place: Jurisdiction, divisions: Iterable[Division]) -> list[str]:
    """Districts that staff named and that bring no seat: they lie elsewhere, or no seat of theirs is loaded."""
    return [
        _("%(district)s has no seat in the record of %(place)s.") % {"district": division, "place": place}
        if division.jurisdiction_id == place.pk
        else _("%(district)s was named for %(place)s but does not lie there.")
        % {"district": division, "place": place}
        for division in divisions
    ]


def _not_loaded(place: Jurisdiction, known: set[int]) -> list[str]:
    """The legislatures of a place, its own and the federal one, of which no seat is loaded. A town has none."""
    if not place.has_a_legislature:
        return []
    wanted = [one for one in (place, place.parent) if one is not None and one.has_a_legislature]
    return [
        _("%(place)s: no seats of the legislature are loaded; its coverage is not known.") % {"place": place}
        if one == place
        else _("%(place)s: none of its seats in the federal legislature are loaded.") % {"place": place}
        for one in wanted
        if one.pk not in known
    ]
