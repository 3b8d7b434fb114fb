"""The U.S. Census geocoder: an address or a point to the districts of Congress and of the state's legislature.

Which Congress it answers for depends on the `vintage` asked, and changes at the Census's own pace: months before a
new Congress sits, its newest vintage gives only that one's lines. So the number is read from each answer, and an
answer for another Congress than the sitting one is refused.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from advocacy.kernel.postal import Address, Point
from legislation.lookup.geocoders.interface import District, GeocoderFailed, Located, Match, Question
from legislation.lookup.geocoders.web import Web, remembered
from legislation.models import ChamberCode
from legislation.sources.places import STATE_OF_FIPS, UNITED_STATES, US_PARTS, Place

_CONGRESS = re.compile(r"(\d+)(?:st|nd|rd|th) Congressional Districts")
_LEGISLATURE = re.compile(r"\d{4} State Legislative Districts - (Upper|Lower)")
_WHOLE_STATE = {"00", "98"}
_ONE_CHAMBER = {"ne", "dc", "gu", "vi"}
_STEPS = {"Upper": ("sldu", ChamberCode.UPPER), "Lower": ("sldl", ChamberCode.LOWER)}


def sitting_congress(day: date) -> int:
    """The number of the Congress that sits on `day`: the 119th since 3 January 2025, two years each."""
    year = day.year if (day.month, day.day) >= (1, 3) else day.year - 1
    return (year - 1789) // 2 + 1


class OtherCongress(Exception):
    """The answer is for the lines of another Congress; `located` keeps its points."""

    def __init__(self, number: int, located: Located) -> None:
        super().__init__(number)
        self.located = located


class Census:
    def __init__(self, address: str, vintages: list[str]) -> None:
        self.name = _("The U.S. Census geocoder")
        self._vintages = vintages
        self._web = Web("census", self.name, address, calls_a_minute=120)

    def locate(self, question: Question, *, day: date) -> Located:
        congress = sitting_congress(day)
        match question:
            case Address():
                path, what = "onelineaddress", {"address": question.text}
                key = question.normalised()
            case Point():
                path, what = (
                    "coordinates",
                    {"x": f"{question.longitude:.6f}", "y": f"{question.latitude:.6f}"},
                )
                key = f"{question.latitude:.6f},{question.longitude:.6f}"
            case _:
                raise GeocoderFailed(_("The U.S. Census geocoder knows only addresses in the United States."))
        parts = ["census", str(congress), *self._vintages, key]
        return remembered(parts, lambda: self._of_the_sitting(path, what, congress))

    def _of_the_sitting(self, path: str, what: dict[str, str], congress: int) -> Located:
        """Asks vintage after vintage for the sitting Congress, beginning with the one that knew it last."""
        worked = f"census:vintage:{congress}"
        last = cache.get(worked)
        order = sorted(self._vintages, key=lambda vintage: vintage != last)
        refused = Located()
        for vintage in order:
            asked = {
                **what,
                "benchmark": "Public_AR_Current",
                "vintage": vintage,
                "layers": "all",
                "format": "json",
            }
            answer = self._web.get(f"geocoder/geographies/{path}", asked)
            try:
                located = read(answer, congress)
            except OtherCongress as other:
                refused = other.located
                continue
            except (KeyError, TypeError, ValueError, AttributeError) as problem:
                raise GeocoderFailed(
                    _("The U.S. Census geocoder gave an answer that cannot be read.")
                ) from problem
            cache.set(worked, vintage, timeout=None)
            return located
        return refused


def read(answer: dict[str, Any], congress: int) -> Located:
    """What the Census says. Raises OtherCongress, and KeyError or its like where the answer has another shape."""
    result = answer["result"]
    places: list[tuple[Point | None, dict[str, Any]]]
    if "addressMatches" in result:
        places = [(_point(one["coordinates"]), one["geographies"]) for one in result["addressMatches"]]
    else:
        given = result.get("input", {}).get("location")
        places = [(_point(given) if given else None, result["geographies"])]
    places = [(point, layers) for point, layers in places if layers]
    spoken_of = {number for _point_there, layers in places for number in _congresses(layers)}
    if wrong := sorted(spoken_of - {congress}):
        lines = _("districts of Congress number %(number)d") % {"number": wrong[0]}
        points = tuple(Match(point) for point, _layers in places)
        raise OtherCongress(wrong[0], Located(points, refused=(lines,)))
    return Located(tuple(Match(point, tuple(_districts(layers))) for point, layers in places))


def _point(coordinates: dict[str, Any]) -> Point:
    latitude, longitude = float(coordinates["y"]), float(coordinates["x"])
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("not on the globe")
    return Point(latitude, longitude)


def _congresses(layers: dict[str, Any]) -> Iterator[int]:
    """Every number the layer's name and its rows give; a row without a session counts as its layer."""
    for name, rows in layers.items():
        if found := _CONGRESS.fullmatch(name):
            yield int(found[1])
            yield from (int(row["CDSESSN"]) for row in rows if row.get("CDSESSN"))


def _districts(layers: dict[str, Any]) -> Iterator[District]:
    for name, rows in layers.items():
        if found := _CONGRESS.fullmatch(name):
            yield from (one for row in rows if (one := _of_congress(row, int(found[1]), name)))
        elif found := _LEGISLATURE.fullmatch(name):
            yield from (one for row in rows if (one := _of_legislature(row, found[1], name)))


def _of_congress(row: dict[str, Any], congress: int, name: str) -> District | None:
    state, code = _state_and_code(row)
    if state is None or not code.isdecimal():
        return None
    division = state.division_id if code in _WHOLE_STATE else f"{state.division_id}/cd:{int(code)}"
    ids = (division, f"{state.division_id}/cd:at-large") if code in _WHOLE_STATE else (division,)
    return District(UNITED_STATES.division_id, ChamberCode.LOWER, ids, f"cd{congress}", name)


def _of_legislature(row: dict[str, Any], house: str, name: str) -> District | None:
    """The Census writes `00A` for Alaska's A and `D06` for a district that the state knows by a name."""
    state, code = _state_and_code(row)
    if state is None or code.startswith("ZZ"):
        return None
    kind, chamber = _STEPS[house]
    if state.abbreviation.lower() in _ONE_CHAMBER:
        chamber = ChamberCode.LEGISLATURE
    named = str(row.get("BASENAME") or "").lower().replace(" ", "_")
    codes = dict.fromkeys([code.lstrip("0").lower(), named])
    steps = ("ward", kind) if state.abbreviation == "DC" else (kind,)
    ids = tuple(f"{state.division_id}/{step}:{one}" for step in steps for one in codes if one)
    return District(state.division_id, chamber, ids, "", name)


def _state_and_code(row: dict[str, Any]) -> tuple[Place | None, str]:
    identifier = str(row["GEOID"])
    state = STATE_OF_FIPS.get(identifier[:2])
    return (US_PARTS[state] if state else None), identifier[2:]


def from_settings() -> Census:
    return Census(settings.GEOCODER_US_URL, settings.GEOCODER_US_VINTAGES)
