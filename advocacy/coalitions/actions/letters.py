"""The life of a sign-on letter: brought in, decided by somebody else, locked, sent, closed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.coalitions import mail
from advocacy.coalitions.errors import (
    DeadlineBeforeAnswers,
    Locked,
    MayNotDecide,
    MayNotWrite,
    NeedsName,
    NeedsReason,
    NotSignedByUs,
    TextIsSigned,
    WrongMoment,
)
from advocacy.coalitions.holders import may_write
from advocacy.coalitions.models import Answer, Decision, LetterStatus, Organisation, SignOnLetter
from advocacy.coalitions.models.letter import NEEDS_REASON, UNSENT
from advocacy.positions.errors import NotUsable
from advocacy.positions.models import Position
from advocacy.positions.use import usable_for
from legislation.models import Measure, Official
from members.access import reach_of
from members.models import Chapter

# What was signed: it does not change under the names of those who did.
SIGNED_FIELDS = (
    "title", "title_fr", "text", "text_fr", "officials", "agency", "measure", "lead", "chapter",
)  # fmt: skip
_DECIDED = ("decision", "reason", "signed_as", "late_reason")


class Said(TypedDict, total=False):
    title: str
    title_fr: str
    text: str
    text_fr: str
    agency: str
    measure: Measure | None
    lead: Organisation | None
    chapter: Chapter | None
    owner: User
    received_on: date
    soft_deadline_at: datetime
    hard_deadline_at: datetime
    zone: str


@transaction.atomic
def bring_in(*, by: User, officials: Iterable[Official] = (), **said: Unpack[Said]) -> SignOnLetter:
    """Raises MayNotWrite."""
    if not may_write(by, said.get("chapter")):
        raise MayNotWrite
    letter = SignOnLetter.objects.create(brought_in_by=by, **({"owner": by} | said))
    letter.officials.set(officials)
    trail.record(by=by, verb="added", of=letter)
    return letter


@transaction.atomic
def change(
    letter: SignOnLetter, *, by: User, now: datetime, officials: Iterable[Official], **said: Unpack[Said]
) -> bool:
    """False where nothing is different. Raises MayNotWrite, Locked, TextIsSigned and DeadlineBeforeAnswers."""
    _may_edit(letter, by)
    stored = SignOnLetter.objects.select_for_update().get(pk=letter.pk)
    if stored.is_locked(now):
        raise Locked
    before = trail.snapshot(stored, [*said, "officials"])
    for name, value in said.items():
        setattr(stored, name, value)
    if not may_write(by, stored.chapter):
        raise MayNotWrite
    chosen = sorted(str(official) for official in officials)
    changes = trail.difference(before, {**trail.snapshot(stored, said), "officials": chosen})
    if not changes:
        return False
    if is_text_signed(stored) and set(changes) & set(SIGNED_FIELDS):
        raise TextIsSigned
    _is_after_answers(stored)
    stored.save(update_fields=list(said))
    stored.officials.set(officials)
    _move_deadlines(stored, changes, now)
    trail.record(by=by, verb="edited", of=stored, changes=changes)
    return True


def is_text_signed(letter: SignOnLetter) -> bool:
    return letter.decision == Decision.SIGN or letter.invitations.filter(answer=Answer.SIGN).exists()


def _is_after_answers(letter: SignOnLetter) -> None:
    """What was answered in time stays so, ours as well as theirs. Raises DeadlineBeforeAnswers."""
    if letter.decided_at and letter.decided_at > letter.hard_deadline_at and not letter.late_reason:
        raise DeadlineBeforeAnswers
    if letter.invitations.filter(answered_at__gt=letter.hard_deadline_at, late_reason="").exists():
        raise DeadlineBeforeAnswers


def _move_deadlines(letter: SignOnLetter, changes: trail.Changes, now: datetime) -> None:
    """Partners are held to the letter's deadline, and reminded of it anew."""
    letter.invitations.update(closes_at=letter.hard_deadline_at)
    if changes.keys() & {"soft_deadline_at", "hard_deadline_at"}:
        for invitation in letter.invitations.silent().select_related("contact", "organisation"):
            invitation.letter = letter
            mail.plan_reminders(invitation, now=now)


