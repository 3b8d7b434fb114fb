"""The map editions the importers know: whose lines they are, and from when to when they say who represents whom."""

from datetime import date
from typing import NamedTuple

from legislation.models.jurisdiction import ChamberCode
from legislation.sources.places import CANADA, CANADIAN_PARTS, UNITED_STATES, US_PARTS, Place


class EditionFact(NamedTuple):
    """`valid_until` is the first day on which other lines hold."""

    key: str
    name: str
    name_fr: str
    place: Place
    chamber_code: str
    valid_from: date
    valid_until: date | None = None


def _congress(number: int) -> EditionFact:
    """The lines of one Congress, which sits from 3 January of an odd year for two years."""
    first = 1789 + 2 * (number - 1)
    return EditionFact(
        f"cd{number}",
        f"Districts of the {number}th Congress",
        f"Districts du {number}e Congrès",
        UNITED_STATES,
        ChamberCode.LOWER,
        date(first, 1, 3),
        date(first + 2, 1, 3),
    )


# A representation order counts from the dissolution that leads to the first election on its lines: until then the
# members elected on the older ones represent theirs.
_FIRST_ON_2013, _FIRST_ON_2023 = date(2015, 8, 2), date(2025, 3, 23)
_KNOWN = (
    *(_congress(number) for number in (118, 119, 120)),
    EditionFact(
        "fed2013",
        "Ridings of the 2013 Representation Order",
        "Circonscriptions du décret de représentation de 2013",
        CANADA,
        ChamberCode.LOWER,
        _FIRST_ON_2013,
        _FIRST_ON_2023,
    ),
    EditionFact(
        "fed2023",
        "Ridings of the 2023 Representation Order",
        "Circonscriptions du décret de représentation de 2023",
        CANADA,
        ChamberCode.LOWER,
        _FIRST_ON_2023,
    ),
    EditionFact(
        "co-lower-2021",
        "Colorado House districts of 2021",
        "Districts de la Chambre du Colorado de 2021",
        US_PARTS["co"],
        ChamberCode.LOWER,
        date(2023, 1, 9),
    ),
    EditionFact(
        "co-upper-2021",
        "Colorado Senate districts of 2021",
        "Districts du Sénat du Colorado de 2021",
        US_PARTS["co"],
        ChamberCode.UPPER,
        date(2023, 1, 9),
    ),
    EditionFact(
        "nb-2024",
        "New Brunswick electoral districts of 2024",
        "Circonscriptions du Nouveau-Brunswick de 2024",
        CANADIAN_PARTS["nb"],
        ChamberCode.LEGISLATURE,
        date(2024, 9, 19),
    ),
    EditionFact(
        "on-2015",
        "Ontario electoral districts of 2015",
        "Circonscriptions de l’Ontario de 2015",
        CANADIAN_PARTS["on"],
        ChamberCode.LEGISLATURE,
        date(2018, 6, 7),
    ),
)
EDITIONS = {edition.key: edition for edition in _KNOWN}

_NAMES = {
    ChamberCode.LOWER: ("lower", "%s, lower chamber: districts of %d", "%s, chambre basse : districts de %d"),
    ChamberCode.UPPER: ("upper", "%s, upper chamber: districts of %d", "%s, chambre haute : districts de %d"),
    ChamberCode.LEGISLATURE: ("legislature", "%s: districts of %d", "%s : districts de %d"),
}


def state_edition(place: Place, chamber_code: ChamberCode, year: int) -> EditionFact:
    """A state's lines as the Census drew them for the elections of a year.

    On 1 February after it, the last of the legislatures elected on them has met; before that day they name nobody.
    """
    word, name, name_fr = _NAMES[chamber_code]
    return EditionFact(
        f"{place.abbreviation.lower()}-{word}-{year}",
        name % (place.name, year),
        name_fr % (place.name_fr, year),
        place,
        chamber_code,
        date(year + 1, 2, 1),
    )
