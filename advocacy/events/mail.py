"""The mail of an Advocacy Day to those who come, in their language and by the clock of the day."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.events import calendar, schedule_links, told_schedule
from advocacy.events.models import AdvocacyEvent, Appointment, Registration
from advocacy.events.my_schedule import Schedule
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Attachment, Letter
from advocacy.outbox.models import OutboundMessage

_CALENDAR = "text/calendar; method=PUBLISH"
SCHEDULE, DEBRIEFS = "events.schedule", "events.debriefs"


def tell_schedules(
    event: AdvocacyEvent, people: Iterable[tuple[Registration, dict[str, Any], Schedule]], *, now: datetime
) -> None:
    """To each their whole schedule, also for calendar programs, and what differs from `before`, which they were told.

    A fixed number of questions for however many. Raises ValidationError where an address cannot be written to.
    """
    letters = {
        f"{registration.pk}:{registration.told_count}": _schedule(
            event, registration, before, schedule, now=now
        )
        for registration, before, schedule in people
    }
    ends = event.moment(event.closes_at)
    if letters:
        messages.post_all(SCHEDULE, letters, now=now, expires_at=ends if ends > now else None)


def _schedule(
    event: AdvocacyEvent,
    registration: Registration,
    before: dict[str, Any],
    schedule: Schedule,
    *,
    now: datetime,
) -> Letter:
    with translation.override(registration.language):
        context = {
            "registration": registration,
            "event": event,
            "name": event.name_in(registration.language),
            "is_first": registration.told_count == 1,
            "differences": told_schedule.differences(before, registration.told),
            "meetings": told_schedule.in_lines(told_schedule.meetings_of(registration)),
            "team": getattr(registration, "place", None) and registration.place.team,
            "page": _page(registration),
        }
        subject = render_to_string("events/mail/schedule_subject.txt", context)
        return Letter(
            to=registration.email,
            subject=" ".join(subject.split()),
            text=render_to_string("events/mail/schedule.txt", context),
            html=render_to_string("events/mail/schedule.html", context),
            user=registration.person,
            why=_("You registered for %(event)s.") % {"event": context["name"]},
            scope=f"event:{event.pk}",
            headers={"Auto-Submitted": "auto-generated"},
            attachments=[Attachment("schedule.ics", _CALENDAR, calendar.written(schedule, now=now))],
        )


def _page(registration: Registration) -> str:
    """Their own schedule: behind a signed link for those without an account."""
    if registration.person is None:
        return schedule_links.link_of(registration)
    return str(settings.PORTAL_URL) + reverse("events:my_schedule", args=[registration.event_id])


def ask_for_debriefs(
    event: AdvocacyEvent, person: User, missing: Sequence[Appointment], *, now: datetime
) -> OutboundMessage:
    """To a captain, with a link to each form that is still to be filled in."""
    with translation.override(person.language):
        context = {
            "name": event.name_in(person.language),
            "person": person,
            "missing": [(one.office, _link(one)) for one in missing],
        }
        subject = render_to_string("events/mail/debriefs_subject.txt", context)
        letter = Letter(
            to=person.email,
            subject=" ".join(subject.split()),
            text=render_to_string("events/mail/debriefs.txt", context),
            html=render_to_string("events/mail/debriefs.html", context),
            user=person,
            why=_("You are captain of a team at %(event)s.") % {"event": context["name"]},
            scope=f"event:{event.pk}",
            headers={"Auto-Submitted": "auto-generated"},
        )
    return messages.post(DEBRIEFS, letter, key=f"{event.pk}:{person.pk}:{event.held_on}", now=now)


def _link(appointment: Appointment) -> str:
    return str(settings.PORTAL_URL) + reverse("events:debrief", args=[appointment.pk])
