"""Open Civic Data division ids: what they say about a place."""

import re

from django.utils.translation import gettext as _

from legislation.models.jurisdiction import Country
from legislation.sources.places import (
    CANADA,
    CANADIAN_PARTS,
    PROVINCE_OF_RIDING_NUMBER,
    UNITED_STATES,
    US_PARTS,
    Place,
)
from legislation.sources.records import DivisionFact, JurisdictionFact

PREFIX = "ocd-division/country:"
LONGEST_ID, LONGEST_NAME, LONGEST_KIND = 200, 160, 30
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f]")
_YEAR = re.compile(r"-\d{4}$")
_PLACES = {
    place.division_id: place
    for place in (UNITED_STATES, CANADA, *US_PARTS.values(), *CANADIAN_PARTS.values())
}


def jurisdiction_fact(place: Place) -> JurisdictionFact:
    country = UNITED_STATES if place.country == Country.UNITED_STATES else CANADA
    parent = "" if place is country else country.ocd_id
    return JurisdictionFact(
        place.ocd_id,
        place.division_id,
        place.name,
        place.name_fr,
        place.abbreviation,
        place.country,
        place.level,
        parent,
    )


def place_of(ocd_id: str) -> Place | None:
    """The state, province or territory a division lies in, or else its country; None for other countries.

    A federal riding says its province in the first two digits of its number.
    """
    steps = ocd_id.split("/")
    place = _PLACES.get("/".join(steps[:3])) or _PLACES.get("/".join(steps[:2]))
    if place is CANADA and steps[-1].startswith("ed:"):
        return CANADIAN_PARTS.get(PROVINCE_OF_RIDING_NUMBER.get(steps[-1][3:5], ""), place)
    return place


def kind_of(ocd_id: str) -> str:
    """`cd`, `sldl`, `ed`, `place` …: the kind of the last step."""
    return ocd_id.rpartition("/")[2].partition(":")[0]


def division_fact(ocd_id: str, name: str, name_fr: str = "") -> DivisionFact:
    place = place_of(ocd_id)
    return DivisionFact(ocd_id, name, name_fr, kind_of(ocd_id), place.ocd_id if place else "")


def listed_division(ocd_id: str, name: str, name_fr: str = "") -> DivisionFact:
    """The division a file speaks of. Raises ValueError, saying why, for what the record cannot hold."""
    if not ocd_id.startswith(PREFIX):
        raise ValueError(_("this is no division id: %(id)s") % {"id": ocd_id[:80]})
    if _NO_TEXT.search(ocd_id + name + name_fr):
        raise ValueError(_("it holds a character that no text has; save the file as plain text in UTF-8"))
    longest = {ocd_id: LONGEST_ID, name: LONGEST_NAME, name_fr: LONGEST_NAME, kind_of(ocd_id): LONGEST_KIND}
    for text, most in longest.items():
        if len(text) > most:
            raise ValueError(
                _("this is longer than %(most)d characters: %(text)s…") % {"most": most, "text": text[:40]}
            )
    return division_fact(ocd_id, name, name_fr)


def by_number(ocd_id: str) -> str:
    """What a division is called until a file names it: `24001` for `…/ed:24001-2023`."""
    return _YEAR.sub("", ocd_id.rpartition(":")[2])


def whole(place: Place) -> DivisionFact:
    """A state or territory as one district: whom its only member of the House represents."""
    return division_fact(place.division_id, place.name, place.name_fr)
