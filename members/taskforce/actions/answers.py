"""What people say about coming, and that they are there."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from members.taskforce.models import (
    Answer,
    AnsweredHow,
    Attendance,
    Meeting,
    MeetingInvitation,
    Presence,
)


class TooLate(ValueError):
    """The meeting is over or cancelled."""

    def __init__(self) -> None:
        super().__init__(_("This meeting is over or cancelled."))


class NotOpen(ValueError):
    """Nobody checks in to a meeting that is not under way."""

    def __init__(self) -> None:
        super().__init__(_("You can check in from half an hour before the meeting until an hour after it."))


class DelegateNeedsName(ValueError):
    def __init__(self) -> None:
        super().__init__(_("Name the delegate."))


@transaction.atomic
def answer(
    invitation: MeetingInvitation,
    *,
    said: str,
    now: datetime,
    how: str,
    delegate_name: str = "",
    wants_last_reminder: bool = False,
) -> None:
    """Record or change the answer. Raises TooLate, DelegateNeedsName."""
    delegate_name = delegate_name.strip() if said == Answer.DELEGATE else ""
    if said == Answer.DELEGATE and not delegate_name:
        raise DelegateNeedsName
    if not invitation.meeting.is_planned or invitation.meeting.ends_at <= now:
        raise TooLate
    invitation.answer, invitation.delegate_name = said, delegate_name
    invitation.answered_at, invitation.how = now, how
    invitation.wants_last_reminder = wants_last_reminder
    invitation.save()
    # By link nobody has proved who they are: the trail says that the link spoke.
    by = invitation.person if how == AnsweredHow.PORTAL else None
    shown = str(invitation.get_answer_display())
    trail.record(by=by, verb="answered", of=invitation, changes={"answer": [None, shown]})


@transaction.atomic
def answer_in_portal(meeting: Meeting, *, by: User, now: datetime, **said: Any) -> MeetingInvitation:
    """Somebody signed in answers, also before the mail went out."""
    invitation, _is_new = MeetingInvitation.objects.get_or_create(meeting=meeting, person=by)
    answer(invitation, now=now, how=AnsweredHow.PORTAL, **said)
    return invitation


@transaction.atomic
def check_in(meeting: Meeting, *, by: User, now: datetime) -> bool:
    """“I am here.” False when that is known. Raises NotOpen."""
    if not meeting.may_check_in(now):
        raise NotOpen
    row, is_new = Attendance.objects.get_or_create(
        meeting=meeting, person=by, defaults={"presence": Presence.PRESENT, "checked_in_at": now}
    )
    if is_new:
        return True
    # What the note-taker wrote stays; that the person says so stands beside it.
    return bool(Attendance.objects.filter(pk=row.pk, checked_in_at=None).update(checked_in_at=now))
