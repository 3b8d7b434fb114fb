"""Deciding about a proposed position, and taking one back. The first decision stands; a second finds nothing to do.

This is the only way to an approval: pages, the admin and the demo all come through here.
"""

from datetime import date
from typing import Any

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.positions import approval
from advocacy.positions.actions import trackings
from advocacy.positions.errors import MayNotDecide, MayNotWithdraw, NeedsWords
from advocacy.positions.models import APPROVING, Position, PositionDecision, PositionStatus, Ruling
from members.access import society_today


@transaction.atomic
def decide(
    position: Position, *, step: str, ruling: str, by: User, on: date, words: str = ""
) -> PositionDecision | None:
    """Take the step that is asked now. None when the proposal has moved on, or ended, meanwhile.

    The approval of the last step makes the position hold from that day, and ends what the same holder thought before.
    """
    waiting = Position.objects.select_for_update(of=("self",)).proposed().filter(pk=position.pk)
    held = waiting.select_related("measure__session", "chapter").first()
    if held is None:
        return None
    course = approval.course_of(held, society_today())
    if course.next_step != step:
        return None
    if not course.waits_for(by):
        raise MayNotDecide
    if ruling != Ruling.APPROVED and not words.strip():
        raise NeedsWords
    decision = PositionDecision.objects.create(
        position=held,
        step=step,
        ruling=ruling,
        standpoint=held.position,
        words=words.strip(),
        decided_by=by,
        # Where the one who decides is a zone behind the one who proposed, it is still the day before.
        decided_on=max(on, held.proposed_on),
    )
    _follow(position, decision, by=by, is_last=course.is_last)
    return decision


def _follow(position: Position, decision: PositionDecision, *, by: User, is_last: bool) -> None:
    """What the decision means for the position."""
    if decision.ruling not in APPROVING:
        _move(position, PositionStatus.PROPOSED, by=by, verb="rejected", status=PositionStatus.DECLINED)
        if decision.ruling == Ruling.NATIONAL_LEADS and position.chapter_id:
            trackings.hand_to_society(
                position.measure, by=by, on=decision.decided_on, words=str(decision.words)
            )
    elif is_last:
        _approve(position, decision, by=by)
    else:
        trail.record(by=by, verb="approved", of=position, changes={"decisions": [None, str(decision)]})


def _approve(position: Position, decision: PositionDecision, *, by: User) -> None:
    on = decision.decided_on
    held = Position.objects.holding().filter(measure=position.measure_id, chapter=position.chapter_id)
    for earlier in held:
        ends_on = max(on, earlier.approved_on or on)
        _move(earlier, PositionStatus.APPROVED, by=by, verb="edited", ends_on=ends_on)
    _move(
        position,
        PositionStatus.PROPOSED,
        by=by,
        verb="approved",
        status=PositionStatus.APPROVED,
        approved_on=on,
        approved_by=by,
        approval=decision,
    )


@transaction.atomic
def withdraw(position: Position, *, by: User, on: date) -> bool:
    """Take it back: a proposal at once, an approved one from that day on. False where neither was left."""
    if not Position.objects.filter(
        pk=position.pk, ends_on=None, status__in=(PositionStatus.PROPOSED, PositionStatus.APPROVED)
    ).exists():
        return False
    if not Position.objects.withdrawable_by(by).filter(pk=position.pk).exists():
        raise MayNotWithdraw
    verb, gone = "took back", PositionStatus.WITHDRAWN
    return _move(position, PositionStatus.PROPOSED, by=by, verb=verb, status=gone) or _move(
        position,
        PositionStatus.APPROVED,
        by=by,
        verb=verb,
        status=gone,
        ends_on=max(on, position.approved_on or on),
    )


def _move(position: Position, expected: str, *, by: User, verb: str, **values: Any) -> bool:
    """One UPDATE that names the state it expects; False when somebody was faster."""
    before = trail.snapshot(position, values)
    waiting = Position.objects.filter(pk=position.pk, status=expected, ends_on=None)
    if not waiting.update(**values):
        return False
    position.refresh_from_db()
    changes = trail.difference(before, trail.snapshot(position, values))
    trail.record(by=by, verb=verb, of=position, changes=changes)
    return True
