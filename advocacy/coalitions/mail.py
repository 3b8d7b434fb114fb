"""The mail of a sign-on letter to a partner: the invitation, and at most two reminders, in the reader's language.

The reminders are written with the invitation and wait in the outbox; just before one goes, its kind asks whether it is
still wanted (mail_kinds.py).
"""

from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.coalitions import links
from advocacy.coalitions.models import SignOnInvitation, SignOnLetter
from advocacy.kernel.schedules import moment_of
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from advocacy.outbox.models import MessageState, OutboundMessage
from members.models import Society

INVITATION, REMINDER = "coalitions.invitation", "coalitions.reminder"
SOFT, HARD = "soft", "hard"
_MORNING = time(9)
_BEFORE = {SOFT: timedelta(days=3), HARD: timedelta(days=1)}


class Reminded(NamedTuple):
    """What a reminder is about: which invitation, which of its two deadlines, and when that was."""

    invitation: int
    which: str
    at: str

    @classmethod
    def of(cls, invitation: SignOnInvitation, which: str) -> "Reminded":
        return cls(invitation.pk, which, f"{_deadline(invitation.letter, which).timestamp():.0f}")

    @classmethod
    def parse(cls, key: str) -> "Reminded":
        """From the key of the message, which the outbox puts the kind in front of."""
        _kind, pk, which, at = key.rsplit(":", 3)
        return cls(int(pk), which, at)

    def __str__(self) -> str:
        return f"{self.invitation}:{self.which}:{self.at}"


def invite(invitation: SignOnInvitation, *, now: datetime) -> OutboundMessage:
    """Raises ValidationError where the address cannot be written to."""
    return messages.post(
        INVITATION,
        _letter("invitation", invitation),
        key=f"{invitation.pk}:{invitation.link_key.hex}",
        now=now,
        expires_at=invitation.letter.hard_deadline_at,
    )


def plan_reminders(invitation: SignOnInvitation, *, now: datetime) -> list[OutboundMessage]:
    """One before each deadline, in the morning of the reader, where that is still ahead; those planned before fall.

    Who is forgotten is not reminded. A reminder that went out already has no second, even when the deadline moves: it
    is two at most, ever.
    """
    if not invitation.contact.email:
        return []
    earlier = OutboundMessage.objects.filter(key__startswith=f"{REMINDER}:{invitation.pk}:")
    meant = {str(Reminded.of(invitation, which)) for which in (SOFT, HARD)}
    outdated = [row for row in earlier if str(Reminded.parse(row.key)) not in meant]
    messages.take_back(outdated, because="The deadline moved.", now=now)
    gone = earlier.exclude(state=MessageState.CANCELLED)
    done = {Reminded.parse(key).which for key in gone.values_list("key", flat=True)}
    times = {which: _moment(invitation, which) for which in (SOFT, HARD) if which not in done}
    if times.get(SOFT) == times.get(HARD):
        times.pop(SOFT, None)
    ahead = {which: at for which, at in times.items() if at > now}
    return [_post_reminder(invitation, which, at, now=now) for which, at in ahead.items()]


def _post_reminder(
    invitation: SignOnInvitation, which: str, at: datetime, *, now: datetime
) -> OutboundMessage:
    return messages.post(
        REMINDER,
        _letter("reminder", invitation, which),
        key=str(Reminded.of(invitation, which)),
        now=now,
        not_before=at,
        expires_at=_deadline(invitation.letter, which),
    )


def _deadline(letter: SignOnLetter, which: str) -> datetime:
    return letter.soft_deadline_at if which == SOFT else letter.hard_deadline_at


def _moment(invitation: SignOnInvitation, which: str) -> datetime:
    zone = invitation.contact.zone
    day = _deadline(invitation.letter, which).astimezone(ZoneInfo(zone)).date()
    return moment_of(day - _BEFORE[which], _MORNING, zone)


def _letter(name: str, invitation: SignOnInvitation, which: str = "") -> Letter:
    letter, contact = invitation.letter, invitation.contact
    with translation.override(contact.language):
        context = {
            "letter": letter,
            "contact": contact,
            "organisation": str(invitation.organisation),
            "title": letter.title_in(contact.language),
            "asked_by": str(letter.chapter or Society.objects.first() or ""),
            "owner": letter.owner,
            "is_soft": which == SOFT,
            "soft_deadline": letter.soft_deadline_for(contact.zone),
            "hard_deadline": letter.hard_deadline_for(contact.zone),
            "link": links.link_of(invitation, contact.language),
        }
        subject = render_to_string(f"coalitions/mail/{name}_subject.txt", context)
        return Letter(
            to=contact.email,
            subject=" ".join(subject.split()),
            text=render_to_string(f"coalitions/mail/{name}.txt", context),
            html=render_to_string(f"coalitions/mail/{name}.html", context),
            why=_("You are our contact at %(organisation)s.") % {"organisation": context["organisation"]},
            scope=f"chapter:{letter.chapter_id}" if letter.chapter_id else "society",
            headers={"Reply-To": letter.owner.email},
        )
