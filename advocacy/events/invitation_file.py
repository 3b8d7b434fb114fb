"""The day as calendar programs read it, for one person who comes (RFC 5545)."""

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Event

from advocacy.events import links
from advocacy.events.models import Registration
from advocacy.kernel.calendar_files import empty_calendar, uid

_MAKER = "Advocacy Days"
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def written(registration: Registration, *, now: datetime) -> bytes:
    """From when they arrive until they leave. Each later file replaces the one before: it counts minutes."""
    day, entry = registration.event, Event()
    is_off = not registration.is_coming or bool(day.cancelled_reason)
    file = empty_calendar("CANCEL" if is_off else "PUBLISH", _MAKER)
    entry.add("uid", uid("advocacy-day", registration.pk))
    entry.add("sequence", max((now - _BEGINNING) // timedelta(minutes=1), 0))
    entry.add("dtstamp", now.astimezone(UTC))
    entry.add("dtstart", day.moment(registration.arrives_at or day.opens_at).astimezone(UTC))
    entry.add("dtend", day.moment(registration.leaves_at or day.closes_at).astimezone(UTC))
    entry.add("summary", day.name_in(registration.language))
    entry.add("url", links.link_of(registration))
    if place := day.place or day.link:
        entry.add("location", place)
    if day.emergency_phone:
        entry.add("description", _("Questions on the day: %(phone)s") % {"phone": day.emergency_phone})
    entry.add("status", "CANCELLED" if is_off else "CONFIRMED")
    file.add_component(entry)
    return bytes(file.to_ical())
