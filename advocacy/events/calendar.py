"""A schedule for calendar programs: one entry for each meeting, and a cancelled one for each that fell away.

The entry of a meeting is the same for everybody who goes there; `sequence` counts what a calendar has to replace.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Event

from advocacy.events.models import Appointment, AppointmentStatus, EventStatus
from advocacy.events.my_schedule import Schedule
from advocacy.kernel.calendar_files import empty_calendar, uid


def written(schedule: Schedule, *, now: datetime) -> bytes:
    file = empty_calendar("PUBLISH", "Advocacy Days")
    file.add("x-wr-calname", str(schedule.event))
    for stop in schedule.stops:
        if stop.begins:
            file.add_component(_entry(stop.appointment, stop.begins, now, is_off=_is_off(stop.appointment)))
    for one in schedule.fallen:
        begins = one.begins or one.event.moment(one.event.opens_at)
        file.add_component(_entry(one, begins, now, is_off=True))
    return bytes(file.to_ical())


def _is_off(appointment: Appointment) -> bool:
    is_cancelled = appointment.event.status == EventStatus.CANCELLED
    return is_cancelled or appointment.status == AppointmentStatus.NO_SHOW


def _entry(appointment: Appointment, begins: datetime, now: datetime, *, is_off: bool) -> Event:
    entry = Event()
    entry.add("uid", uid("appointment", appointment.pk))
    entry.add("sequence", appointment.sequence)
    entry.add("dtstamp", now.astimezone(UTC))
    entry.add("dtstart", begins.astimezone(UTC))
    entry.add("dtend", begins.astimezone(UTC) + timedelta(minutes=appointment.minutes))
    entry.add("summary", _("Meeting: %(office)s") % {"office": appointment.office})
    entry.add("url", settings.PORTAL_URL + reverse("events:my_schedule", args=[appointment.event_id]))
    if appointment.place:
        entry.add("location", appointment.place)
    entry.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return entry
