"""What people owe after a contact, and closing it: `followups.complete(followup, by=dana, on=today)`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions.entry import Promise
from advocacy.interactions.models import (
    Commitment,
    CommitmentSide,
    FollowUp,
    FollowUpKind,
    FollowUpStatus,
    Interaction,
    Kind,
)
from advocacy.interactions.models.ask import UNSETTLED_RESPONSES
from advocacy.interactions.models.choices import KINDS_OWED_THANKS
from members.calendars import workdays_of


@dataclass(frozen=True)
class Rule:
    """A follow-up that a kind of contact brings with it, so many business days after it was logged."""

    name: str
    kind: FollowUpKind
    business_days: int
    text: str = ""


THANK_YOU = Rule("thank_you", FollowUpKind.THANK_YOU, 1)
CHECK_RESPONSE = Rule("check_response", FollowUpKind.CHECK_COMMITMENT, 10)
WRITTEN_COPY = Rule("written_copy", FollowUpKind.SEND_INFORMATION, 1, "Written copy of the testimony")
HEARING_OUTCOME = Rule("hearing_outcome", FollowUpKind.OTHER, 5, "Record the outcome of the hearing")


def rules_for(interaction: Interaction) -> list[Rule]:
    """DOMAIN.md W1 step 8: thanks, a second look at unsettled answers, and what a testimony brings."""
    rules = []
    if interaction.kind in KINDS_OWED_THANKS and not interaction.was_voicemail_only:
        rules.append(THANK_YOU)
    if interaction.kind == Kind.HEARING_TESTIMONY:
        rules += [WRITTEN_COPY, HEARING_OUTCOME]
    if interaction.asks.filter(response__in=UNSETTLED_RESPONSES).exists():
        rules.append(CHECK_RESPONSE)
    return rules


def arise_from(
    interaction: Interaction, *, promised: Iterable[tuple[Commitment, Promise]], by: User, now: datetime
) -> list[FollowUp]:
    """Make the follow-ups of a logged contact that are not there yet; the author owns them.

    Due days count from the day it is logged, in the owner's zone, over the owner's holidays.
    """
    owner = interaction.logged_by
    today, workdays = owner.today(now), workdays_of(owner)
    office = interaction.offices.exclude(official=None).select_related("official").first()
    made = []
    for rule in rules_for(interaction):
        followup, is_new = FollowUp.objects.get_or_create(
            interaction=interaction,
            rule=rule.name,
            defaults={
                "official": office.official if office else None,
                "chapter": interaction.chapter,
                "kind": rule.kind,
                "text": rule.text,
                "owner": owner,
                "due_on": workdays.after(today, rule.business_days),
                "created_by": by,
            },
        )
        made += [followup] if is_new else []
    for commitment, promise in promised:
        if promise.side == CommitmentSide.US:
            made.append(_for_promise(interaction, commitment, promise, by))
    return made


def _for_promise(interaction: Interaction, commitment: Commitment, promise: Promise, by: User) -> FollowUp:
    return FollowUp.objects.create(
        interaction=interaction,
        commitment=commitment,
        official=commitment.official,
        chapter=interaction.chapter,
        kind=promise.kind or FollowUpKind.OTHER,
        text=promise.text,
        owner=promise.owner or interaction.logged_by,
        due_on=promise.check_back_on,
        created_by=by,
    )


def complete(followup: FollowUp, *, by: User, on: date) -> bool:
    """Mark it done. False when someone was faster: the first completion stands."""
    return _close(followup, by=by, on=on, status=FollowUpStatus.DONE)


def cancel(followup: FollowUp, *, by: User, on: date, reason: str) -> bool:
    """Give it up, saying why. False when it was closed already."""
    return _close(followup, by=by, on=on, status=FollowUpStatus.CANCELLED, reason=reason)


def _close(followup: FollowUp, *, by: User, on: date, status: FollowUpStatus, reason: str = "") -> bool:
    with transaction.atomic():
        changed = (
            FollowUp.objects.filter(pk=followup.pk)
            .open()
            .update(status=status, done_on=on, done_by=by, cancel_reason=reason)
        )
        if changed:
            trail.record(by=by, verb=status.value, of=followup, reason=reason)
    return changed == 1


def reopen(followup: FollowUp, *, by: User) -> bool:
    """Undo a completion or cancellation. False when it is open already."""
    with transaction.atomic():
        changed = (
            FollowUp.objects.filter(pk=followup.pk)
            .exclude(status=FollowUpStatus.OPEN)
            .update(status=FollowUpStatus.OPEN, done_on=None, done_by=None, cancel_reason="")
        )
        if changed:
            trail.record(by=by, verb="reopened", of=followup)
    return changed == 1


def change(followup: FollowUp, *, by: User, owner: User, due_on: date, text: str) -> bool:
    """Hand an open follow-up to somebody, move its day, or reword it. False when nothing differs or it is closed."""
    fields = ("owner", "due_on", "text")
    before = trail.snapshot(followup, fields)
    with transaction.atomic():
        changed = FollowUp.objects.filter(pk=followup.pk).open().update(owner=owner, due_on=due_on, text=text)
        followup.refresh_from_db()
        changes = trail.difference(before, trail.snapshot(followup, fields))
        if changed and changes:
            trail.record(by=by, verb="edited", of=followup, changes=changes)
    return bool(changed and changes)
