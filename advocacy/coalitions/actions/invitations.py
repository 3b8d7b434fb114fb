"""Asking partners to sign a letter of ours, and taking their answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.coalitions import mail
from advocacy.coalitions.actions.letters import may_add_late
from advocacy.coalitions.errors import (
    Locked,
    MayNotWrite,
    NeedsName,
    NeedsReason,
    NotOurLetter,
    NotSignedByUs,
)
from advocacy.coalitions.models import Answer, Decision, OrganisationContact, SignOnInvitation, SignOnLetter

_ANSWERED = ("answer", "reason", "signed_as", "approver_name", "approver_title", "late_reason")


@dataclass(frozen=True)
class Answered:
    """What a partner says: the name as it shall appear and who approved it, or why not. Raises in `check`."""

    answer: str
    reason: str = ""
    signed_as: str = ""
    approver_name: str = ""
    approver_title: str = ""

    def check(self) -> None:
        named = (self.signed_as, self.approver_name, self.approver_title)
        if self.answer == Answer.SIGN and not all(part.strip() for part in named):
            raise NeedsName
        if self.answer in (Answer.DECLINE, Answer.CHANGES) and not self.reason.strip():
            raise NeedsReason

    def values(self) -> dict[str, str]:
        """Who declines signs under no name; who signs needs no reason."""
        signs = self.answer == Answer.SIGN
        return {
            "answer": self.answer,
            "reason": "" if signs else self.reason.strip(),
            "signed_as": self.signed_as.strip() if signs else "",
            "approver_name": self.approver_name.strip() if signs else "",
            "approver_title": self.approver_title.strip() if signs else "",
        }


@transaction.atomic
def invite(
    letter: SignOnLetter, *, by: User, now: datetime, contacts: Iterable[OrganisationContact]
) -> list[SignOnInvitation]:
    """One invitation to each organisation that has none yet, mailed with its own link.

    Raises MayNotWrite, NotOurLetter, Locked, and NotSignedByUs: others are asked to join what we have approved.
    """
    if not SignOnLetter.objects.editable_by(by).filter(pk=letter.pk).exists():
        raise MayNotWrite
    stored = SignOnLetter.objects.select_for_update().get(pk=letter.pk)
    if not stored.is_led_by_us:
        raise NotOurLetter
    if stored.decision != Decision.SIGN:
        raise NotSignedByUs
    if stored.is_locked(now):
        raise Locked
    asked = set(stored.invitations.values_list("organisation", flat=True))
    made = []
    for contact in contacts:
        if contact.organisation_id in asked or not contact.email:
            continue
        asked.add(contact.organisation_id)
        made.append(_invited(stored, contact, by=by, now=now))
    names = [str(one.organisation) for one in made]
    if made:
        trail.record(by=by, verb="invited", of=stored, changes={"invitations": [[], names]})
    return made


def _invited(
    letter: SignOnLetter, contact: OrganisationContact, *, by: User, now: datetime
) -> SignOnInvitation:
    invitation = SignOnInvitation.objects.create(
        letter=letter,
        organisation=contact.organisation,
        contact=contact,
        invited_at=now,
        invited_by=by,
        closes_at=letter.hard_deadline_at,
    )
    mail.invite(invitation, now=now)
    mail.plan_reminders(invitation, now=now)
    return invitation


@transaction.atomic
def answer(invitation: SignOnInvitation, *, now: datetime, said: Answered) -> bool:
    """A partner's answer by the link; the last one before the deadline counts. False where it was the same already.

    Raises Locked, NeedsName and NeedsReason.
    """
    said.check()
    letter = SignOnLetter.objects.select_for_update().get(pk=invitation.letter_id)
    if letter.is_locked(now) or letter.decision != Decision.SIGN:
        raise Locked
    return _record(invitation, said, by=None, now=now, late_reason="")


@transaction.atomic
def add_late(
    invitation: SignOnInvitation, *, by: User, now: datetime, said: Answered, late_reason: str
) -> bool:
    """Staff add what a partner told us after the deadline, with the reason.

    Raises MayNotWrite, NeedsName and NeedsReason.
    """
    said.check()
    letter = SignOnLetter.objects.select_for_update().get(pk=invitation.letter_id)
    if not may_add_late(letter, by):
        raise MayNotWrite
    if not late_reason.strip():
        raise NeedsReason
    return _record(invitation, said, by=by, now=now, late_reason=late_reason.strip())


def _record(
    invitation: SignOnInvitation, said: Answered, *, by: User | None, now: datetime, late_reason: str
) -> bool:
    before = trail.snapshot(invitation, _ANSWERED)
    for name, value in (said.values() | {"late_reason": late_reason}).items():
        setattr(invitation, name, value)
    changes = trail.difference(before, trail.snapshot(invitation, _ANSWERED))
    if not changes:
        return False
    invitation.answered_at, invitation.late_by = now, by
    invitation.save(update_fields=[*_ANSWERED, "answered_at", "late_by"])
    trail.record(by=by, verb="answered", of=invitation, changes=changes)
    return True
