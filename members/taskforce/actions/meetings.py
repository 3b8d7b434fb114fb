"""Planning, inviting to, changing and cancelling meetings."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.kernel.periods import Month
from advocacy.outbox.models import OutboundMessage
from members.taskforce import letters
from members.taskforce.models import Meeting, MeetingInvitation, MeetingSeries, MeetingStatus
from members.taskforce.roster import people_on

_TOLD = ("title", "starts_at", "zone", "minutes", "link")
_RECORDED = (*_TOLD, "host", "quorum")


class NotPlanned(ValueError):
    """The meeting was held or cancelled already."""

    def __init__(self) -> None:
        super().__init__(_("This meeting was held or cancelled already."))


class PlannedAlready(ValueError):
    """The series has its meeting of this month."""

    def __init__(self) -> None:
        super().__init__(_("This month's meeting of the series is planned already."))


@transaction.atomic
def plan(*, by: User, host: User, title: str, starts_at: datetime, zone: str, **fields: Any) -> Meeting:
    """A meeting of its own, outside any series."""
    meeting = Meeting(title=title, starts_at=starts_at, zone=zone, host=host, **fields)
    meeting.full_clean()
    meeting.save()
    trail.record(by=by, verb="planned", of=meeting)
    return meeting


def plan_in_series(series: MeetingSeries, month: Month, *, by: User) -> Meeting:
    """The series' meeting of a month, by its rule. Raises PlannedAlready."""
    try:
        return plan(
            by=by,
            host=series.host or by,
            title=series.name,
            starts_at=series.starts_at(month),
            zone=series.zone,
            series=series,
            period=str(month),
            minutes=series.minutes,
            link=series.link,
            quorum=series.quorum,
        )
    except (IntegrityError, ValidationError) as problem:
        raise PlannedAlready from problem


def next_month_of(series: MeetingSeries, now: datetime) -> Month:
    """The first month whose meeting lies ahead and is not planned yet."""
    month = Month.of(now.date())
    planned = set(series.meetings.values_list("period", flat=True))
    while str(month) in planned or series.starts_at(month) <= now:
        month = month.next()
    return month


@transaction.atomic
def invite(meeting: Meeting, *, by: User | None, now: datetime) -> int:
    """Publish the agenda and ask everybody expected; how many. Who was asked before is not asked again."""
    _require_planned(meeting)
    asked = set(meeting.invitations.exclude(asked_at=None).values_list("person", flat=True))
    new = [person for person in people_on(meeting.day) if person.pk not in asked]
    MeetingInvitation.objects.bulk_create(
        [MeetingInvitation(meeting=meeting, person=person) for person in new], ignore_conflicts=True
    )
    reached = [person for person in new if letters.reach(letters.AGENDA, meeting, person, now=now)]
    meeting.invitations.filter(person__in=reached).update(asked_at=now)
    Meeting.objects.filter(pk=meeting.pk, invited_at=None).update(invited_at=now)
    meeting.invited_at = meeting.invited_at or now
    if reached:
        trail.record(by=by, verb="invited", of=meeting, changes={"people": [0, len(reached)]})
    return len(reached)


@transaction.atomic
def ask(meeting: Meeting, person: User, *, now: datetime) -> OutboundMessage | None:
    """The planner sends the agenda to one person and asks who comes; None who was asked before.

    Raises NotPlanned, and ValidationError where the address cannot be written to.
    """
    _require_planned(meeting)
    invitation, _is_new = MeetingInvitation.objects.get_or_create(meeting=meeting, person=person)
    if invitation.asked_at:
        return None
    message = letters.send(letters.AGENDA, meeting, person, now=now)
    MeetingInvitation.objects.filter(pk=invitation.pk).update(asked_at=now)
    if Meeting.objects.filter(pk=meeting.pk, invited_at=None).update(invited_at=now):
        trail.record(by=None, verb="invited", of=meeting)
    return message


@transaction.atomic
def change(meeting: Meeting, *, by: User, now: datetime, **fields: Any) -> bool:
    """Move or reword a planned meeting. Calendars are told when what they show has changed."""
    _require_planned(meeting)
    before = trail.snapshot(meeting, _RECORDED)
    for name, value in fields.items():
        setattr(meeting, name, value)
    changes = trail.difference(before, trail.snapshot(meeting, _RECORDED))
    if not changes:
        return False
    is_told = bool(meeting.invited_at and changes.keys() & set(_TOLD))
    meeting.sequence += is_told
    meeting.full_clean()
    meeting.save()
    trail.record(by=by, verb="edited", of=meeting, changes=changes)
    if is_told:
        _tell(letters.CHANGE, meeting, now=now)
    return True


@transaction.atomic
def cancel(meeting: Meeting, *, by: User, reason: str, now: datetime) -> None:
    """Call it off, and take it out of everybody's calendar. Raises NotPlanned."""
    values = {"status": MeetingStatus.CANCELLED, "cancel_reason": reason, "sequence": meeting.sequence + 1}
    if not Meeting.objects.planned().filter(pk=meeting.pk).update(**values):
        raise NotPlanned
    meeting.refresh_from_db()
    trail.record(by=by, verb="cancelled", of=meeting, reason=reason)
    _tell(letters.CANCELLATION, meeting, now=now)


def _tell(kind: str, meeting: Meeting, *, now: datetime) -> None:
    """Whoever was asked has an entry in the calendar."""
    for invitation in meeting.invitations.exclude(asked_at=None).select_related("person"):
        letters.reach(kind, meeting, invitation.person, now=now)


def _require_planned(meeting: Meeting) -> None:
    if not meeting.is_planned:
        raise NotPlanned
