"""Keeping coalitions, who is in them, and what partners think of measures."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.coalitions.errors import MayNotWrite
from advocacy.coalitions.holders import may_write
from advocacy.coalitions.models import Coalition, CoalitionMember, Organisation, PartnerPosition
from advocacy.positions.models import Issue
from legislation.models import Measure

_TRACED = (
    "name", "name_fr", "purpose", "principles", "lead", "role", "chapter", "joined_on", "approved_by", "rhythm",
    "next_meeting_on", "ends_on", "measures", "issues",
)  # fmt: skip


@transaction.atomic
def keep(
    coalition: Coalition, *, by: User, measures: Iterable[Measure] = (), issues: Iterable[Issue] = ()
) -> Coalition:
    """Add it, or what was changed on it. Raises MayNotWrite."""
    stored = Coalition.objects.editable_by(by).filter(pk=coalition.pk).first()
    if (stored is None and coalition.pk) or not may_write(by, coalition.chapter):
        raise MayNotWrite
    before = trail.snapshot(stored, _TRACED) if stored else {}
    coalition.save()
    coalition.measures.set(measures)
    coalition.issues.set(issues)
    if stored is None:
        trail.record(by=by, verb="added", of=coalition)
    elif changes := trail.difference(before, trail.snapshot(coalition, _TRACED)):
        trail.record(by=by, verb="edited", of=coalition, changes=changes)
    return coalition


@transaction.atomic
def add_member(
    coalition: Coalition, *, by: User, organisation: Organisation, starts_on: date | None = None
) -> bool:
    """False where it is a member already. Raises MayNotWrite."""
    _may_edit(coalition, by)
    _member, is_new = CoalitionMember.objects.get_or_create(
        coalition=coalition, organisation=organisation, ends_on=None, defaults={"starts_on": starts_on}
    )
    if is_new:
        trail.record(by=by, verb="edited", of=coalition, changes={"members": [None, str(organisation)]})
    return is_new


@transaction.atomic
def end_member(member: CoalitionMember, *, by: User, on: date) -> bool:
    """It is a member no more from `on`. False when it had left already. Raises MayNotWrite."""
    _may_edit(member.coalition, by)
    # Somebody entered for a later day has never been a member.
    leaves_on = max(on, member.starts_on) if member.starts_on else on
    changed = CoalitionMember.objects.filter(pk=member.pk, ends_on=None).update(ends_on=leaves_on)
    if changed:
        trail.record(
            by=by, verb="edited", of=member.coalition, changes={"members": [str(member.organisation), None]}
        )
    return changed == 1


def _may_edit(coalition: Coalition, by: User) -> None:
    if not Coalition.objects.editable_by(by).filter(pk=coalition.pk).exists():
        raise MayNotWrite


@transaction.atomic
def record_position(said: PartnerPosition, *, by: User) -> PartnerPosition:
    """What a partner said of a measure; what they said before stays. Raises MayNotWrite."""
    if said.coalition:
        _may_edit(said.coalition, by)
    elif not Organisation.objects.editable_by(by).filter(pk=said.organisation_id or 0).exists():
        raise MayNotWrite
    said.recorded_by = by
    said.save()
    trail.record(by=by, verb="added", of=said)
    return said
