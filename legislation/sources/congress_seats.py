"""The seats of Congress: 435 members and six delegates of the House, two senators for each state."""

from legislation.models.jurisdiction import ChamberCode
from legislation.sources.congress_shapes import UpstreamTerm
from legislation.sources.openstates_seats import state_fact
from legislation.sources.places import HOUSE, HOUSE_SEATS, SENATE, UNITED_STATES, US_EXECUTIVE, US_PARTS
from legislation.sources.records import (
    ChamberFact,
    DivisionFact,
    JurisdictionFact,
    SeatFact,
    SeatKey,
    Snapshot,
)

CONGRESS = JurisdictionFact(
    UNITED_STATES.ocd_id,
    UNITED_STATES.division_id,
    UNITED_STATES.name,
    UNITED_STATES.name_fr,
    UNITED_STATES.abbreviation,
    UNITED_STATES.country,
    UNITED_STATES.level,
)
_SENATORS = 2
_EXECUTIVE = {
    "prez": ("president", "President of the United States", "Présidence des États-Unis"),
    "viceprez": ("vice president", "Vice president of the United States", "Vice-présidence des États-Unis"),
}


def add_seats(snapshot: Snapshot) -> None:
    """Every seat of today's Congress, held or vacant."""
    for code, titles in (
        (ChamberCode.LOWER, HOUSE),
        (ChamberCode.UPPER, SENATE),
        (ChamberCode.EXECUTIVE, US_EXECUTIVE),
    ):
        snapshot.add_chamber(
            ChamberFact(
                CONGRESS.ocd_id, code, titles.chamber, titles.chamber_fr, titles.member, titles.member_fr
            )
        )
    for state, seats in HOUSE_SEATS.items():
        fact = state_fact(state)
        snapshot.jurisdictions[fact.ocd_id] = fact
        for number in range(1, seats + 1):
            _add_house_seat(snapshot, state, 0 if seats == 1 else number)
        if US_PARTS[state].level == "state":
            _add_senate_seat(snapshot, state)


def seat_of_term(term: UpstreamTerm, snapshot: Snapshot) -> SeatKey | None:
    """The seat a term was served in; a seat of an older map is added as no longer current."""
    if term.type in _EXECUTIVE:
        return _executive_seat(term.type, snapshot)
    state = term.state.lower()
    if state not in US_PARTS:
        return None
    if term.type == "sen":
        return _add_senate_seat(snapshot, state)
    # Upstream writes -1 where the district of an old term is not known.
    return _add_house_seat(snapshot, state, max(term.district or 0, 0), is_current=False)


def _add_senate_seat(snapshot: Snapshot, state: str) -> SeatKey:
    place = US_PARTS[state]
    key = SeatKey(CONGRESS.ocd_id, ChamberCode.UPPER, place.abbreviation)
    label, label_fr = f"U.S. Senate {place.name}", f"Sénat des États-Unis, {place.name_fr}"
    snapshot.seats.setdefault(key, SeatFact(key, label, label_fr, _SENATORS, _state_division(state)))
    return key


def _add_house_seat(snapshot: Snapshot, state: str, number: int, *, is_current: bool = True) -> SeatKey:
    place = US_PARTS[state]
    district = f"{place.abbreviation}-{number or 'AL'}"
    key = SeatKey(CONGRESS.ocd_id, ChamberCode.LOWER, district)
    if key in snapshot.seats:
        return key
    label, label_fr = f"U.S. House {district}", f"Chambre des représentants {district}"
    if not number:
        label, label_fr = f"U.S. House {place.name} (at large)", f"Chambre des représentants {place.name_fr}"
        division = _state_division(state)
    else:
        division = DivisionFact(
            f"{place.division_id}/cd:{number}", label, label_fr, "cd", state_fact(state).ocd_id
        )
    snapshot.seats[key] = SeatFact(
        key, label, label_fr, 1, division, is_current=is_current, is_authoritative=is_current
    )
    return key


def _executive_seat(role: str, snapshot: Snapshot) -> SeatKey:
    district, label, label_fr = _EXECUTIVE[role]
    key = SeatKey(CONGRESS.ocd_id, ChamberCode.EXECUTIVE, district)
    division = DivisionFact(CONGRESS.division_id, CONGRESS.name, CONGRESS.name_fr, "country", CONGRESS.ocd_id)
    snapshot.seats.setdefault(key, SeatFact(key, label, label_fr, 1, division))
    return key


def _state_division(state: str) -> DivisionFact:
    fact = state_fact(state)
    return DivisionFact(fact.division_id, fact.name, fact.name_fr, "state", fact.ocd_id)
