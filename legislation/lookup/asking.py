"""Asking a geocoder, and turning what it says into divisions of our record."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from advocacy.kernel.postal import Address, Point, PostalCode
from legislation.lookup.answer import EditionUsed, Found, Note, Why
from legislation.lookup.geocoders.interface import District, Geocoder, GeocoderFailed, Match
from legislation.lookup.record import Record
from legislation.models import Division, Jurisdiction


@dataclass(frozen=True)
class Asked:
    """What a geocoder said, in our terms."""

    found: list[Found] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def ask(geocoder: Geocoder, question: Address | Point | PostalCode, record: Record) -> Asked:
    """The divisions a geocoder names, checked against our own map at the point it gives."""
    try:
        located = geocoder.locate(question, day=record.day)
    except GeocoderFailed as failure:
        return Asked(notes=[Note(Why.NOT_ANSWERED, str(failure))])
    notes = [_refused(geocoder, lines) for lines in located.refused]
    if not located.matches and notes:
        return Asked(notes=notes)
    if not located.matches:
        text = _("%(geocoder)s does not know this place. Check street, city and code.") % {
            "geocoder": geocoder.name
        }
        return Asked(notes=[*notes, Note(Why.NO_MATCH, text)])
    if len(located.matches) > 1:
        text = _("The address fits several places. Add the city or the code; the districts of all are shown.")
        notes.append(Note(Why.SEVERAL_MATCHES, text))
    found: dict[Found, None] = {}
    for match in located.matches:
        here, more = _found_at(match, record)
        found.update(dict.fromkeys(here))
        notes += more
    return Asked(list(found), list(dict.fromkeys(notes)))


def _refused(geocoder: Geocoder, lines: str) -> Note:
    text = _("%(geocoder)s answered for the %(lines)s, which are not in force. Its districts are not used.")
    return Note(Why.WRONG_EDITION, text % {"geocoder": geocoder.name, "lines": lines})


def _found_at(match: Match, record: Record) -> tuple[list[Found], list[Note]]:
    """Their districts, and ours at their point. Where they differ, both are shown and it is said."""
    named = _named(match.districts, record)
    if match.point is None:
        return named, []
    ours = record.by_point(match.point.latitude, match.point.longitude)
    by_chamber: dict[tuple[int, str], set[int]] = defaultdict(set)
    for one in named:
        by_chamber[one.chamber].add(one.division_id)
    differing = [one for one in ours if by_chamber.get(one.chamber, {one.division_id}) != {one.division_id}]
    new = [one for one in ours if one.chamber not in by_chamber]
    if not differing:
        return named + new, []
    text = _(
        "The geocoder and the loaded map differ: the address may lie near a line. Both districts are shown."
    )
    return named + new + differing, [Note(Why.DISAGREE, text)]


def _named(districts: tuple[District, ...], record: Record) -> list[Found]:
    """Divisions and chambers that the record has; a district it has never heard of names nobody to us."""
    ids = [ocd_id for district in districts for ocd_id in district.division_ids]
    divisions = {one.ocd_id: one.pk for one in Division.objects.filter(ocd_id__in=ids)}
    governments = {
        one.division_id: one.pk
        for one in Jurisdiction.objects.filter(division_id__in=[one.government for one in districts])
    }
    found = []
    for district in districts:
        division = next((divisions[one] for one in district.division_ids if one in divisions), None)
        government = governments.get(district.government)
        if division is not None and government is not None:
            found.append(
                Found(_edition(district, government, record), government, district.chamber_code, division)
            )
    return found


def _edition(district: District, government: int, record: Record) -> EditionUsed:
    """Our own edition where the geocoder's lines are the same; otherwise theirs, by their name."""
    ours = record.lines_of(government, district.chamber_code)
    if ours is not None and ours.used.key == district.edition:
        return ours.used
    return EditionUsed(district.edition or district.edition_name, district.edition_name)
