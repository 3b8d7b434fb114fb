"""The mails of a meeting: one function for each, three templates each, in the reader's language and zone."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Attachment, Letter
from advocacy.outbox.models import OutboundMessage
from members.taskforce import ics, links
from members.taskforce.models import ActionItem, Meeting, PublishedMinutes
from members.taskforce.models.attendance import WAS_THERE

logger = logging.getLogger(__name__)
AGENDA, CHANGE, CANCELLATION = "taskforce.agenda", "taskforce.change", "taskforce.cancellation"
SOON, MINUTES = "taskforce.soon", "taskforce.minutes"


def send(
    kind: str, meeting: Meeting, person: User, *, now: datetime, not_before: datetime | None = None
) -> OutboundMessage:
    """Post one mail about a meeting. The same kind, meeting, person and version give the same message.

    Raises ValidationError where the address cannot be written to.
    """
    validate_email(person.email.strip())
    last = meeting.ends_at if kind in (AGENDA, CHANGE, SOON) else None
    return messages.post(
        kind,
        _letter(kind, meeting, person, now=now),
        key=key_of(meeting, person),
        now=now,
        not_before=not_before,
        expires_at=last if last and last > max(not_before or now, now) else None,
    )


def reach(kind: str, meeting: Meeting, person: User, *, now: datetime) -> bool:
    """Send, and say whether it could be written: a broken address loses its own mail, not everybody's."""
    try:
        send(kind, meeting, person, now=now)
    except ValidationError:
        logger.exception("Meeting %s: no mail could be written to person %s.", meeting.pk, person.pk)
        return False
    return True


def key_of(meeting: Meeting, person: User) -> str:
    return f"{meeting.pk}:{person.pk}:{meeting.sequence}"


def _letter(kind: str, meeting: Meeting, person: User, *, now: datetime) -> Letter:
    name = kind.removeprefix("taskforce.")
    context = _context(kind, meeting, person)
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        subject = render_to_string(f"taskforce/mail/{name}_subject.txt", context)
        return Letter(
            to=person.email,
            subject=" ".join(subject.split()),
            text=render_to_string(f"taskforce/mail/{name}.txt", context),
            html=render_to_string(f"taskforce/mail/{name}.html", context),
            user=person,
            why=_("You belong to the task force."),
            scope="taskforce",
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
            attachments=_calendar_file(kind, meeting, person, now),
        )


def _context(kind: str, meeting: Meeting, person: User) -> dict[str, Any]:
    page = settings.PORTAL_URL + meeting.get_absolute_url()
    return {
        "meeting": meeting,
        "person": person,
        "items": list(meeting.items.all()),
        "page": page,
        "answer_link": links.answer_link(meeting, person),
        **(_of_the_minutes(meeting, person) if kind == MINUTES else {"mine": []}),
    }


def _of_the_minutes(meeting: Meeting, person: User) -> dict[str, Any]:
    """The reader's own tasks; for who was not there also what was decided."""
    was_absent = _was_absent(meeting, person)
    published = PublishedMinutes.objects.filter(meeting=meeting).first() if was_absent else None
    told = published.told_items if published else []
    return {
        "mine": list(_mine(meeting, person)),
        "was_absent": was_absent,
        "decided": [decision["text"] for item in told for decision in item["decisions"]],
    }


def _was_absent(meeting: Meeting, person: User) -> bool:
    """Nobody was, as far as is known, where the note-taker confirmed nobody."""
    seen = dict(meeting.attendance.confirmed().values_list("person", "presence"))
    return bool(seen) and seen.get(person.pk) not in WAS_THERE


def _mine(meeting: Meeting, person: User) -> Iterable[ActionItem]:
    return ActionItem.objects.owned_by(person).unfinished().filter(meeting=meeting)


def _calendar_file(kind: str, meeting: Meeting, person: User, now: datetime) -> list[Attachment]:
    if kind in (AGENDA, CHANGE):
        content = ics.request_for(meeting, person, now=now)
        return [Attachment("invite.ics", "text/calendar; method=REQUEST", content)]
    if kind == CANCELLATION:
        content = ics.cancellation_for(meeting, person, now=now)
        return [Attachment("cancel.ics", "text/calendar; method=CANCEL", content)]
    return []
