"""Meetings with offices: listed, asked for, given a time and a team, moved, declined, held.

Once the schedule is published, what changes for those who hold it in their hands is kept as old and new. Before the day
they are told when it is published again; on the day at once.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.formats import time_format

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events.actions import notices
from advocacy.events.actions.running import check_runs
from advocacy.events.errors import AlreadyListed, ChangedMeanwhile, HasDebrief, NotHeldYet, WrongMoment
from advocacy.events.models import (
    OVER,
    REPORTING,
    SCHEDULING,
    AdvocacyEvent,
    Appointment,
    AppointmentStatus,
    Building,
    ChangedWhat,
    RegistrationDistrict,
    RegistrationStatus,
    ScheduleChange,
    Team,
)
from legislation.models import Committee, Official, Tenure


class Said(TypedDict, total=False):
    status: str
    team: Team | None
    starts_at: time | None
    minutes: int
    free_from: time | None
    free_until: time | None
    building: Building | None
    room: str
    link: str
    expected_with: str
    people_cap: int | None
    language: str
    requested_on: date | None
    note: str
    is_locked: bool


_FACTS = tuple(Said.__annotations__)


@transaction.atomic
def add(
    event: AdvocacyEvent,
    *,
    by: User,
    official: Official | None = None,
    committee: Committee | None = None,
    agency: str = "",
    **said: Unpack[Said],
) -> Appointment:
    """Put an office on the list, still to be asked unless said otherwise.

    Raises MayNotRun, WrongMoment, and AlreadyListed where the office is on it.
    """
    _check(event, by)
    if agency and _lists(event, agency):
        raise AlreadyListed(agency)
    tenure = next(iter(official.tenures_in_force(event.held_on)), None) if official else None
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                event=event,
                official=official,
                seat=tenure.seat if tenure else None,
                committee=committee,
                agency=agency,
                **_known(said, by),
            )
    except IntegrityError as collision:
        raise AlreadyListed from collision
    trail.record(by=by, verb="added", of=appointment)
    return appointment


def _lists(event: AdvocacyEvent, agency: str) -> bool:
    """No constraint sees to it, as to officials: two who add it at once wait for each other here."""
    AdvocacyEvent.objects.select_for_update().get(pk=event.pk)
    listed = event.appointments.exclude(status=AppointmentStatus.DECLINED)
    return listed.filter(agency__iexact=agency).exists()


@transaction.atomic
def add_for_those_who_come(event: AdvocacyEvent, *, by: User) -> int:
    """List every official whose constituents come and who is not on the list; returns how many.

    Raises MayNotRun and WrongMoment.
    """
    _check(event, by)
    districts = RegistrationDistrict.objects.filter(
        registration__event=event, registration__status=RegistrationStatus.REGISTERED
    )
    held = Tenure.objects.in_force(event.held_on).filter(
        seat__division__in=districts.order_by().values("division"),
        seat__chamber__jurisdiction=event.jurisdiction,
    )
    listed = set(event.appointments.values_list("official", flat=True))
    officials = {
        one.official_id: one for one in held.select_related("official").order_by("seat__label", "pk")
    }
    missing = [one.official for pk, one in officials.items() if pk not in listed]
    for official in missing:
        add(event, by=by, official=official)
    return len(missing)


@transaction.atomic
def change(appointment: Appointment, *, by: User, now: datetime, version: int, **said: Unpack[Said]) -> bool:
    """False where nothing is different. Raises MayNotRun, WrongMoment, ChangedMeanwhile, and NotHeldYet for a
    meeting that is said to be over before the day.
    """
    event = appointment.event
    check_runs(event, by)
    if event.status not in SCHEDULING and event.status not in REPORTING:
        raise WrongMoment
    if said.get("status") in OVER and not event.has_begun(now):
        raise NotHeldYet
    old = _fresh(appointment)
    before, seen = trail.snapshot(old, said), _seen(old)
    for name, value in _known(said, by, old).items():
        setattr(old, name, value)
    changes = trail.difference(before, trail.snapshot(old, said))
    if not changes:
        return False
    claimed = Appointment.objects.filter(pk=old.pk, version=version).update(version=version + 1)
    if not claimed:
        raise ChangedMeanwhile(old.pk)
    old.version = version + 1
    old.save()
    trail.record(by=by, verb="edited", of=old, changes=changes)
    if event.is_published:
        _keep_what_changed(old, seen, by=by, now=now)
    if event.is_published and event.has_begun(now) and not event.is_over:
        notices.tell(event, now=now)
    return True


@transaction.atomic
def remove(appointment: Appointment, *, by: User) -> None:
    """Take an office off the list. Raises MayNotRun, WrongMoment once people hold the schedule, HasDebrief."""
    _check(appointment.event, by)
    if appointment.has_debrief:
        raise HasDebrief(appointment.pk)
    if appointment.event.is_published:
        raise WrongMoment
    trail.record(by=by, verb="deleted", of=appointment)
    appointment.delete()


def _known(said: Said, by: User, old: Appointment | None = None) -> dict[str, Any]:
    """Who asked the office, where it was asked; nobody is asked at a time that is empty."""
    known: dict[str, Any] = dict(said)
    if known.get("requested_on") and not (old and old.requested_by_id):
        known["requested_by"] = by
    return known


def _fresh(appointment: Appointment) -> Appointment:
    return Appointment.objects.select_for_update(of=("self",)).with_office().get(pk=appointment.pk)


def _seen(appointment: Appointment) -> dict[ChangedWhat, str]:
    """What those on the schedule see of it."""
    return {
        ChangedWhat.TIME: time_format(appointment.starts_at, "H:i") if appointment.starts_at else "",
        ChangedWhat.PLACE: appointment.place,
        ChangedWhat.TEAM: str(appointment.team.number) if appointment.team else "",
        ChangedWhat.STATUS: appointment.status,
    }


def _keep_what_changed(
    appointment: Appointment, before: Mapping[ChangedWhat, str], *, by: User, now: datetime
) -> None:
    after = _seen(appointment)
    changed = [what for what in ChangedWhat if before[what] != after[what]]
    for what in changed:
        ScheduleChange.objects.create(
            appointment=appointment,
            what=what,
            old=before[what],
            new=after[what],
            changed_by=by,
            changed_at=now,
        )
    if changed:
        Appointment.objects.filter(pk=appointment.pk).update(sequence=F("sequence") + 1)


def _check(event: AdvocacyEvent, by: User) -> None:
    check_runs(event, by)
    if event.status not in SCHEDULING:
        raise WrongMoment


def may_be_said(appointment: Appointment, now: datetime) -> list[tuple[str, str]]:
    """The statuses to choose from: what is over only once the day has begun."""
    has_begun = appointment.event.has_begun(now)
    return [(one.value, str(one.label)) for one in AppointmentStatus if has_begun or one not in OVER]
