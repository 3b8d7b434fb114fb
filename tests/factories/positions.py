"""Positions on their way: `approved_by(row, luis, jordan)` takes one step after the other."""

from datetime import date
from typing import Any

from advocacy.accounts.models import User
from advocacy.positions import approval
from advocacy.positions.actions import decisions, proposals
from advocacy.positions.models import Position, PositionDecision, Ruling, Standpoint
from legislation.models import Measure
from members.models import Chapter
from tests.cast import TODAY


def put_forward(
    by: User, bill: Measure, chapter: Chapter | None, position: Standpoint = Standpoint.SUPPORT, **said: Any
) -> Position:
    """Proposed by the portal's own action."""
    known: dict[str, Any] = {"on": TODAY, "rationale": "Records follow the patient."}
    return proposals.propose(by=by, measure=bill, chapter=chapter, position=position, **(known | said))


def ruled(
    row: Position, by: User, ruling: Ruling = Ruling.APPROVED, *, on: date = TODAY, words: str = ""
) -> PositionDecision | None:
    """This person takes the step that is asked now."""
    step = approval.course_of(row, TODAY).next_step
    assert step
    return decisions.decide(row, step=step, ruling=ruling, by=by, on=on, words=words)


def approved_by(row: Position, *people: User, on: date = TODAY) -> Position:
    for person in people:
        ruled(row, person, on=on)
    row.refresh_from_db()
    return row
