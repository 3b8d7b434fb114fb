"""What the loaded record says on one day, read once and kept: for one page, or for thousands of lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Exists, Max, OuterRef, Q

from legislation.legislature import Place, roll
from legislation.lookup.answer import EditionUsed, Found, Member, Office
from legislation.lookup.points import divisions_at
from legislation.models import (
    Chamber,
    ChamberCode,
    Division,
    DivisionShape,
    Jurisdiction,
    Level,
    MapEdition,
    PostalDistrict,
    Seat,
    SourceRecord,
)
from legislation.models.seat import SeatQuerySet

STATEWIDE_LEVELS = (Level.STATE, Level.PROVINCE, Level.TERRITORY)
LEGISLATIVE = (ChamberCode.UPPER, ChamberCode.LOWER, ChamberCode.LEGISLATURE)
# Members of a council or house whom everybody in the jurisdiction elects.
_AT_LARGE = ("At-Large", "At Large", "Chairman")


def whole_of(state: Jurisdiction) -> str:
    """The division id of a state as one district."""
    return state.division_id or state.ocd_id.replace("ocd-jurisdiction", "ocd-division", 1).rpartition("/")[0]


@dataclass(frozen=True)
class Lines:
    """An edition in force, and which of its tables are loaded."""

    edition: MapEdition
    used: EditionUsed
    has_shapes: bool
    has_codes: bool


class Record:
    """The record on `day`, with names in `language`. Rows that were read stay in memory."""

    def __init__(self, day: date, language: str | None = None) -> None:
        self.day, self.language = day, language
        self._divisions: dict[int, Division] = {}
        self._offices: dict[tuple[int, str], dict[int, list[Office]]] = defaultdict(dict)
        self._wholes: dict[int, Division | None] = {}
        self._of_state: dict[int, list[Office]] = {}
        self._chambers: dict[int, list[Chamber]] = {}
        self._local: dict[int, bool] = {}
        self._gaps: dict[int, int] = {}

    @cached_property
    def lines(self) -> dict[int, Lines]:
        """The editions in force on the day, by key. No other edition answers."""
        found = MapEdition.objects.in_force(self.day).select_related("jurisdiction")
        with_shapes, with_codes = (
            set(found.filter(Exists(rows.filter(edition=OuterRef("pk")))).values_list("pk", flat=True))
            for rows in (DivisionShape.objects, PostalDistrict.objects)
        )
        return {
            edition.pk: Lines(
                edition,
                EditionUsed(edition.key, str(edition), edition.pk),
                has_shapes=edition.pk in with_shapes,
                has_codes=edition.pk in with_codes,
            )
            for edition in found
        }

    def lines_of(self, jurisdiction_id: int, chamber_code: str) -> Lines | None:
        of_chamber = (jurisdiction_id, chamber_code)
        return next(
            (
                one
                for one in self.lines.values()
                if (one.edition.jurisdiction_id, one.edition.chamber_code) == of_chamber
            ),
            None,
        )

    def has_codes(self, country: str) -> bool:
        return any(
            one.has_codes and one.edition.jurisdiction.country == country for one in self.lines.values()
        )

    def has_codes_beginning(self, prefix: str) -> bool:
        """Whether a table in force holds any code that begins so."""
        return PostalDistrict.objects.beginning_with(prefix).filter(edition__in=list(self.lines)).exists()

    @property
    def has_shapes(self) -> bool:
        return any(one.has_shapes for one in self.lines.values())

    def by_code(self, code: str) -> list[Found]:
        """The divisions a code lies in, the largest share first."""
        rows = PostalDistrict.objects.filter(code=code, edition__in=list(self.lines))
        return [
            self.found(row.edition_id, row.division_id, row.share)
            for row in sorted(rows, key=lambda row: (-(row.share or 0), row.pk))
        ]

    def by_point(self, latitude: float, longitude: float) -> list[Found]:
        return [
            self.found(edition, division)
            for edition, division in divisions_at(latitude, longitude, self.day)
            if edition in self.lines
        ]

    def found(self, edition_id: int, division_id: int, share: float | None = None) -> Found:
        lines = self.lines[edition_id]
        edition = lines.edition
        return Found(lines.used, edition.jurisdiction_id, edition.chamber_code, division_id, share)

    def divisions(self, keys: Iterable[int]) -> list[Division]:
        wanted = list(dict.fromkeys(keys))
        if missing := [key for key in wanted if key not in self._divisions]:
            rows = Division.objects.filter(pk__in=missing).select_related("jurisdiction__parent", "alias_of")
            self._divisions |= {division.pk: division for division in rows}
        return [self._divisions[key] for key in wanted]

    def whole_division(self, state: Jurisdiction) -> Division | None:
        """The state as one division; the offices of all its people hang on it."""
        if state.pk not in self._wholes:
            self._wholes[state.pk] = Division.objects.filter(ocd_id=whole_of(state)).first()
        return self._wholes[state.pk]

    def level_of(self, jurisdiction_id: int) -> str:
        of_it = (one.edition.jurisdiction for one in self.lines.values())
        return next((one.level for one in of_it if one.pk == jurisdiction_id), Level.STATE)

    def offices(self, chamber: tuple[int, str], divisions: list[Division]) -> dict[int, list[Office]]:
        """The seats of these divisions in one chamber, by division."""
        known = self._offices[chamber]
        if missing := [division for division in divisions if division.pk not in known]:
            jurisdiction_id, code = chamber
            meant = _with_aliases(missing)
            in_chamber = Seat.objects.filter(chamber__jurisdiction=jurisdiction_id, chamber__code=code)
            for division in missing:
                known[division.pk] = []
            for office in self._held(in_chamber.filter(division__in=list(meant))):
                for key in meant.get(office.place.seat.division_id or 0, ()):
                    known[key].append(office)
        return known

    def offices_of_state(self, state: Jurisdiction) -> list[Office]:
        """Whom everybody in a state or province elects: its senators in Congress, governor and other executives."""
        if state.pk not in self._of_state:
            whole = whole_of(state)
            steps = [whole, f"{whole}/sldl:at-large", f"{whole}/sldu:at-large"]
            seats = Seat.objects.filter(
                Q(
                    chamber__jurisdiction__level=Level.FEDERAL,
                    chamber__code=ChamberCode.UPPER,
                    division__ocd_id=whole,
                )
                | Q(chamber__jurisdiction=state, chamber__code=ChamberCode.EXECUTIVE)
                | Q(chamber__jurisdiction=state, district__in=_AT_LARGE, division__ocd_id__in=steps)
            )
            self._of_state[state.pk] = self._held(seats)
        return self._of_state[state.pk]

    def _held(self, seats: SeatQuerySet) -> list[Office]:
        places = roll(seats.select_related("chamber__jurisdiction"), self.day, self.language).places
        officials = [holder.line.official.pk for place in places for holder in place.holders]
        seen = dict(
            SourceRecord.objects.filter(official__in=officials, missing_since=None)
            .order_by()
            .values_list("official")
            .annotate(last=Max("last_seen_at"))
        )
        return [Office(place, _members(place, seen)) for place in places]

    def chambers_of(self, state: Jurisdiction) -> list[Chamber]:
        """The chambers with members by district that a state has; the record may know none."""
        if state.pk not in self._chambers:
            found = state.chambers.filter(code__in=LEGISLATIVE, seats__is_current=True).distinct()
            self._chambers[state.pk] = list(found.order_by("code", "pk"))
        return self._chambers[state.pk]

    def has_local_officials(self, state: Jurisdiction) -> bool:
        if state.pk not in self._local:
            self._local[state.pk] = state.parts.filter(level__in=[Level.COUNTY, Level.LOCAL]).exists()
        return self._local[state.pk]

    def gaps(self, lines: Lines) -> int:
        """How many seats of a state's chamber have no lines in the edition: floterial districts, tribal seats."""
        edition = lines.edition
        if edition.pk not in self._gaps:
            in_edition = {"edition": edition, "division": OuterRef("division")}
            missing = Seat.objects.current().filter(
                ~Exists(DivisionShape.objects.filter(**in_edition)),
                ~Exists(PostalDistrict.objects.filter(**in_edition)),
                chamber__jurisdiction=edition.jurisdiction,
                chamber__code=edition.chamber_code,
            )
            is_federal = edition.jurisdiction.level == Level.FEDERAL
            self._gaps[edition.pk] = 0 if is_federal else missing.exclude(district__in=_AT_LARGE).count()
        return self._gaps[edition.pk]


def _with_aliases(divisions: list[Division]) -> dict[int, list[int]]:
    """The divisions that seats may be registered under, each with those of `divisions` that it means."""
    meant: dict[int, list[int]] = defaultdict(list)
    for division in divisions:
        meant[division.pk].append(division.pk)
        if division.alias_of_id:
            meant[division.alias_of_id].append(division.pk)
    for alias in Division.objects.filter(alias_of__in=divisions):
        meant[alias.pk].append(alias.alias_of_id or 0)
    return meant


def _members(place: Place, seen: dict[int, datetime]) -> list[Member]:
    members = []
    for holder in place.holders:
        last = seen.get(holder.line.official.pk)
        members.append(Member(holder, last.date() if last else None))
    return members
