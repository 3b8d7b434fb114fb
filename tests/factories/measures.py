"""Measures with their steps, and what chapters think of them. `stepped(bill, Stage.ENACTED, on)` says it in a line."""

from datetime import date, datetime
from typing import Any

from advocacy.accounts.models import User
from advocacy.positions.models import (
    ApprovalStep,
    Outcome,
    Position,
    PositionDecision,
    PositionStatus,
    Ruling,
    Standpoint,
    Tier,
    TierChange,
    Tracking,
)
from legislation.models import (
    DeadlineKind,
    Hearing,
    Jurisdiction,
    LegislativeSession,
    Measure,
    SessionDeadline,
    Stage,
    StageEvent,
    TextVersion,
)
from legislation.session_sweep import SessionEnd, ends
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


def adjourned(on: date, *, jurisdiction: Jurisdiction | None = None, **rules: Any) -> SessionEnd:
    """The session of these measures adjourned that day, and its rules are as given."""
    home = jurisdiction or state("tx", "Texas")
    sitting, _ = LegislativeSession.objects.get_or_create(
        jurisdiction=home, identifier=rules.pop("session", "90R"), defaults={"name": f"{home.name}, 90R"}
    )
    LegislativeSession.objects.filter(pk=sitting.pk).update(**rules)
    SessionDeadline.objects.create(session=sitting, kind=DeadlineKind.SINE_DIE, on=on)
    (end,) = ends(LegislativeSession.objects.with_closing().filter(pk=sitting.pk))
    return end


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


def decided(row: Position, by: User, on: date, step: str = ApprovalStep.NATIONAL) -> PositionDecision:
    """An approval of one step, as it stands in the record."""
    return PositionDecision.objects.create(
        position=row, step=step, ruling=Ruling.APPROVED, standpoint=row.position, decided_by=by, decided_on=on
    )


def took(
    bill: Measure,
    chapter: Chapter | None,
    position: Standpoint,
    by: User,
    on: date = date(2027, 1, 15),
    **fields: Any,
) -> Position:
    """An approved position, since that day; `contribution` and `amendments_obtained` are its holder's outcome."""
    said = {name: fields.pop(name) for name in ("contribution", "amendments_obtained") if name in fields}
    if said:
        Outcome.objects.create(measure=bill, chapter=chapter, recorded_on=on, recorded_by=by, **said)
    row = Position(
        measure=bill, chapter=chapter, position=position, proposed_on=fields.pop("proposed_on", on)
    )
    row.status = PositionStatus.WITHDRAWN
    row.save()
    approval = {"status": PositionStatus.APPROVED, "approved_on": on, "approved_by": by}
    for name, value in (approval | {"approval": decided(row, by, on)} | fields).items():
        setattr(row, name, value)
    row.save()
    return row


def text_of(bill: Measure, label: str, on: date | None = None) -> TextVersion:
    return TextVersion.objects.create(measure=bill, key=label, label=label, on=on)


def heard(bill: Measure, starts_at: datetime, **fields: Any) -> Hearing:
    """A hearing on the bill, in its own legislature, by the clock of Chicago."""
    known = {"committee_name": "Public Health", "zone": "America/Chicago"}
    hearing = Hearing.objects.create(
        jurisdiction=bill.session.jurisdiction, starts_at=starts_at, **(known | fields)
    )
    hearing.measures.add(bill)
    return hearing
