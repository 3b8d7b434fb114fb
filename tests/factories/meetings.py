"""Meetings for tests, made by the portal's own actions. `the_meeting(cast)` is the one of story A8."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from advocacy.accounts.models import User
from members.taskforce.actions import attendance, meetings, minutes
from members.taskforce.actions.attendance import Seen
from members.taskforce.models import ActionItem, AgendaItem, Meeting, MeetingSeries
from tests.cast import Cast

CHICAGO = ZoneInfo("America/Chicago")
JANUARY = datetime(2027, 1, 13, 13, tzinfo=CHICAGO)
FEBRUARY = datetime(2027, 2, 10, 13, tzinfo=CHICAGO)


def series(host: User, **fields: Any) -> MeetingSeries:
    """The second Wednesday of each month, 13:00 in Chicago."""
    known = {"name": "Task force meeting", "starts": time(13), "host": host}
    return MeetingSeries.objects.create(**known | fields)


def planned(by: User, starts_at: datetime = FEBRUARY, **fields: Any) -> Meeting:
    known: dict[str, Any] = {"title": "Task force meeting", "zone": "America/Chicago", "host": by}
    return meetings.plan(by=by, starts_at=starts_at, **known | fields)


def the_meeting(cast: Cast) -> Meeting:
    """Wed 10 Feb 2027, 13:00 in Chicago, with an item on the agenda and everybody invited."""
    meeting = planned(cast.angela, link="https://meet.example.org/taskforce")
    item(meeting, by=cast.dana)
    meetings.invite(meeting, by=cast.angela, now=timezone.now())
    return meeting


def item(meeting: Meeting, *, by: User, **fields: Any) -> AgendaItem:
    return minutes.propose(meeting, by=by, **{"title": "Telehealth parity", **fields})


def action_item(meeting: Meeting, owner: User, due_on: date = date(2027, 2, 24), **fields: Any) -> ActionItem:
    known = {"text": "Share model telehealth language", "by": meeting.host}
    return minutes.assign(meeting, owner=owner, due_on=due_on, **known | fields)


def held(by: User, starts_at: datetime, **seen: tuple[User, str]) -> Meeting:
    """A meeting whose attendance was taken: `held(angela, at, luis=(luis, "absent"))`."""
    meeting = planned(by, starts_at)
    rows = [Seen(person, presence) for person, presence in seen.values()]
    attendance.take(meeting, rows, by=by, now=starts_at + timedelta(hours=1))
    return meeting
