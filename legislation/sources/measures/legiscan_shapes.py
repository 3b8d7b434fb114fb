"""The shapes of LegiScan's answers. Its server writes an empty object as an empty list, and a missing day as zeros."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PositiveInt

from legislation.sources.shapes import UpstreamModel, limited

_NO_DAY = ("", "0000-00-00", None)


def _day(value: Any) -> Any:
    return None if value in _NO_DAY else value


def listed(value: Any) -> Any:
    """An object with numbered keys is a list with a gap."""
    return list(value.values()) if isinstance(value, dict) else value


def _or_empty(value: Any) -> Any:
    return "" if value is None else value


def _or_zero(value: Any) -> Any:
    return 0 if value in ("", None) else value


def _or_none(value: Any) -> Any:
    return None if value == "" else value


def _or_nothing(value: Any) -> Any:
    return None if value == [] else value


_LISTED = BeforeValidator(listed)
Day = Annotated[date | None, BeforeValidator(_day)]
_SAID = BeforeValidator(_or_empty)
Words = Annotated[str, _SAID, limited(100_000)]
Name = Annotated[str, limited(200, least=1)]
Short = Annotated[str, _SAID, limited(400)]
Link = Annotated[str, _SAID, limited(2_000)]
Code = Annotated[int, BeforeValidator(_or_zero)]
# No chamber has more members, and no database keeps more digits.
Votes = Annotated[Annotated[int, Field(ge=0, le=1_000_000)] | None, BeforeValidator(_or_none)]


class UpstreamSession(UpstreamModel):
    year_start: PositiveInt
    year_end: PositiveInt
    special: Code = 0
    session_name: Short = ""
    session_title: Short = ""


class UpstreamProgress(UpstreamModel):
    date: Day = None
    event: int


class UpstreamLine(UpstreamModel):
    date: Day = None
    action: Words
    chamber: Short = ""


class UpstreamPerson(UpstreamModel):
    people_id: PositiveInt
    name: Name
    party: Short = ""
    district: Short = ""
    bioguide_id: Short = ""
    committee_sponsor: Code = 0


class UpstreamSponsor(UpstreamPerson):
    sponsor_type_id: Code = 0
    sponsor_order: Code = 0


class UpstreamSubject(UpstreamModel):
    subject_name: Short


class UpstreamText(UpstreamModel):
    doc_id: PositiveInt
    date: Day = None
    type: Short = ""
    url: Link = ""
    state_link: Link = ""


class UpstreamCount(UpstreamModel):
    """A roll call as a bill lists it: the count alone."""

    roll_call_id: PositiveInt
    date: Day = None
    desc: Words = ""
    chamber: Short = ""
    yea: Votes = None
    nay: Votes = None
    nv: Votes = None
    absent: Votes = None
    passed: int | None = None
    url: Link = ""
    state_link: Link = ""


class UpstreamRollCall(UpstreamCount):
    bill_id: PositiveInt


class UpstreamRelation(UpstreamModel):
    type_id: Code = 0
    sast_bill_number: Short = ""
    sast_bill_id: Code = 0


class UpstreamEvent(UpstreamModel):
    date: Day = None
    time: Short = ""
    type: Short = ""
    location: Short = ""
    description: Short = ""


class UpstreamCommittee(UpstreamModel):
    name: Short = ""


class UpstreamBill(UpstreamModel):
    bill_id: PositiveInt
    change_hash: Annotated[str, limited(64)] = ""
    session: UpstreamSession
    state: Annotated[str, limited(2, least=2)]
    bill_number: Annotated[str, limited(40, least=1)]
    bill_type: Short = ""
    body: Short = ""
    title: Words = ""
    description: Words = ""
    url: Link = ""
    state_link: Link = ""
    status: Code = 0
    status_date: Day = None
    committee: Annotated[UpstreamCommittee | None, BeforeValidator(_or_nothing)] = None
    progress: Annotated[list[UpstreamProgress] | None, _LISTED] = None
    history: Annotated[list[UpstreamLine] | None, _LISTED] = None
    sponsors: Annotated[list[UpstreamSponsor] | None, _LISTED] = None
    subjects: Annotated[list[UpstreamSubject] | None, _LISTED] = None
    texts: Annotated[list[UpstreamText] | None, _LISTED] = None
    votes: Annotated[list[UpstreamCount] | None, _LISTED] = None
    sasts: Annotated[list[UpstreamRelation] | None, _LISTED] = None
    calendar: Annotated[list[UpstreamEvent] | None, _LISTED] = None