@transaction.atomic
def decide(
    letter: SignOnLetter,
    *,
    by: User,
    now: datetime,
    decision: str,
    reason: str = "",
    signed_as: str = "",
    late_reason: str = "",
) -> None:
    """Our answer, by somebody other than who brought the letter in; it may change until the hard deadline.

    After it only staff add what came late, with the reason, and never once the letter was sent. Raises MayNotDecide,
    Locked, NeedsReason, NeedsName, and NotUsable where the measure has no approved position to sign under.
    """
    if not SignOnLetter.objects.decidable_by(by).filter(pk=letter.pk).exists():
        raise MayNotDecide
    stored = SignOnLetter.objects.select_for_update().get(pk=letter.pk)
    is_late = stored.is_locked(now)
    if is_late and not may_add_late(stored, by):
        raise Locked
    if (is_late and not late_reason.strip()) or (decision in NEEDS_REASON and not reason.strip()):
        raise NeedsReason
    signs = decision == Decision.SIGN
    if signs and not signed_as.strip():
        raise NeedsName
    before = trail.snapshot(stored, _DECIDED)
    stored.decision, stored.reason = decision, reason.strip()
    stored.signed_as = signed_as.strip() if signs else ""
    stored.position = _position_to_sign_under(stored) if signs else None
    stored.decided_by, stored.decided_at = by, now
    stored.late_reason = late_reason.strip() if is_late else ""
    stored.save(update_fields=[*_DECIDED, "position", "decided_by", "decided_at"])
    changes = trail.difference(before, trail.snapshot(stored, _DECIDED))
    trail.record(by=by, verb="decided", of=stored, changes=changes)


def may_add_late(letter: SignOnLetter, user: User) -> bool:
    """Staff, as long as the letter has not gone out."""
    return reach_of(user).is_staff and letter.status in UNSENT


def _position_to_sign_under(letter: SignOnLetter) -> Position | None:
    if letter.measure is None:
        return None
    position = usable_for(letter.measure, letter.chapter)
    if position is None:
        raise NotUsable
    return position


@transaction.atomic
def lock(letter: SignOnLetter, *, by: User) -> None:
    """No more answers, before the hard deadline or after it. Raises MayNotWrite and WrongMoment."""
    _may_edit(letter, by)
    _move(letter, LetterStatus.OPEN, LetterStatus.LOCKED)
    trail.record(by=by, verb="locked", of=letter)


@transaction.atomic
def send(
    letter: SignOnLetter, *, by: User, now: datetime, sent_on: date, final_count: int | None = None
) -> None:
    """It has gone to the addressees. Of our own letter the signatures are counted; of a partner's, they told us.

    Raises MayNotWrite, WrongMoment, NotSignedByUs, and NotUsable where the position has ended meanwhile.
    """
    _may_edit(letter, by)
    stored = SignOnLetter.objects.select_for_update().get(pk=letter.pk)
    if stored.status == LetterStatus.OPEN and not stored.is_over(now):
        raise WrongMoment
    if stored.is_led_by_us:
        if stored.decision != Decision.SIGN:
            raise NotSignedByUs
        _position_to_sign_under(stored)
        final_count = 1 + stored.invitations.filter(answer=Answer.SIGN).count()
    if final_count is None:
        raise NeedsReason
    _move(stored, UNSENT, LetterStatus.SENT, sent_on=sent_on, final_count=final_count)
    trail.record(by=by, verb="sent", of=stored, changes={"final_count": [None, final_count]})


@transaction.atomic
def close(letter: SignOnLetter, *, by: User, outcome: str) -> None:
    """What came of it, sent or not. Raises MayNotWrite, NeedsReason and WrongMoment."""
    _may_edit(letter, by)
    if not outcome.strip():
        raise NeedsReason
    unfinished = (LetterStatus.OPEN, LetterStatus.LOCKED, LetterStatus.SENT)
    _move(letter, unfinished, LetterStatus.CLOSED, outcome=outcome.strip())
    trail.record(by=by, verb="closed", of=letter, reason=outcome)


def _may_edit(letter: SignOnLetter, by: User) -> None:
    if not SignOnLetter.objects.editable_by(by).filter(pk=letter.pk).exists():
        raise MayNotWrite


def _move(letter: SignOnLetter, before: str | tuple[str, ...], after: str, **values: object) -> None:
    statuses = (before,) if isinstance(before, str) else before
    rows = SignOnLetter.objects.filter(pk=letter.pk, status__in=statuses)
    if not rows.update(status=after, **values):
        raise WrongMoment
