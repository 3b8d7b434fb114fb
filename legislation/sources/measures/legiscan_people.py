"""Whom LegiScan means: a person by its own id and name, or a committee that stands among the people."""

import re

from django.utils.translation import gettext as _

from legislation.sources.measures.legiscan_codes import SCHEME
from legislation.sources.measures.legiscan_rows import BadCell, Row
from legislation.sources.measures.legiscan_shapes import UpstreamPerson
from legislation.sources.measures.records import PersonHint
from legislation.sources.shapes import one_line

# HD-105, SD-04A: the letters of the chamber and zeros that no district is written with.
_DISTRICT = re.compile(r"^[A-Z]D-0*(?=[0-9A-Z])")


def person_hint(person: UpstreamPerson) -> PersonHint:
    identifiers = [(SCHEME, str(person.people_id))]
    if person.bioguide_id:
        identifiers.append(("bioguide", person.bioguide_id))
    return PersonHint(
        one_line(person.name),
        tuple(identifiers),
        _DISTRICT.sub("", person.district.strip()),
        person.party,
        is_committee=bool(person.committee_sponsor),
    )


def unnamed(people_id: int) -> PersonHint:
    """Somebody of whom the answers at hand give the id only."""
    return PersonHint(f"LegiScan #{people_id}", ((SCHEME, str(people_id)),))


def person_of_row(row: Row) -> tuple[int, PersonHint]:
    """By its id, from the list of people in a dataset. Raises BadCell where there is no id or no name."""
    people_id, name = row.number("people_id"), one_line(row.text("name"))
    if not people_id or not name:
        raise BadCell(_("It has no id or no name of a person."))
    district = _DISTRICT.sub("", row.text("district"))
    is_committee = row.number("committee_id") > 0
    identifiers = ((SCHEME, str(people_id)),)
    return people_id, PersonHint(name[:200], identifiers, district, row.text("party"), is_committee)
