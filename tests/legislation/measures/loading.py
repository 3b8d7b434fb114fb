"""Verbs for tests of the loader: `loaded(bill("HB 1", actions=(…)))`. What is loaded is invented, and complete."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from legislation.actions import load_measures
from legislation.actions.measure_report import Report
from legislation.models import ChamberCode, Measure, SponsorRole, Stage, VoteOption, VoteResult
from legislation.sources.measures.records import (
    ActionFact,
    MeasureFile,
    MeasureKey,
    MeasureRecord,
    PersonHint,
    Reading,
    RollCallFact,
    RollCallRecord,
    SessionFact,
    SponsorFact,
    StageFact,
    TextFact,
    VoteFact,
)
from legislation.sources.records import content_hash

TEXAS = "ocd-jurisdiction/country:us/state:tx/government"
SESSION = SessionFact(TEXAS, "90R", "90th Regular Session", starts_on=date(2027, 1, 12))
FILED, HEARD = date(2027, 1, 13), date(2027, 2, 1)
STATES, LEGISCAN, CONGRESS = "openstates-scrape", "legiscan", "congress-gov"


def bill(
    number: str = "HB 1", *, id: str = "", session: SessionFact = SESSION, **facts: Any
) -> MeasureRecord:
    said = {"title_en": f"Title of {number}"} | facts
    external_id = id or f"{session.identifier}/{number}"
    mark = content_hash(external_id, number, session, said)
    return MeasureRecord(external_id, "bills.json", MeasureKey(session, number), mark, **said)


def again(record: MeasureRecord, **facts: Any) -> MeasureRecord:
    """The same record, of which the source now says something else."""
    return replace(record, content_hash=content_hash(record.content_hash, facts), **facts)


def loaded(
    *records: Reading, scheme: str = STATES, on: date = date(2027, 2, 9), dry_run: bool = False
) -> Report:
    file = MeasureFile(scheme, "bills.json", iter(records))
    return load_measures.load(file, now=noon(on), dry_run=dry_run)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def changed(report: Report) -> tuple[int, int, int]:
    """How many measures are new, say something new, and are as they were."""
    counts = report.all_counts()
    return counts["created"], counts["updated"], counts["unchanged"]


def the(number: str = "HB 1", session: str = "90R") -> Measure:
    return Measure.objects.get(number=number, session__identifier=session)


def action(text: str, on: date = FILED, chamber: ChamberCode = ChamberCode.LOWER) -> ActionFact:
    return ActionFact(on, text, chamber=chamber)


def step(stage: Stage, on: date = FILED, **fact: Any) -> StageFact:
    return StageFact(on, stage, **fact)


def sponsor(name: str, role: SponsorRole = SponsorRole.SPONSOR, **fact: Any) -> SponsorFact:
    who = {key: fact.pop(key) for key in ("identifiers", "district", "is_committee") if key in fact}
    return SponsorFact(PersonHint(name, **who), role, **fact)


def text(key: str, label: str = "Introduced", **fact: Any) -> TextFact:
    return TextFact(key, label, **fact)


def roll_call(id: str, votes: dict[str, VoteOption] | None = None, **fact: Any) -> RollCallFact:
    known: dict[str, Any] = {"on": HEARD, "motion": "Passage", "chamber": ChamberCode.LOWER}
    known |= {"result": VoteResult.PASSED, "yes": 2, "no": 1}
    cast = (
        None if votes is None else tuple(VoteFact(PersonHint(who), option) for who, option in votes.items())
    )
    return RollCallFact(id, votes=cast, **(known | fact))


def apart(number: str, call: RollCallFact, session: SessionFact = SESSION) -> RollCallRecord:
    """A roll call whose measure is not in the set."""
    return RollCallRecord("votes.json", MeasureKey(session, number), content_hash(number, call), call)
