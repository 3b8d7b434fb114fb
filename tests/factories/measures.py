"""Measures with their steps, and what chapters think of them. `stepped(bill, Stage.ENACTED, on)` says it in a line."""

from datetime import date
from typing import Any

from advocacy.accounts.models import User
from advocacy.positions.models import Position, PositionStatus, Standpoint, Tier, TierChange, Tracking
from legislation.models import Jurisdiction, LegislativeSession, Measure, Stage, StageEvent
from members.models import Chapter
from tests.factories.people import state


def measure(
    number: str, *, jurisdiction: Jurisdiction | None = None, session: str = "90R", **fields: Any
) -> Measure:
    home = jurisdiction or state("tx", "Texas")
    sitting, _ = LegislativeSession.objects.get_or_create(
        jurisdiction=home, identifier=session, defaults={"name": f"{home.name}, {session}"}
    )
    return Measure.objects.create(session=sitting, number=number, title_en=f"Title of {number}", **fields)


def stepped(bill: Measure, stage: Stage, on: date, **fields: Any) -> StageEvent:
    return StageEvent.objects.create(measure=bill, stage=stage, on=on, **fields)


def tracked(
    bill: Measure,
    chapter: Chapter | None,
    tier: int = Tier.LEAD,
    since: date = date(2027, 1, 11),
    **fields: Any,
) -> Tracking:
    """A chapter follows the bill since that day; None is the society."""
    tracking = Tracking.objects.create(measure=bill, chapter=chapter, **fields)
    TierChange.objects.create(tracking=tracking, on=since, tier=tier)
    return tracking


def proposed(bill: Measure, chapter: Chapter | None, position: Standpoint, **fields: Any) -> Position:
    known: dict[str, Any] = {"proposed_on": date(2027, 1, 11)}
    return Position.objects.create(measure=bill, chapter=chapter, position=position, **(known | fields))


def took(
    bill: Measure,
    chapter: Chapter | None,
    position: Standpoint,
    by: User,
    on: date = date(2027, 1, 15),
    **fields: Any,
) -> Position:
    """An approved position, since that day."""
    approval = {"status": PositionStatus.APPROVED, "approved_on": on, "approved_by": by}
    return proposed(bill, chapter, position, **({"proposed_on": on} | approval | fields))
