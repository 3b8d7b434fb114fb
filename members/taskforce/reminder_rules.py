"""Who is due which mail of a meeting at a moment: pure functions, which read and never write.

The planner asks each rule at every tick and keeps `(rule, person, period)` unique: a rule goes on naming somebody until
`until`, and says nothing of what was sent. Times are 09:00 where the reader lives, moved off weekends and the holidays
kept there, never past the meeting (DOMAIN.md §7).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from advocacy.accounts.models import User
from advocacy.kernel.business_days import Workdays
from advocacy.kernel.schedules import business_days_before, moment_of
from members.calendars import workdays_of_all
from members.taskforce import letters
from members.taskforce.models import ActionItem, Answer, Meeting, MeetingInvitation
from members.taskforce.roster import people_on, society_day

ITEMS_BEFORE, AGENDA_BEFORE, NUDGE_BEFORE, REMINDER_BEFORE = 10, 7, 3, 1
MINUTES_AFTER = 2
DUE_BEFORE, OVERDUE_AFTER, OVERDUE_EVERY = 2, 1, 7
_AT = time(9)
_AHEAD = timedelta(days=ITEMS_BEFORE + 5)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """`person` is due mail of this rule since `due_at`; after `until` it makes no sense any more."""

    rule: str
    person: User
    period: str
    due_at: datetime
    until: datetime
    about: Meeting | ActionItem


def calls_for_items(now: datetime) -> list[Due]:
    """Ten days before: anyone may still put something on the agenda."""
    return [
        due
        for meeting in _ahead(now)
        for due in _before(meeting, people_on(meeting.day), letters.CALL, ITEMS_BEFORE, now)
    ]


def agendas(now: datetime) -> list[Due]:
    """Seven days before: the agenda, with the question who comes (`meetings.invite` sends it)."""
    return [
        due
        for meeting in _ahead(now)
        for due in _before(meeting, people_on(meeting.day), letters.AGENDA, AGENDA_BEFORE, now)
    ]


def nudges(now: datetime) -> list[Due]:
    """Three days before, to those who were asked and have said nothing."""
    return [
        due
        for meeting in _ahead(now)
        for due in _before(meeting, _asked(meeting, [""]), letters.NUDGE, NUDGE_BEFORE, now)
    ]


def reminders(now: datetime) -> list[Due]:
    """The day before, to those who come or may."""
    coming = [Answer.YES, Answer.MAYBE]
    return [
        due
        for meeting in _ahead(now)
        for due in _before(meeting, _asked(meeting, coming), letters.REMINDER, REMINDER_BEFORE, now)
    ]


def minutes(now: datetime) -> list[Due]:
    """Two business days after: the published minutes, to everybody."""
    found = []
    recent = Meeting.objects.held().filter(starts_at__gt=now - timedelta(days=20), published__isnull=False)
    for meeting in recent.order_by("starts_at", "pk"):
        people = list(people_on(meeting.day))
        workdays = workdays_of_all(people, society_day(now))
        for person in people:
            at = _nine(workdays[person.pk].after(meeting.day, MINUTES_AFTER), person)
            until = at + timedelta(days=14)
            found += _if_now(Due(letters.MINUTES, person, str(meeting.pk), at, until, meeting), now)
    return found


def action_items_due(now: datetime) -> list[Due]:
    """Two days before the day, to the owner."""
    found = []
    items = _unfinished(now.date() - _ONE_DAY, now.date() + timedelta(days=DUE_BEFORE + 5))
    workdays = workdays_of_all([item.owner for item in items], society_day(now))
    for item in items:
        day = item.due_on - timedelta(days=DUE_BEFORE)
        day = _working_day_before(day, workdays[item.owner_id])
        until = moment_of(item.due_on + _ONE_DAY, time(0), item.owner.time_zone)
        due = Due("taskforce.action_due", item.owner, str(item.pk), _nine(day, item.owner), until, item)
        found += _if_now(due, now)
    return found


def action_items_overdue(now: datetime) -> list[Due]:
    """The day after, and then every week, to the owner."""
    found = []
    items = _unfinished(date.min, now.date() + _ONE_DAY)
    workdays = workdays_of_all([item.owner for item in items], society_day(now))
    for item in items:
        late = (item.owner.today(now) - item.due_on).days
        if late < OVERDUE_AFTER:
            continue
        week = (late - OVERDUE_AFTER) // OVERDUE_EVERY
        day = item.due_on + timedelta(days=OVERDUE_AFTER + week * OVERDUE_EVERY)
        at = _nine(_working_day_from(day, workdays[item.owner_id]), item.owner)
        until = moment_of(day + timedelta(days=OVERDUE_EVERY), _AT, item.owner.time_zone)
        due = Due("taskforce.action_overdue", item.owner, f"{item.pk}:{week}", at, until, item)
        found += _if_now(due, now)
    return found


RULES: dict[str, Callable[[datetime], list[Due]]] = {
    letters.CALL: calls_for_items,
    letters.AGENDA: agendas,
    letters.NUDGE: nudges,
    letters.REMINDER: reminders,
    letters.MINUTES: minutes,
    "taskforce.action_due": action_items_due,
    "taskforce.action_overdue": action_items_overdue,
}


def _ahead(now: datetime) -> Iterable[Meeting]:
    soon = Meeting.objects.planned().filter(starts_at__gt=now, starts_at__lt=now + _AHEAD)
    return soon.select_related("host").order_by("starts_at", "pk")


def _asked(meeting: Meeting, answers: Sequence[str]) -> list[User]:
    """Those with one of these answers who are still of the task force."""
    rows = MeetingInvitation.objects.filter(
        meeting=meeting, answer__in=answers, person__in=people_on(meeting.day)
    )
    return [row.person for row in rows.select_related("person")]


def _unfinished(first: date, last: date) -> list[ActionItem]:
    rows = ActionItem.objects.unfinished().filter(due_on__gte=first, due_on__lte=last, owner__is_active=True)
    return list(rows.select_related("owner", "meeting").order_by("due_on", "pk"))


def _before(meeting: Meeting, people: Iterable[User], rule: str, days: int, now: datetime) -> Iterator[Due]:
    """Earlier rather than later where the day is free: a reminder must come before the meeting."""
    people = list(people)
    workdays = workdays_of_all(people, society_day(now))
    for person in people:
        day = meeting.starts_at.astimezone(ZoneInfo(person.time_zone)).date() - timedelta(days=days)
        at = _nine(_working_day_before(day, workdays[person.pk]), person)
        # The version belongs to the period: who was told of another day is told again.
        period = f"{meeting.pk}:{meeting.sequence}"
        yield from _if_now(Due(rule, person, period, at, meeting.starts_at, meeting), now)


def _if_now(due: Due, now: datetime) -> list[Due]:
    return [due] if due.due_at <= now < due.until else []


def _nine(day: date, person: User) -> datetime:
    return moment_of(day, _AT, person.time_zone)


def _working_day_before(day: date, workdays: Workdays) -> date:
    return day if workdays.is_business_day(day) else business_days_before(day, 1, workdays)


def _working_day_from(day: date, workdays: Workdays) -> date:
    return day if workdays.is_business_day(day) else workdays.after(day, 1)
