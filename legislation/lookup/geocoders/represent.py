"""Represent (Open North): a Canadian postal code or a point to ridings.

It knows no addresses: of an address, it is asked the postal code. A code may have several ridings, one by its centre
and others by concordance; all are kept. The riding sets of older orders are still served, and are left out.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from advocacy.kernel.postal import Address, Point, PostalCode
from legislation.lookup.geocoders.interface import District, GeocoderFailed, Located, Match, Question
from legislation.lookup.geocoders.web import Web, remembered
from legislation.models import ChamberCode
from legislation.sources.editions import EDITIONS, EditionFact
from legislation.sources.places import CANADA

_FEDERAL = re.compile(r"/boundaries/federal-electoral-districts(?:-(\d{4})-representation-order)?/(\d{5})/?")
# The set without a year in its name is that of 2013.
_OLD_ORDER = "2013"


class Represent:
    def __init__(self, address: str) -> None:
        self.name = _("Represent")
        self._web = Web("represent", self.name, address, calls_a_minute=60)

    def locate(self, question: Question, *, day: date) -> Located:
        code = question.code if isinstance(question, Address) else question
        match code:
            case PostalCode():
                path, what = f"postcodes/{code.code}/", {}
            case Point():
                path, what = "boundaries/", {"contains": f"{code.latitude:.6f},{code.longitude:.6f}"}
            case _:
                raise GeocoderFailed(_("Represent knows postal codes: add the postal code to the address."))
        in_force = _in_force(day)
        parts = ["represent", in_force.key if in_force else "", path, *what.values()]
        return remembered(parts, lambda: self._ask(path, what, in_force))

    def _ask(self, path: str, what: dict[str, str], in_force: EditionFact | None) -> Located:
        answer = self._web.get(path, what)
        try:
            return read(answer, in_force)
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise GeocoderFailed(_("Represent gave an answer that cannot be read.")) from problem


def _in_force(day: date) -> EditionFact | None:
    federal = (one for one in EDITIONS.values() if one.place is CANADA)
    return next(
        (one for one in federal if one.valid_from <= day and (not one.valid_until or day < one.valid_until)),
        None,
    )


def read(answer: dict[str, Any], in_force: EditionFact | None) -> Located:
    """The ridings of the order in force. Raises KeyError or its like where the answer has another shape."""
    if "objects" in answer:
        boundaries = answer["objects"]
    else:
        boundaries = [*answer.get("boundaries_centroid", []), *answer["boundaries_concordance"]]
    ridings = dict.fromkeys(_ridings(boundaries))
    if in_force is None:
        return Located()
    order = in_force.key.removeprefix("fed")
    current = [number for year, number in ridings if year == order]
    if not current:
        older = sorted({year for year, _number in ridings})
        lines = [_("ridings of the %(year)s order") % {"year": year} for year in older]
        return Located((), refused=tuple(lines))
    # One code in several ridings is one place whose riding is uncertain, not several places.
    return Located((Match(None, tuple(_district(number, in_force) for number in current)),))


def _ridings(boundaries: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for boundary in boundaries:
        if found := _FEDERAL.fullmatch(boundary["url"]):
            yield found[1] or _OLD_ORDER, found[2]


def _district(number: str, edition: EditionFact) -> District:
    order = edition.key.removeprefix("fed")
    ids = (f"{CANADA.division_id}/ed:{number}-{order}",)
    return District(CANADA.division_id, ChamberCode.LOWER, ids, edition.key, edition.name)


def from_settings() -> Represent:
    return Represent(settings.GEOCODER_CA_URL)
