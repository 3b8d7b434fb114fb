"""A hearing as calendar programs read it: one entry, that follows where it is moved."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Event

from advocacy.kernel.calendar_files import empty_calendar, uid
from legislation.models import Hearing

# Nobody announces when a hearing ends; an entry without an end is no longer than a moment.
_SHOWN_FOR = timedelta(hours=1)


def calendar_file(hearing: Hearing, *, now: datetime) -> bytes:
    return calendar_of([hearing], now=now)


def calendar_of(hearings: Iterable[Hearing], *, now: datetime) -> bytes:
    """Several in one file."""
    file = empty_calendar("PUBLISH", "Hearings")
    for hearing in hearings:
        file.add_component(event_of(hearing, now=now))
    return bytes(file.to_ical())


def event_of(hearing: Hearing, *, now: datetime) -> Event:
    """Moments in UTC, as for meetings: only the reader's own zone data can be old then (DOMAIN.md §9, trap 8)."""
    event = Event()
    event.add("uid", uid("hearing", hearing.pk))
    event.add("sequence", hearing.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", hearing.starts_at.astimezone(UTC))
    event.add("dtend", (hearing.starts_at + _SHOWN_FOR).astimezone(UTC))
    numbers = ", ".join(measure.number for measure in hearing.measures.all())
    event.add("summary", f"{hearing.held_by}: {numbers}" if numbers else hearing.held_by)
    event.add("description", _words(hearing))
    event.add("url", settings.PORTAL_URL + hearing.get_absolute_url())
    if hearing.room or hearing.stream_url:
        event.add("location", hearing.room or hearing.stream_url)
    event.add("status", "CANCELLED" if hearing.is_cancelled else "CONFIRMED")
    return event


def _words(hearing: Hearing) -> str:
    lines = [f"{measure}: {measure.title}" for measure in hearing.measures.all()]
    deadlines = (
        (_("Sign up by %(when)s"), hearing.sign_up_by),
        (_("Written testimony by %(when)s"), hearing.written_by),
    )
    for sentence, moment in deadlines:
        if moment:
            there = moment.astimezone(hearing.starts_there.tzinfo)
            lines.append(sentence % {"when": f"{there:%Y-%m-%d %H:%M} {hearing.clock}"})
    lines.append(_("The end is not announced."))
    return "\n".join(lines)
