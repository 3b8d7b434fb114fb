"""Meetings as calendar programs read them (RFC 5545, RFC 5546).

Moments are written in UTC: whatever zone data a reader's calendar has, it shows the moment that was meant, and only
its own rule for its own place can be old (DOMAIN.md §9, trap 8).
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Event, vCalAddress, vText

from advocacy.accounts.models import User
from advocacy.kernel.calendar_files import empty_calendar, uid
from members.taskforce.models import ActionItem, Meeting

_MAKER = "Meetings"


def request_for(meeting: Meeting, person: User, *, now: datetime) -> bytes:
    """The invitation, or its update: the same UID with a higher SEQUENCE replaces the entry."""
    return _told_to(person, meeting, method="REQUEST", now=now)


def cancellation_for(meeting: Meeting, person: User, *, now: datetime) -> bytes:
    return _told_to(person, meeting, method="CANCEL", now=now)


def calendar(
    name: str, meetings: Iterable[Meeting], action_items: Iterable[ActionItem], *, now: datetime
) -> bytes:
    """A calendar to subscribe to: published, so it invites nobody and names nobody."""
    file = empty_calendar("PUBLISH", _MAKER)
    file.add("x-wr-calname", name)
    for meeting in meetings:
        file.add_component(_event(meeting, now))
    for item in action_items:
        file.add_component(_due_day(item, now))
    return bytes(file.to_ical())


def _told_to(person: User, meeting: Meeting, *, method: str, now: datetime) -> bytes:
    file = empty_calendar(method, _MAKER)
    event = _event(meeting, now)
    sender = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    sender.params["CN"] = vText(str(meeting.host))
    event.add("organizer", sender)
    guest = vCalAddress(f"mailto:{person.email}")
    # Answers are given by the link in the mail: nobody reads replies of calendar programs.
    guest.params.update({"CN": vText(str(person)), "ROLE": vText("REQ-PARTICIPANT"), "RSVP": vText("FALSE")})
    event.add("attendee", guest)
    file.add_component(event)
    return bytes(file.to_ical())


def _event(meeting: Meeting, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid("meeting", meeting.pk))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", meeting.title)
    event.add("url", settings.PORTAL_URL + meeting.get_absolute_url())
    if meeting.link:
        event.add("location", meeting.link)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    return event


def _due_day(item: ActionItem, now: datetime) -> Event:
    """A whole day; its end is the first day without it."""
    event, day = Event(), item.due_on
    event.add("uid", uid("action-item", item.pk))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", date(day.year, day.month, day.day))
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _("Due: %(what)s") % {"what": item.text})
    event.add("url", settings.PORTAL_URL + item.get_absolute_url())
    event.add("transp", "TRANSPARENT")
    return event
