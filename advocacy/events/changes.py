"""What changed since the schedule was published, in words: old → new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from advocacy.events.models import AdvocacyEvent, AppointmentStatus, ChangedWhat, ScheduleChange
from advocacy.events.models.schedule import ScheduleChangeQuerySet


@dataclass(frozen=True)
class Told:
    """One change as somebody reads it; `at` by the clock of the day. `old` and `new` are never empty."""

    office: str
    what: str
    old: str
    new: str
    at: str

    def __str__(self) -> str:
        return _("%(office)s: %(old)s → %(new)s") % {"office": self.office, "old": self.old, "new": self.new}


def since_published(event: AdvocacyEvent) -> ScheduleChangeQuerySet:
    """Newest first. What changed before the last edition stands in it already."""
    rows = ScheduleChange.objects.filter(appointment__event=event, changed_at__gte=event.published_at)
    return rows.select_related(
        "appointment__event", "appointment__official", "appointment__committee", "appointment__team"
    ).order_by("-changed_at", "-pk")


def in_words(rows: Iterable[ScheduleChange]) -> list[Told]:
    return [
        Told(
            office=row.appointment.office,
            what=str(row.get_what_display()),
            old=_said(row.what, row.old),
            new=_said(row.what, row.new),
            at=time_format(row.changed_at.astimezone(ZoneInfo(row.appointment.event.zone)), "TIME_FORMAT"),
        )
        for row in rows
    ]


def _said(what: str, value: str) -> str:
    """A value as it was kept, for the reader: statuses by their label, times by the clock of the language."""
    if not value:
        return _("none")
    if what == ChangedWhat.STATUS and value in AppointmentStatus.values:
        return str(AppointmentStatus(value).label)
    if what == ChangedWhat.TEAM:
        return _("Team %(number)s") % {"number": value}
    if what == ChangedWhat.TIME:
        return time_format(time.fromisoformat(value), "TIME_FORMAT")
    return value
