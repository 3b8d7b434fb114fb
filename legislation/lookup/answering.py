"""Who represents somebody on a day: by code, by point, by address, or as they say themselves.

Several districts are possible: all are shown, and none is picked. What is not known is said. Only editions in
force on the day answer, and every answer names its edition.
"""

from collections import defaultdict
from datetime import date

from django.utils.translation import get_language, ngettext

from advocacy.kernel.postal import Address, Code, Fsa, Point, PostalCode, Query, Zip
from legislation.lookup import remarks
from legislation.lookup.answer import Answer, Candidate, Found, Group, Method, Note, Office, Unknown, Why
from legislation.lookup.asking import Asked, ask
from legislation.lookup.code_places import beginning_of
from legislation.lookup.geocoders.interface import Geocoder
from legislation.lookup.record import STATEWIDE_LEVELS, Record
from legislation.models import Chamber, ChamberCode, Country, Jurisdiction, Level

_LEVELS = [Level.FEDERAL, Level.STATE, Level.PROVINCE, Level.TERRITORY, Level.COUNTY, Level.LOCAL]
_CODES = [
    ChamberCode.UPPER,
    ChamberCode.LOWER,
    ChamberCode.LEGISLATURE,
    ChamberCode.EXECUTIVE,
    ChamberCode.LOCAL,
]


def represent(
    query: Query, *, day: date, geocoder: Geocoder | None = None, record: Record | None = None
) -> Answer:
    """Who represents a place. Without a geocoder only the loaded record answers; nothing is stored.

    `record` keeps what was read for the next question of the same day.
    """
    known = record or Record(day, get_language())
    asked = Asked()
    if geocoder is not None and not isinstance(query, Zip | Fsa):
        asked = ask(geocoder, query, known)
    match query:
        case Point():
            found, notes, method = _by_point(query, asked, known)
        case Address():
            found, notes, method = _by_address(query, asked, known, was_asked=geocoder is not None)
        case _:
            found, notes, method = _by_code(query, asked, known)
    return answer_of(
        found, record=known, query=str(query), country=query.country, method=method, notes=asked.notes + notes
    )


def answer_of(
    found: list[Found],
    *,
    record: Record,
    query: str,
    country: str,
    method: str,
    notes: list[Note],
    states: list[Jurisdiction] | None = None,
) -> Answer:
    """Groups what was found by chamber, adds the offices of the states, and says which chambers are missing."""
    divisions = {one.pk: one for one in record.divisions(one.division_id for one in found)}
    lying_in = [division.jurisdiction for division in divisions.values() if division.jurisdiction]
    places = list(
        dict.fromkeys([*(states or []), *(one for one in lying_in if one.level in STATEWIDE_LEVELS)])
    )
    groups = _districts(found, record) + _statewide(places, record)
    unknown, gaps = _missing(places, found, record, method)
    notes = list(dict.fromkeys([*notes, *gaps]))
    if any(group.is_ambiguous for group in groups):
        notes.append(remarks.ambiguous(method))
    return Answer(
        query=query,
        country=country or _country_of(groups, places),
        method=method,
        day=record.day,
        groups=sorted((group for group in groups if group.candidates), key=_in_order),
        states=places,
        found=found,
        unknown=unknown,
        notes=notes,
    )


def _by_code(query: Code, asked: Asked, record: Record) -> tuple[list[Found], list[Note], str]:
    found = record.by_code(query.code)
    method: str = query.method
    notes = []
    if not found and isinstance(query, PostalCode) and (found := record.by_code(query.fsa)):
        method = Method.FSA
        notes.append(remarks.read_as_fsa(query.fsa))
    found = _together(found, asked.found, record)
    if isinstance(query, Zip) and query.plus_four:
        notes.append(remarks.zip4())
    if not found:
        has_its_like = record.has_codes_beginning(beginning_of(query))
        notes.append(
            remarks.not_found(query, has_tables=record.has_codes(query.country), has_its_like=has_its_like)
        )
    elif isinstance(query, PostalCode | Fsa) and query.is_rural:
        notes.append(remarks.rural())
    return found, notes, method


def _by_point(query: Point, asked: Asked, record: Record) -> tuple[list[Found], list[Note], str]:
    found = _together(record.by_point(query.latitude, query.longitude), asked.found, record)
    if found:
        return found, [], query.method
    other = query.swapped()
    if other and record.by_point(other.latitude, other.longitude):
        return [], [remarks.swapped(other)], query.method
    return [], [remarks.nowhere(record.has_shapes)], query.method


