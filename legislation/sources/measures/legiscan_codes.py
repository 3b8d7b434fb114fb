"""What the numbers of LegiScan mean, in the words of the record. Its tables are short and hardly ever change."""

import re

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind
from legislation.models.measure_relation import RelationKind
from legislation.models.roll_call import VoteOption
from legislation.models.sponsorship import SponsorRole
from legislation.models.stage import Stage

SCHEME = "legiscan"

_COVERED = (
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok "
    "or pa ri sc sd tn tx ut vt va wa wv wi wy dc us"
)
_STATES = frozenset(_COVERED.split())

_ONE_CHAMBER = frozenset({"ne", "dc"})
_CHAMBERS = {
    "H": ChamberCode.LOWER,
    "A": ChamberCode.LOWER,
    "HOUSE": ChamberCode.LOWER,
    "ASSEMBLY": ChamberCode.LOWER,
    "S": ChamberCode.UPPER,
    "SENATE": ChamberCode.UPPER,
}

_KIND_OF_TYPE = {
    "B": MeasureKind.BILL,
    "R": MeasureKind.RESOLUTION,
    "CR": MeasureKind.RESOLUTION,
    "JR": MeasureKind.RESOLUTION,
    "JRCA": MeasureKind.RESOLUTION,
    "CA": MeasureKind.RESOLUTION,
    "EO": MeasureKind.EXECUTIVE_ORDER,
    "M": MeasureKind.RESOLUTION,
    "JM": MeasureKind.RESOLUTION,
    "CM": MeasureKind.RESOLUTION,
    "C": MeasureKind.RESOLUTION,
    "P": MeasureKind.RESOLUTION,
    "A": MeasureKind.RESOLUTION,
    "RM": MeasureKind.RESOLUTION,
    "PET": MeasureKind.RESOLUTION,
    "CSR": MeasureKind.STUDY,
    "SR": MeasureKind.STUDY,
    "I": MeasureKind.BALLOT_MEASURE,
    "IP": MeasureKind.BALLOT_MEASURE,
}
# The datasets in CSV have no type: the letters between the chamber's and the digits tell a resolution or memorial.
_RESOLUTION_LETTERS = re.compile(r"^[HSAL]?(?:C|J|CON)?(?:R|RES|M)[A-Z]?$")

# LegiScan writes all bills of Congress alike; everybody else writes them as Congress prints them.
_CONGRESS_PREFIXES = {
    "HB": "HR",
    "SB": "S",
    "HR": "HRES",
    "SR": "SRES",
    "HJR": "HJRES",
    "SJR": "SJRES",
    "HCR": "HCONRES",
    "SCR": "SCONRES",
}
_LEADING_LETTERS = re.compile(r"^[A-Z]+")
_LETTERS_AND_DIGITS = re.compile(r"^([A-Z]+)\s*0*(\d.*)$")

VOTES = {
    1: VoteOption.YES,
    2: VoteOption.NO,
    3: VoteOption.NOT_VOTING,
    4: VoteOption.ABSENT,
}
# 0 where the legislature makes no difference, 1 the first name, 2 who joined, 3 several first names.
SPONSOR_ROLES = {
    0: SponsorRole.SPONSOR,
    1: SponsorRole.SPONSOR,
    2: SponsorRole.COSPONSOR,
    3: SponsorRole.SPONSOR,
}
CARRIED_OVER_FROM = 9
# What the other is to this one. "Replaced by" (3) has no word of its own here: the other one says that it replaces.
RELATIONS = {
    1: RelationKind.COMPANION,
    2: RelationKind.RELATED,
    3: RelationKind.RELATED,
    4: RelationKind.REPLACES,
    5: RelationKind.COMPANION,
    6: RelationKind.RELATED,
    7: RelationKind.RELATED,
    8: RelationKind.RELATED,
    CARRIED_OVER_FROM: RelationKind.PRIOR_SESSION,
}
# Of `progress` and of `status`. Referral and report are in the first chamber until the measure is engrossed.
STAGE_OF_EVENT = {
    1: Stage.INTRODUCED,
    2: Stage.PASSED_1,
    3: Stage.ENROLLED,
    4: Stage.ENACTED,
    5: Stage.VETOED,
    6: Stage.FAILED,
    7: Stage.ENACTED,
    8: Stage.ENACTED,
    9: Stage.COMMITTEE_1,
    10: Stage.REPORTED_1,
    11: Stage.REPORTED_1,
    12: Stage.PREFILED,
}
IN_THE_SECOND_CHAMBER = {
    Stage.COMMITTEE_1: Stage.COMMITTEE_2,
    Stage.HEARING_1: Stage.HEARING_2,
    Stage.REPORTED_1: Stage.REPORTED_2,
    Stage.PASSED_1: Stage.PASSED_2,
}


def jurisdiction_of(state: str) -> str:
    """The Open Civic Data id of a state, by its postal abbreviation. Raises KeyError for what is no state."""
    place = state.lower()
    if place not in _STATES:
        raise KeyError(state)
    if place == "us":
        return "ocd-jurisdiction/country:us/government"
    division = "district" if place == "dc" else "state"
    return f"ocd-jurisdiction/country:us/{division}:{place}/government"


def state_of(jurisdiction: str) -> str:
    """How LegiScan calls the state of this Open Civic Data id; empty for one it does not cover."""
    return {jurisdiction_of(state): state.upper() for state in _STATES}.get(jurisdiction, "")


def chamber_of(written: str, state: str) -> ChamberCode | None:
    """By letter or name; None for both chambers together, and where nothing is said."""
    if written and state.lower() in _ONE_CHAMBER:
        return ChamberCode.LEGISLATURE
    return _CHAMBERS.get(written.strip().upper())


def chamber_of_origin(number: str, state: str) -> ChamberCode | None:
    return chamber_of(number[:1], state)


def other_chamber(chamber: ChamberCode | None) -> ChamberCode | None:
    swapped = {ChamberCode.LOWER: ChamberCode.UPPER, ChamberCode.UPPER: ChamberCode.LOWER}
    return swapped.get(chamber, chamber) if chamber else None


def kind_of_type(code: str) -> MeasureKind:
    return _KIND_OF_TYPE.get(code.strip().upper(), MeasureKind.BILL)


def kind_of_number(number: str) -> MeasureKind:
    prefix = _LEADING_LETTERS.match(number.strip().upper())
    return MeasureKind.RESOLUTION if prefix and _RESOLUTION_LETTERS.match(prefix[0]) else MeasureKind.BILL


def number_as_printed(number: str, state: str) -> str:
    """LegiScan's number, but for Congress, where its HB 1 is everybody else's H.R. 1, and its HR 1 is H.Res. 1."""
    parts = _LETTERS_AND_DIGITS.match(number.strip().upper())
    if state.lower() != "us" or parts is None:
        return number.strip()
    return f"{_CONGRESS_PREFIXES.get(parts[1], parts[1])} {parts[2]}"
