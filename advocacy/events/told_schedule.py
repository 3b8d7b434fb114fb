"""What each attendee was told of the day by mail, and how that differs from what stands now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.formats import time_format

from advocacy.events.models import AdvocacyEvent, Appointment, Registration
from advocacy.events.models.registration import RegistrationQuerySet

_OFFICE, _TIME, _PLACE = range(3)


@dataclass(frozen=True)
class Difference:
    """One meeting that is not as it was told. Without `old` it is new, without `new` it fell away."""

    office: str
    old: str = ""
    new: str = ""


def with_meetings(event: AdvocacyEvent) -> RegistrationQuerySet:
    """Everybody who was ever told a schedule, or has a place, and can be written to; with what their team goes to."""
    meetings = Appointment.objects.all().on_the_schedule().with_office().order_by("starts_at", "pk")
    rows = event.registrations.all().reachable().select_related("person", "place__team", "event")
    return rows.prefetch_related(Prefetch("place__team__appointments", meetings, to_attr="meetings"))


def meetings_of(registration: Registration) -> list[Appointment]:
    """Only of rows of `with_meetings`; none for somebody without a team or a place."""
    place = getattr(registration, "place", None)
    return list(place.team.meetings) if place is not None and registration.is_coming else []


def told_now(registration: Registration) -> dict[str, Any]:
    """As it is kept once it was mailed. Empty where they go nowhere."""
    meetings = meetings_of(registration)
    if not meetings:
        return {}
    return {
        "team": registration.place.team.number,
        "meetings": {str(one.pk): [one.office, f"{one.starts_at:%H:%M}", one.place] for one in meetings},
    }


def differences(told: dict[str, Any], now: dict[str, Any]) -> list[Difference]:
    """Old and new of each meeting that is not the same, by the clock of the day."""
    before, after = told.get("meetings", {}), now.get("meetings", {})
    keys = sorted({*before, *after}, key=lambda key: (after.get(key) or before[key])[_TIME])
    return [
        Difference((after.get(key) or before[key])[_OFFICE], _line(before.get(key)), _line(after.get(key)))
        for key in keys
        if before.get(key) != after.get(key)
    ]


def _line(row: list[str] | None) -> str:
    if row is None:
        return ""
    return ", ".join(part for part in (row[_TIME], row[_PLACE]) if part)


def in_lines(meetings: Iterable[Appointment]) -> list[str]:
    """For a mail: each meeting in one line."""
    return [
        f"{time_format(one.starts_at, 'TIME_FORMAT')} {one.office}" + (f" – {one.place}" if one.place else "")
        for one in meetings
        if one.starts_at
    ]
