"""How a bill of the Parliament of Canada moved: its stages (DOMAIN.md §4.17) and its history in both languages.

A reading counts on the day it was agreed to, as a committee does on the day the bill came to it, and the report stage
on the day the committee reported. The house that did not originate the bill gives the steps of a second chamber.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from legislation.models.jurisdiction import ChamberCode
from legislation.models.stage import TERMINAL_STAGES, Stage
from legislation.sources.measures.legisinfo_answers import Bill, BillStage, BillStages, Event
from legislation.sources.measures.records import ActionFact, StageFact
from legislation.sources.shapes import one_line

_FIRST_READING = frozenset({"60110", "60111"})
_SECOND_READING = frozenset({"60120", "60121"})
_REFERRAL = frozenset({"60121", "60123"})
_COMMITTEE_REPORT = frozenset({"60124"})
_REPORT_CONCURRED_IN = frozenset({"60285"})
_THIRD_READING = frozenset({"60134"})
_SENATE = "2"
_HOUSE_NAMES = {ChamberCode.LOWER: "in the House of Commons", ChamberCode.UPPER: "in the Senate"}
_AWAITING_ASSENT = re.compile(r"\bawaiting royal assent\b", re.IGNORECASE)
_LOST = re.compile(
    r"\b(defeated|withdrawn|discharged|not be proceeded with|not proceeded with)\b", re.IGNORECASE
)

# In one house: what the event means, in whose words, as first and as second chamber.
_MEANINGS: tuple[tuple[frozenset[str], str, Stage, Stage | None], ...] = (
    (_FIRST_READING, "First reading", Stage.INTRODUCED, None),
    (_SECOND_READING, "Second reading", Stage.PRINCIPLE, None),
    (_REFERRAL, "Consideration in committee", Stage.COMMITTEE_STUDY, Stage.COMMITTEE_2),
    (_COMMITTEE_REPORT, "Report stage", Stage.REPORT_STAGE, Stage.REPORTED_2),
    (_THIRD_READING, "Third reading", Stage.PASSED_1, Stage.PASSED_2),
)


class _InAHouse(NamedTuple):
    chamber: ChamberCode
    is_first: bool
    steps: list[BillStage]


class _Dated(NamedTuple):
    """`place` keeps the order of steps of one day; sources list houses, not moments."""

    on: date
    place: int
    fact: ActionFact


def stages_of(bill: Bill) -> tuple[StageFact, ...]:
    """Oldest first. A step of one day, stage and chamber stands once."""
    found: dict[tuple[date, Stage, ChamberCode | None], StageFact] = {}
    for fact in _stages(bill):
        found.setdefault((fact.on, fact.stage, fact.chamber), fact)
    in_order = sorted(found.values(), key=lambda fact: fact.on)
    return (*in_order, *_by_its_status(bill, in_order))


def _stages(bill: Bill) -> Iterator[StageFact]:
    """In the order of the process, which decides between steps of one day."""
    steps = bill.bill_stages or BillStages()
    for house in _houses(bill, steps):
        for step in house.steps:
            for event in step.significant_events:
                yield from _stages_of(event, house)
        yield from _report_without_a_committee(house)
    for message in steps.inter_chamber_messages:
        if message.date:
            label = one_line(message.event_name_en)[:120]
            yield StageFact(message.date, Stage.RECONCILING, label, _chamber(message.chamber_organization_id))
    if assent := _assent(bill):
        yield StageFact(assent, Stage.ENACTED, "Royal assent")


def _stages_of(event: Event, house: _InAHouse) -> Iterator[StageFact]:
    on = event.event_date_time
    if on is None:
        return
    if event.is_defeated_event:
        yield StageFact(on, Stage.FAILED, one_line(event.event_name_en)[:120], house.chamber)
    for types, words, as_first, as_second in _MEANINGS:
        stage = as_first if house.is_first else as_second
        if event.event_type_id in types and stage:
            yield StageFact(on, stage, f"{words} {_HOUSE_NAMES[house.chamber]}", house.chamber)


def _report_without_a_committee(house: _InAHouse) -> Iterator[StageFact]:
    """A bill that a Committee of the Whole considered comes to report stage without a report."""
    events = [event for step in house.steps for event in step.significant_events]
    if not house.is_first or any(event.event_type_id in _COMMITTEE_REPORT for event in events):
        return
    for event in events:
        if event.event_type_id in _REPORT_CONCURRED_IN and event.event_date_time:
            words = f"Report stage {_HOUSE_NAMES[house.chamber]}"
            yield StageFact(event.event_date_time, Stage.REPORT_STAGE, words, house.chamber)


def _by_its_status(bill: Bill, known: list[StageFact]) -> Iterator[StageFact]:
    """What only the status says, on the day of the last event: it ended, or waits for the Crown."""
    on, last = bill.latest_bill_event_date_time, known[-1].stage if known else None
    if on is None or last in TERMINAL_STAGES:
        return
    if _LOST.search(bill.status_name_en):
        yield StageFact(on, Stage.FAILED, one_line(bill.status_name_en)[:120])
    elif _AWAITING_ASSENT.search(bill.status_name_en):
        yield StageFact(on, Stage.ENROLLED, one_line(bill.status_name_en)[:120])


def actions_of(bill: Bill) -> tuple[ActionFact, ...]:
    """Sittings, events, meetings of committees and messages between the houses, oldest first, each once."""
    dated = {(found.on, found.fact.chamber, found.fact.text): found for found in reversed(list(_dated(bill)))}
    return tuple(found.fact for found in sorted(dated.values(), key=lambda found: (found.on, found.place)))


def _dated(bill: Bill) -> Iterator[_Dated]:
    steps = bill.bill_stages or BillStages()
    place = 0
    for house in _houses(bill, steps):
        for step in house.steps:
            for fact in _history(step, house.chamber):
                place += 1
                yield _Dated(fact.on, place, fact)
    for message in steps.inter_chamber_messages:
        if message.date:
            chamber = _chamber(message.chamber_organization_id)
            words, french = one_line(message.event_name_en), one_line(message.event_name_fr)
            place += 1
            yield _Dated(message.date, place, ActionFact(message.date, words, french, chamber, "message"))
    if assent := _assent(bill):
        cited, french = statute(bill), statute_fr(bill)
        words = f"Royal assent ({cited})" if cited else "Royal assent"
        words_fr = f"Sanction royale ({french})" if french else "Sanction royale"
        yield _Dated(assent, place + 1, ActionFact(assent, words, words_fr, None, "royal-assent"))


def _history(step: BillStage, chamber: ChamberCode) -> Iterator[ActionFact]:
    for sitting in step.sittings:
        if sitting.date and sitting.name_en:
            names = one_line(sitting.name_en), one_line(sitting.name_fr)
            yield ActionFact(sitting.date, *names, chamber, "sitting")
    for meeting in step.committee_meetings:
        if meeting.date and meeting.committee_name_en:
            words = f"{one_line(meeting.committee_name_en)}, meeting {meeting.number}"
            french = f"{one_line(meeting.committee_name_fr)}, réunion {meeting.number}"
            yield ActionFact(meeting.date, words, french, chamber, "committee-meeting")
    for event in step.significant_events:
        if event.event_date_time and event.event_name_en:
            names = one_line(event.event_name_en), one_line(event.event_name_fr)
            yield ActionFact(event.event_date_time, *names, chamber, "event")


def statute(bill: Bill) -> str:
    """The chapter of the Statutes of Canada that it became: S.C. 2026, c. 5."""
    if bill.statute_year and bill.statute_chapter:
        return f"S.C. {bill.statute_year}, c. {bill.statute_chapter}"
    return ""


def statute_fr(bill: Bill) -> str:
    if bill.statute_year and bill.statute_chapter:
        return f"L.C. {bill.statute_year}, ch. {bill.statute_chapter}"
    return ""


def _houses(bill: Bill, steps: BillStages) -> tuple[_InAHouse, _InAHouse]:
    from_senate = bill.is_senate_bill
    commons = _InAHouse(ChamberCode.LOWER, not from_senate, steps.house_bill_stages)
    senate = _InAHouse(ChamberCode.UPPER, from_senate, steps.senate_bill_stages)
    return (senate, commons) if from_senate else (commons, senate)


def _assent(bill: Bill) -> date | None:
    steps = bill.bill_stages or BillStages()
    events = (event for step in steps.royal_assent for event in step.significant_events)
    return next((event.event_date_time for event in events if event.event_date_time), None) or (
        bill.received_royal_assent_date_time
    )


def _chamber(organisation: str) -> ChamberCode:
    return ChamberCode.UPPER if organisation == _SENATE else ChamberCode.LOWER