def _by_address(
    query: Address, asked: Asked, record: Record, *, was_asked: bool
) -> tuple[list[Found], list[Note], str]:
    """The geocoder's districts; otherwise those of the code in the address, and it is said that they are."""
    notes = [] if was_asked else [remarks.not_asked()]
    if asked.found:
        return asked.found, notes, query.method
    if query.code is None:
        return [], [*notes, remarks.no_code()], query.method
    found, more, method = _by_code(query.code, Asked(), record)
    return found, [*notes, remarks.by_the_code_only(str(query.code)), *more], method


def _together(own: list[Found], theirs: list[Found], record: Record) -> list[Found]:
    """Our tables and the geocoder. Where both speak of a chamber, only the districts both name remain, if any."""
    of_chamber: dict[tuple[int, str], list[Found]] = defaultdict(list)
    for one in theirs:
        of_chamber[one.chamber].append(one)
    kept = []
    for one in own:
        named = {other.division_id for other in of_chamber.get(one.chamber, [])}
        shared = named & {other.division_id for other in own if other.chamber == one.chamber}
        if not shared or one.division_id in shared:
            kept.append(one)
    known = {(one.chamber, one.division_id) for one in own}
    settled = {one.chamber for one in kept if one.division_id in {other.division_id for other in theirs}}
    new = [
        one for one in theirs if (one.chamber, one.division_id) not in known and one.chamber not in settled
    ]
    return kept + new


def _districts(found: list[Found], record: Record) -> list[Group]:
    by_chamber: dict[tuple[int, str], list[Found]] = defaultdict(list)
    for one in found:
        by_chamber[one.chamber].append(one)
    return [_group(chamber, ones, record) for chamber, ones in by_chamber.items()]


def _group(chamber: tuple[int, str], found: list[Found], record: Record) -> Group:
    shares = {one.division_id: one.share for one in found}
    divisions = record.divisions(shares)
    offices = record.offices(chamber, divisions)
    seats = [office.place.seat for division in divisions for office in offices[division.pk]]
    edition = found[0].edition
    return Group(
        level=seats[0].chamber.jurisdiction.level if seats else record.level_of(chamber[0]),
        name=str(seats[0].chamber) if seats else edition.name,
        candidates=[Candidate(one, offices[one.pk], shares[one.pk]) for one in divisions],
        edition=edition,
        chamber=seats[0].chamber if seats else None,
    )


def _statewide(states: list[Jurisdiction], record: Record) -> list[Group]:
    """Whom all of a state elects, by chamber; of a place that may lie in two states, the senators of both."""
    candidates: dict[Chamber, list[Candidate]] = defaultdict(list)
    for state in states:
        division = record.whole_division(state)
        by_chamber: dict[Chamber, list[Office]] = defaultdict(list)
        for office in record.offices_of_state(state):
            by_chamber[office.place.seat.chamber].append(office)
        for chamber, offices in by_chamber.items():
            if division is not None:
                candidates[chamber].append(Candidate(division, offices))
    return [
        Group(level=chamber.jurisdiction.level, name=str(chamber), candidates=found, chamber=chamber)
        for chamber, found in candidates.items()
    ]


def _missing(
    states: list[Jurisdiction], found: list[Found], record: Record, method: str
) -> tuple[list[Unknown], list[Note]]:
    answered = {one.chamber for one in found}
    unknown, notes = [], []
    for state in states:
        for chamber in record.chambers_of(state):
            lines = record.lines_of(state.pk, chamber.code)
            if (state.pk, chamber.code) not in answered:
                unknown.append(Unknown(remarks.no_lines(chamber, lines, method), chamber))
            elif lines and (number := record.gaps(lines)):
                text = ngettext(
                    "The map of the %(chamber)s lacks %(number)d seat; check its list by hand.",
                    "The map of the %(chamber)s lacks %(number)d seats, such as floterial districts; check its list "
                    "by hand.",
                    number,
                )
                notes.append(Note(Why.FLOTERIAL, text % {"chamber": chamber, "number": number}))
        if record.has_local_officials(state):
            unknown.append(Unknown(remarks.no_local_lines(state)))
    return unknown, notes


def _country_of(groups: list[Group], states: list[Jurisdiction]) -> str:
    countries = [state.country for state in states]
    countries += [
        candidate.division.ocd_id.removeprefix("ocd-division/country:")[:2].upper()
        for group in groups
        for candidate in group.candidates
    ]
    return next((country for country in countries if country in Country.values), "")


def _in_order(group: Group) -> tuple[int, int, int]:
    code = group.chamber.code if group.chamber else ChamberCode.EXECUTIVE
    return (
        _LEVELS.index(Level(group.level)),
        _CODES.index(ChamberCode(code)),
        group.chamber.pk if group.chamber else 0,
    )
