"""The mails of the planner: one bundle a day, or one urgent line at once, in the reader's language."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.kernel.reminder_rules import Line
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.streams import Stream
from campaigns.reminders.standing import OF_USE_FOR, kind_of

_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def post(person: User, lines: Sequence[Line], *, stream: Stream, key: str, now: datetime) -> OutboundMessage:
    """Write the mail with these lines in the caller's transaction."""
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        letter = _letter(person, lines, now=now)
    # With an end of its own the outbox does not hold it for Monday: the planner has waited for that day already.
    return messages.post(kind_of(stream), letter, key=key, now=now, expires_at=now + OF_USE_FOR)


def _letter(person: User, lines: Sequence[Line], *, now: datetime) -> Letter:
    portal = str(settings.PORTAL_URL)
    # After a pause two days of one rule can say the same.
    lines = list(dict.fromkeys(lines))
    context: dict[str, Any] = {
        "name": person.get_short_name(),
        "day": person.today(now),
        "lines": [replace(line, link=portal + line.link) for line in lines],
        "count": len(lines),
        "first": lines[0].text,
        "portal": f"{portal}/",
    }
    subject = render_to_string("campaigns/mail/reminders_subject.txt", context)
    return Letter(
        to=person.email,
        subject=" ".join(subject.split()),
        text=render_to_string("campaigns/mail/reminders.txt", context),
        html=render_to_string("campaigns/mail/reminders.html", context),
        user=person,
        why=_("You are reminded of what your role in the society brings with it."),
        headers=_HEADERS,
    )
