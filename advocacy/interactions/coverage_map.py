"""The delegation as a map: one layer at a time, each district as we stand with its coldest holder.

What the map shows is what the table below it shows; what has no shape is named.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.interactions.coverage import Standing
from advocacy.interactions.coverage_rows import VACANT, Row
from legislation.legislature import by_district
from legislation.maps.crowds import crowds
from legislation.maps.drawing import Credit, Drawing, Wanted, draw
from legislation.maps.outline import Area
from legislation.models import Chamber, ChamberCode, Level, Seat

_STATES = [*Standing.values, VACANT]
_CODES = {
    "federal-upper": (gettext_lazy("Federal upper chamber"), Level.FEDERAL, ChamberCode.UPPER),
    "federal-lower": (gettext_lazy("Federal lower chamber"), Level.FEDERAL, ChamberCode.LOWER),
    "upper": (gettext_lazy("Upper chambers"), None, ChamberCode.UPPER),
    "lower": (gettext_lazy("Lower chambers"), None, ChamberCode.LOWER),
    "legislature": (gettext_lazy("Legislatures with one chamber"), None, ChamberCode.LEGISLATURE),
}
# The layer that is shown first: the one with the most telling lines of which shapes are loaded.
_FIRST = ["federal-lower", "lower", "legislature", "upper", "federal-upper"]
# So many districts without a shape are named one by one.
_MOST_NAMED = 6
_LONGEST_CODE = 6
# A word of the label's size fits into a circle of this radius; on a phone it needs twice the room.
_ROOM, _MUCH_ROOM = 20, 44


@dataclass(frozen=True)
class Layer:
    key: str
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class District:
    """A district on the map. `says` is what a screen reader says of it, and what stands beside the pointer."""

    says: str
    standing: str
    link: str
    code: str
    area: Area

    @property
    def has_room(self) -> bool:
        return self.area.room >= _ROOM + 5 * max(len(self.code) - 2, 0)

    @property
    def has_much_room(self) -> bool:
        return self.area.room >= _MUCH_ROOM + 12 * max(len(self.code) - 2, 0)


@dataclass(frozen=True)
class Key:
    """One line of the legend."""

    standing: str
    label: str
    districts: int


@dataclass(frozen=True)
class Plate:
    """One drawing of the map. `plain`: districts that a closer view leads to the table from.

    `faded`: districts of the delegation that the filters leave out; `around`: the borders beside it.
    """

    width: int
    height: int
    districts: list[District]
    plain: list[District]
    faded: str
    around: str

    @property
    def name(self) -> str:
        """What a closer view is called."""
        text = ngettext(
            "Closer view: %(number)d district", "Closer view: %(number)d districts", len(self.districts)
        )
        return text % {"number": len(self.districts)}


@dataclass(frozen=True)
class CoverageMap:
    """One layer: the whole of it, and closer views of where districts are too small to find."""

    layers: list[Layer]
    whole: Plate
    closer: list[Plate]
    legend: list[Key]
    missing: str
    credits: tuple[Credit, ...]

    @property
    def name(self) -> str:
        return next(layer.label for layer in self.layers if layer.is_current)


def layer_of(seat: Seat) -> str:
    """The layer a seat is drawn on, and its kind of chamber for that; empty for offices without districts."""
    chamber = seat.chamber
    is_federal = chamber.jurisdiction.level == Level.FEDERAL
    found = (
        key
        for key, (_label, level, code) in _CODES.items()
        if code == chamber.code and is_federal == (level == Level.FEDERAL)
    )
    return next(found, "")


def coverage_map(every: list[Row], shown: Iterable[Row], params: QueryDict, day: date) -> CoverageMap | None:
    """The map of the layer that `params` names, of the rows that are shown; None where no seat has a layer."""
    by_layer: dict[str, list[Row]] = defaultdict(list)
    for row in every:
        if key := layer_of(row.seat):
            by_layer[key].append(row)
    if not by_layer:
        return None
    key, drawing = _chosen(by_layer, params.get("map", ""), day)
    # Those that are shown know on which page of the table they stand.
    by_anchor = {row.anchor: row for row in shown}
    rows = [by_anchor[row.anchor] for row in by_layer[key] if row.anchor in by_anchor]
    closer = crowds(drawing)
    plates = [_close(crowd, by_layer[key], rows, day) for crowd in closer]
    return CoverageMap(
        layers=_layers(by_layer, key, params),
        whole=_plate(rows, drawing, plain=set().union(*closer)),
        closer=[plate for plate in plates if plate.districts],
        legend=_legend(_districts(rows, drawing)),
        missing=_missing(rows, drawing),
        credits=drawing.credits,
    )


def _close(crowd: set[int], every: list[Row], shown: list[Row], day: date) -> Plate:
    drawing = draw({_wanted(row.seat) for row in every if row.seat.division_id in crowd}, day)
    return _plate([row for row in shown if row.seat.division_id in crowd], drawing)


def _plate(rows: list[Row], drawing: Drawing, plain: Collection[int] = ()) -> Plate:
    drawn = {row.seat.division_id for row in rows}
    return Plate(
        drawing.width,
        drawing.height,
        districts=_districts([row for row in rows if row.seat.division_id not in plain], drawing),
        plain=_districts([row for row in rows if row.seat.division_id in plain], drawing),
        faded="".join(area.path for id, area in drawing.areas.items() if id not in drawn),
        around=drawing.around,
    )


def _chosen(by_layer: dict[str, list[Row]], asked: str, day: date) -> tuple[str, Drawing]:
    """The layer asked for, or the first that can be drawn."""
    keys = [asked] if asked in by_layer else [key for key in _FIRST if key in by_layer]
    for key in keys:
        drawing = draw({_wanted(row.seat) for row in by_layer[key] if row.seat.division_id}, day)
        if drawing.areas:
            return key, drawing
    return keys[0], Drawing()


def _wanted(seat: Seat) -> Wanted:
    return Wanted(seat.division_id or 0, seat.chamber.jurisdiction_id, seat.chamber.code)


def _layers(by_layer: dict[str, list[Row]], current: str, params: QueryDict) -> list[Layer]:
    found = []
    for key in (key for key in _CODES if key in by_layer):
        chambers: set[Chamber] = {row.seat.chamber for row in by_layer[key]}
        label = str(*chambers) if len(chambers) == 1 else str(_CODES[key][0])
        asked = params.copy()
        asked["map"] = key
        found.append(Layer(key, label, f"?{asked.urlencode()}#map", key == current))
    return found


def _districts(rows: list[Row], drawing: Drawing) -> list[District]:
    """In the order of their numbers, so that the tabulator key walks through them as through a list."""
    by_division: dict[int, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: by_district(row.seat)):
        if row.seat.division_id in drawing.areas:
            by_division[row.seat.division_id].append(row)
    states = {row.seat.district.rpartition("-")[0] for row in rows}
    return [
        _district(held, drawing.areas[id], is_one_state=len(states) == 1) for id, held in by_division.items()
    ]


def _district(rows: list[Row], area: Area, *, is_one_state: bool) -> District:
    coldest = min(rows, key=lambda row: _STATES.index(row.standing))
    seats = dict.fromkeys(row.seat for row in rows)
    says = "; ".join(
        _("%(seat)s: %(holders)s")
        % {"seat": seat, "holders": "; ".join(_told(row) for row in rows if row.seat == seat)}
        for seat in seats
    )
    code = coldest.seat.district
    if is_one_state:
        code = code.rpartition("-")[2]
    return District(says, coldest.standing, coldest.link, code if len(code) <= _LONGEST_CODE else "", area)


def _told(row: Row) -> str:
    if row.line is None:
        return ngettext("vacant", "%(number)d vacant places", row.vacant) % {"number": row.vacant}
    return _("%(who)s, %(standing)s") % {"who": row.line.name, "standing": _in_words(row.line.standing)}


def _in_words(standing: str) -> str:
    return {
        Standing.NONE: _("no contact in 12 months"),
        Standing.ASSIGNED: _("assigned, no contact in 12 months"),
        Standing.TOUCHED: _("touched"),
        Standing.STRONG: _("strong"),
    }[Standing(standing)]


def _legend(districts: list[District]) -> list[Key]:
    count = Counter(district.standing for district in districts)
    labels = {**dict(Standing.choices), VACANT: _("Vacant seat")}
    return [Key(state, str(labels[state]), count[state]) for state in _STATES if count[state]]


def _missing(rows: list[Row], drawing: Drawing) -> str:
    """In words, which districts have no shape: they are in the table only."""
    seats = list(dict.fromkeys(row.seat for row in rows if row.seat.division_id not in drawing.areas))
    if not seats:
        return ""
    text = ngettext(
        "%(number)d district has no map loaded", "%(number)d districts have no map loaded", len(seats)
    )
    named = ": " + ", ".join(map(str, seats)) if len(seats) <= _MOST_NAMED else ""
    return text % {"number": len(seats)} + named + "."
