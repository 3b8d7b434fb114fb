"""Who came to the meetings of the task force (DOMAIN.md §6.3)."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import TOGETHER, By, Grouped, Scope, Window, by_group
from members.models import Role, RoleAssignment
from members.taskforce.models import Attendance, Meeting, Presence
from members.taskforce.models.attendance import WAS_THERE

LAST_MEETINGS = 3
_DAY = timedelta(days=1)
# Those of the day after, which has begun somewhere, are left out again by the date where they were held.
_ENOUGH = 10


def last_meetings(window: Window) -> list[Meeting]:
    """The three meetings held last before the end of these days, newest first."""
    over_everywhere = datetime.combine(window.end + _DAY, time.min, UTC)
    newest = Meeting.objects.held().filter(starts_at__lt=over_everywhere).order_by("-starts_at", "-pk")
    return [meeting for meeting in newest[:_ENOUGH] if meeting.day < window.end][:LAST_MEETINGS]


def gather(scope: Scope, window: Window, by: By) -> Grouped:
    """Each advocate expected at each of these meetings, and whether they came or sent somebody."""
    meetings = last_meetings(window)
    there = set(
        Attendance.objects.filter(meeting__in=[meeting.pk for meeting in meetings])
        .filter(presence__in=(*WAS_THERE, Presence.DELEGATE))
        .order_by()
        .values_list("meeting", "person")
    )
    roles = RoleAssignment.objects.filter(role=Role.ADVOCATE, person__is_active=True).filter(scope.own())
    begun = roles.filter(
        Q(ends_on=None) | Q(ends_on__gt=min((one.day for one in meetings), default=window.last))
    )
    expected = {
        (role.chapter_id if by is By.CHAPTER else TOGETHER, meeting.pk, role.person_id)
        for role in begun.order_by()
        for meeting in meetings
        if role.is_in_force(meeting.day)
    }
    return by_group((group, (meeting, person) in there) for group, meeting, person in sorted(expected))


def attendance(rows: Sequence[Any]) -> Figure:
    return Figure(Unit.PERCENT, sum(came for (came,) in rows), of=len(rows))
