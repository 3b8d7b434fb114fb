"""The signed link of an invitation: it names one meeting and one person, and opens one act, the answer."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from members.taskforce.models import Meeting, MeetingInvitation
from members.taskforce.roster import people_on, society_day

_SALT = "members.taskforce.answer"


class LinkProblem(ValueError):
    """The link opens no question any more; the message says why and what to do."""


def token_of(meeting: Meeting, person: User) -> str:
    return signing.dumps([meeting.pk, person.pk], salt=_SALT)


def answer_path(meeting: Meeting, person: User) -> str:
    return reverse("taskforce:answer", args=[token_of(meeting, person)])


def answer_link(meeting: Meeting, person: User) -> str:
    return str(settings.PORTAL_URL) + answer_path(meeting, person)


def behind(token: str, *, now: datetime) -> MeetingInvitation:
    """The invitation a link asks about. Raises LinkProblem."""
    try:
        meeting, person = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkProblem(_("This link is not complete. Copy all of it from the mail.")) from None
    found = MeetingInvitation.objects.select_related("meeting__host", "person")
    invitation = found.filter(meeting=meeting, person=person).first()
    if invitation is None:
        raise LinkProblem(_("This invitation does not exist any more. Sign in to see the meetings."))
    if problem := _why_closed(invitation, now):
        raise LinkProblem(problem)
    return invitation


def _why_closed(invitation: MeetingInvitation, now: datetime) -> str:
    meeting = invitation.meeting
    if meeting.is_cancelled:
        return _("This meeting was cancelled, so there is nothing to answer.")
    if meeting.is_held or meeting.ends_at <= now:
        return _("This meeting is over. Sign in to read its minutes, or to answer for the next one.")
    if not people_on(society_day(now)).filter(pk=invitation.person_id).exists():
        return _("This link was for a role that has ended. Ask the host if you should still be invited.")
    return ""
