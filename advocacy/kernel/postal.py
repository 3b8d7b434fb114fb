"""What somebody types to say where they are: a code, a point on the map, or a street address.

The one spelling of codes: `77004`, `H2X1Y4`, `H2X`. Nothing here knows which codes exist; it knows which can.
"""

import re
import unicodedata
from dataclasses import dataclass
from string import ascii_uppercase
from typing import ClassVar

from django.utils.translation import gettext as _

LONGEST = 300
_SPACES = re.compile(r"\s+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_ZIP = re.compile(r"([0-9]{5})(?:[- ]?([0-9]{4}))?")
_POSTAL_CODE = re.compile(r"([A-Z][0-9][A-Z])[- ]?([0-9][A-Z][0-9])")
_FSA = re.compile(r"[A-Z][0-9][A-Z]")
_PART_OF_A_POSTAL_CODE = re.compile(r"[A-Z][0-9][A-Z][- ]?[0-9A-Z]{1,4}")
_NUMBER = r"([+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?)\s*°?\s*"
_POINT = re.compile(rf"{_NUMBER}([NS]?)\s*[,; ]\s*{_NUMBER}([EW]?)")
_ZIP_AT_THE_END = re.compile(r"\b([0-9]{5})(?:-[0-9]{4})?(?:[ ,]+(?:U\.?S\.?A?\.?|UNITED STATES))?[ .]*$")
_POSTAL_CODE_INSIDE = re.compile(r"\b([A-Z][0-9][A-Z])[- ]?([0-9][A-Z][0-9])\b")
_A_WORD = re.compile(r"[^\W\d_]{3}")
# Canada Post uses none of these letters, and begins no code with W or Z.
_NEVER = "DFIOQU"
_NEVER_FIRST = "WZ"
_LETTER = f"[{''.join(sorted(set(ascii_uppercase) - set(_NEVER)))}]"
_POSSIBLE = re.compile(rf"[0-9]{{5}}|(?![{_NEVER_FIRST}]){_LETTER}[0-9]{_LETTER}(?:[0-9]{_LETTER}[0-9])?")


class NotUnderstood(ValueError):
    """What was typed can be no place. The words say what to do."""


@dataclass(frozen=True)
class Zip:
    """A ZIP code, with the four digits after it where they were given."""

    code: str
    plus_four: str = ""
    country: ClassVar[str] = "US"

    @property
    def method(self) -> str:
        return "zip4" if self.plus_four else "zip"

    def __str__(self) -> str:
        return f"{self.code}-{self.plus_four}" if self.plus_four else self.code


@dataclass(frozen=True)
class PostalCode:
    """A Canadian postal code. A 0 in second place marks a rural one, which covers a large area."""

    code: str
    country: ClassVar[str] = "CA"
    method: ClassVar[str] = "postal_code"

    @property
    def fsa(self) -> str:
        return self.code[:3]

    @property
    def is_rural(self) -> bool:
        return self.code[1] == "0"

    def __str__(self) -> str:
        return f"{self.code[:3]} {self.code[3:]}"


@dataclass(frozen=True)
class Fsa:
    """A forward sortation area: the first three characters of Canadian postal codes."""

    code: str
    country: ClassVar[str] = "CA"
    method: ClassVar[str] = "fsa"

    @property
    def is_rural(self) -> bool:
        return self.code[1] == "0"

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class Point:
    """A point in WGS 84 degrees."""

    latitude: float
    longitude: float
    country: ClassVar[str] = ""
    method: ClassVar[str] = "point"

    def swapped(self) -> "Point | None":
        """The point with its numbers in the other order, where that is on the globe."""
        return Point(self.longitude, self.latitude) if abs(self.longitude) <= 90 else None

    def __str__(self) -> str:
        return f"{self.latitude}, {self.longitude}"


@dataclass(frozen=True)
class Address:
    """A street address, with the code that stands in it."""

    text: str
    code: Zip | PostalCode | None = None
    method: ClassVar[str] = "address"

    @property
    def country(self) -> str:
        return self.code.country if self.code else ""

    def normalised(self) -> str:
        """The same for two ways of typing one address."""
        return _SPACES.sub(" ", re.sub(r"[^\w#/-]+", " ", self.text.casefold())).strip()

    def __str__(self) -> str:
        return self.text


Query = Zip | PostalCode | Fsa | Point | Address
Code = Zip | PostalCode | Fsa


def parse(text: str) -> Query:
    """Read what was typed. Raises NotUnderstood."""
    if len(text) > LONGEST:
        raise NotUnderstood(
            _(
                "This is longer than any address. Enter street, city, state or province and code, nothing else."
            )
        )
    if "\0" in text:
        raise NotUnderstood(_("This contains a character that no address has. Type it again."))
    tidy = _SPACES.sub(" ", unicodedata.normalize("NFKC", text).translate(_DASHES)).strip()
    if not tidy:
        raise NotUnderstood(_("Enter a ZIP code, a postal code or a street address."))
    typed = tidy.upper()
    return _zip(typed) or _canadian(typed) or _point(typed) or _address(tidy, typed)


def is_possible(code: str) -> bool:
    """Whether a code in its one spelling can exist: a ZIP code of five digits, a postal code, or its first half."""
    return _POSSIBLE.fullmatch(code) is not None


def point(latitude: float, longitude: float) -> Point:
    """A point on the globe. Raises NotUnderstood, and says so where the two numbers seem to be swapped."""
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return Point(latitude, longitude)
    if abs(longitude) <= 90 and abs(latitude) <= 180:
        raise NotUnderstood(
            _("Latitude comes first and lies between -90 and 90. Did you mean %(point)s?")
            % {"point": f"{longitude}, {latitude}"}
        )
    raise NotUnderstood(_("Latitude lies between -90 and 90, longitude between -180 and 180."))


def _zip(typed: str) -> Zip | None:
    if found := _ZIP.fullmatch(typed):
        return Zip(found[1], found[2] or "")
    if typed.isdecimal():
        raise NotUnderstood(_("A ZIP code has five digits, or nine with the ZIP+4; zeros in front count."))
    return None


def _canadian(typed: str) -> PostalCode | Fsa | None:
    if found := _POSTAL_CODE.fullmatch(typed):
        _check_letters(found[1] + found[2])
        return PostalCode(found[1] + found[2])
    if _FSA.fullmatch(typed):
        _check_letters(typed)
        return Fsa(typed)
    if _PART_OF_A_POSTAL_CODE.fullmatch(typed):
        raise NotUnderstood(
            _("A Canadian postal code has six characters, like K1A 0B1, or the first three of them.")
        )
    return None


def _check_letters(code: str) -> None:
    for place, letter in enumerate(code):
        if letter in _NEVER or (place == 0 and letter in _NEVER_FIRST):
            raise NotUnderstood(
                _("No Canadian postal code has the letter %(letter)s there. Check for 0 and O, 1 and I.")
                % {"letter": letter}
            )


def _point(typed: str) -> Point | None:
    found = _POINT.fullmatch(typed)
    if found is None:
        return None
    latitude = float(found[1]) * (-1 if found[2] == "S" else 1)
    longitude = float(found[3]) * (-1 if found[4] == "W" else 1)
    return point(latitude, longitude)


def _address(tidy: str, typed: str) -> Address:
    if not _A_WORD.search(tidy):
        raise NotUnderstood(
            _("This is no ZIP code, no Canadian postal code and no address. Try a street with its city.")
        )
    return Address(tidy, _code_in(typed))


def _code_in(typed: str) -> Zip | PostalCode | None:
    """The code of an address: a postal code wherever it stands, a ZIP code only at its end."""
    for found in reversed(list(_POSTAL_CODE_INSIDE.finditer(typed))):
        code = found[1] + found[2]
        if code[0] not in _NEVER_FIRST and not set(code) & set(_NEVER):
            return PostalCode(code)
    found_zip = _ZIP_AT_THE_END.search(typed)
    # A number that begins the text is the number of a house.
    return Zip(found_zip[1]) if found_zip and found_zip.start() > 0 else None
