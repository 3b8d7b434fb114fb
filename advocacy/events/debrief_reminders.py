"""Reminding captains of debriefs: at 17:00 of the day by mail at once, the next morning in the bundle (DOMAIN.md §7).

Only captains, and only of meetings that have no debrief: who has filed theirs hears nothing.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.events import mail
from advocacy.events.models import AdvocacyEvent, Appointment, EventStatus, TeamMember
from advocacy.events.models.appointment import AppointmentQuerySet
from advocacy.kernel.reminder_rules import Days, Due, Line, RowPeriod

NUDGED_AT = time(17)
_RUNNING = (EventStatus.PUBLISHED, EventStatus.WRAPPING_UP)


def missing_for(person: User, event: AdvocacyEvent) -> AppointmentQuerySet:
    """The meetings of the teams this person is captain of, that stand on the schedule and have no debrief."""
    teams = TeamMember.objects.filter(team__event=event, registration__person=person, is_captain=True)
    rows = Appointment.objects.all().without_debrief()
    return rows.filter(team__in=teams.order_by().values("team")).order_by("starts_at", "pk")


def due_that_day(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """17:00 by the clock of the event."""
    for event, captain, zone in _captains(days.first - timedelta(days=1), days.last + timedelta(days=1)):
        at = event.moment(NUDGED_AT)
        day = at.astimezone(ZoneInfo(zone)).date()
        if day in days:
            yield Due(captain, str(RowPeriod(event.pk, event.held_on)), day, at=at)


def due_next_day(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    for event, captain, _zone in _captains(*days.counted_from(offsets)):
        for offset in offsets:
            day = event.held_on + timedelta(days=offset)
            if day in days:
                yield Due(captain, str(RowPeriod(event.pk, event.held_on, offset)), day)


def _captains(first: date, last: date) -> Iterator[tuple[AdvocacyEvent, int, str]]:
    """Each captain with an account, once per event, whose team has a debrief missing."""
    missing = Appointment.objects.all().without_debrief()
    rows = TeamMember.objects.filter(
        is_captain=True,
        registration__person__isnull=False,
        team__event__held_on__range=(first, last),
        team__event__status__in=_RUNNING,
        team__in=missing.order_by().values("team"),
    )
    found = rows.select_related("team__event", "registration__person").order_by("team__event", "pk")
    for row in found:
        if row.registration.person is not None:
            yield row.team.event, row.registration.person.pk, row.registration.person.time_zone


def _event_of(person: User, period: RowPeriod) -> AdvocacyEvent | None:
    """The event as it stands: not where it has moved to another day or was cancelled."""
    rows = AdvocacyEvent.objects.visible_to(person).filter(status__in=_RUNNING)
    return rows.filter(pk=period.pk, held_on=period.counted_from).first()


def post(person: User, period: str, now: datetime) -> Any:
    """The mail to one captain, or None where all debriefs are in."""
    event = _event_of(person, RowPeriod.parse(period))
    if event is None:
        return None
    missing = list(missing_for(person, event).with_office())
    return mail.ask_for_debriefs(event, person, missing, now=now) if missing else None


def in_words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    found = {}
    for text in periods:
        event = _event_of(person, RowPeriod.parse(text))
        count = missing_for(person, event).count() if event else 0
        if event and count:
            words = ngettext(
                "%(count)d debrief of %(event)s is missing",
                "%(count)d debriefs of %(event)s are missing",
                count,
            )
            found[text] = Line(words % {"count": count, "event": event}, event.get_absolute_url())
    return found
