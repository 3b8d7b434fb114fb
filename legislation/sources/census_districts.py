"""State legislative districts as the Census draws them (`cb_2024_48_sldl_500k.zip`), and which divisions they are.

Most have a code that is their number. Massachusetts, Vermont and the House of New Hampshire have names, and codes
that only the Census knows: those are found by name among the divisions that the record lists, or not at all.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from advocacy.kernel.folding import fold
from legislation.models.jurisdiction import ChamberCode
from legislation.sources.division_ids import listed_division
from legislation.sources.editions import EditionFact, state_edition
from legislation.sources.opening import Document, FileRefused
from legislation.sources.places import STATE_OF_FIPS, US_PARTS, WITH_ONE_CHAMBER, Place
from legislation.sources.records import DivisionFact

# The divisions of the record whose id begins so, with their names.
Listed = Callable[[str], Mapping[str, str]]

_KINDS = {"SLDLST": "sldl", "SLDUST": "sldu"}
_NAMED = {("ma", "sldl"), ("ma", "sldu"), ("vt", "sldl"), ("vt", "sldu"), ("nh", "sldl")}
_WATER = re.compile(r"Z+")
_NUMBER = re.compile(r"\d{1,3}[a-z]?|[a-z]")
_VINTAGE = re.compile(r"(?:cb|tl)_(\d{4})_")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
    "eighth": "8", "ninth": "9", "tenth": "10",
}  # fmt: skip
# What a name says beside the name: "State House District Belknap County No. 1", "1st Barnstable District".
_SAYS_NOTHING = {
    "state", "house", "senate", "senatorial", "legislative", "district", "county", "no", "and", "st", "nd", "rd", "th",
}  # fmt: skip


class Unmatched(Exception):
    """An area that is no division of the record; `args` say which area."""


def code_column(properties: Mapping[str, Any]) -> str:
    """The column that holds the district's code, where a file is one of these; else empty."""
    return next((column for column in _KINDS if column in properties), "")


class CensusDistricts:
    """The districts of one file, as they are matched to divisions."""

    def __init__(self, document: Document, column: str, listed: Listed) -> None:
        self.document, self.column, self.kind = document, column, _KINDS[column]
        self._listed = cache(listed)

    def named(self, row: Mapping[str, Any]) -> tuple[EditionFact, DivisionFact] | None:
        """The edition and the division of an area; None for water. Raises Unmatched."""
        place = US_PARTS[STATE_OF_FIPS[str(row["GEOID"])[:2]]]
        code = str(row[self.column]).strip()
        if _WATER.fullmatch(code):
            return None
        edition = state_edition(place, self._chamber(place), self._year(row))
        return edition, self._division(place, code, str(row.get("NAMELSAD") or row.get("NAME") or ""))

    def _chamber(self, place: Place) -> ChamberCode:
        if place.abbreviation.lower() in WITH_ONE_CHAMBER:
            return ChamberCode.LEGISLATURE
        return ChamberCode.LOWER if self.kind == "sldl" else ChamberCode.UPPER

    def _year(self, row: Mapping[str, Any]) -> int:
        """The elections the lines were drawn for, as each area says; else the year in the file's name."""
        said = str(row.get("LSY") or "")
        if not said and (match := _VINTAGE.search(self.document.name.lower())):
            said = match[1]
        if not (said.isdecimal() and len(said) == 4):
            raise FileRefused(
                _("%(file)s does not say its year. Name it as the Census did: cb_2024_48_sldl_500k.zip.")
                % {"file": self.document.name}
            )
        return int(said)

    def _division(self, place: Place, code: str, name: str) -> DivisionFact:
        state = place.abbreviation.lower()
        # The wards of Washington elect its Council.
        kind = "ward" if state == "dc" else self.kind
        start = f"{place.division_id}/{kind}:"
        listed = self._listed(start)
        if (state, self.kind) in _NAMED:
            found = _by_name(name, listed)
        else:
            number = code.lstrip("0").lower()
            found = [start + number] if _NUMBER.fullmatch(number) and start + number in listed else []
        if len(found) != 1:
            raise Unmatched(f"{place.name}, {name or code} ({self.kind.upper()} {code})")
        return listed_division(found[0], listed[found[0]])


def _by_name(name: str, listed: Mapping[str, str]) -> list[str]:
    by_key: dict[str, list[str]] = defaultdict(list)
    for ocd_id in listed:
        by_key[_key(ocd_id.rpartition(":")[2])].append(ocd_id)
    return by_key.get(_key(name), []) if _key(name) else []


def _key(name: str) -> str:
    """The same for `1st_barnstable`, "First Barnstable District" and "1st Barnstable District".

    Words run together (Chittenden South East is Southeast); numbers do not (Bennington-2-1 is not 21).
    """
    words = [_ORDINALS.get(word, word) for word in _WORD.findall(fold(name).lower())]
    words = [word.lstrip("0") for word in words if word not in _SAYS_NOTHING]
    return re.sub(r"(?<=\d) (?=\d)", "-", " ".join(words)).replace(" ", "")
