"""Deciding about a proposed position, and taking one back. The first decision stands; a second finds nothing to do."""

from datetime import date
from typing import Any

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.positions.models import Position, PositionStatus


@transaction.atomic
def approve(position: Position, *, by: User, on: date) -> bool:
    """From that day it holds, and what the same holder thought before ends. False unless it was proposed."""
    if not Position.objects.proposed().filter(pk=position.pk).exists():
        return False
    held = Position.objects.usable().filter(measure=position.measure_id, chapter=position.chapter_id)
    for earlier in held:
        _move(earlier, PositionStatus.APPROVED, by=by, verb="edited", ends_on=on)
    return _move(
        position,
        PositionStatus.PROPOSED,
        by=by,
        verb="approved",
        status=PositionStatus.APPROVED,
        approved_on=on,
        approved_by=by,
    )


@transaction.atomic
def decline(position: Position, *, by: User) -> bool:
    """False unless it was proposed."""
    return _move(position, PositionStatus.PROPOSED, by=by, verb="rejected", status=PositionStatus.DECLINED)


@transaction.atomic
def withdraw(position: Position, *, by: User, on: date) -> bool:
    """Take it back: a proposal at once, an approved one from that day on. False where neither was left."""
    verb, gone = "took back", PositionStatus.WITHDRAWN
    return _move(position, PositionStatus.PROPOSED, by=by, verb=verb, status=gone) or _move(
        position, PositionStatus.APPROVED, by=by, verb=verb, status=gone, ends_on=on
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
