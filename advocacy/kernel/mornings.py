"""When a person is written to: 09:00 where they live, on a working day of theirs, and never at night."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from advocacy.kernel.business_days import Workdays
from advocacy.kernel.reminder_rules import Moves
from advocacy.kernel.schedules import moment_of

BUNDLE_AT = time(9)
EARLIEST, LATEST = time(8), time(18)
_DAY = timedelta(days=1)
_SATURDAY = 5


def due_moment(day: date, zone: str, workdays: Workdays, moves: Moves = Moves.LATER) -> datetime:
    """The morning of that day; of a day off, the morning of the next working day or of the one before."""
    step = {Moves.LATER: _DAY, Moves.EARLIER: -_DAY}.get(moves)
    while step and not workdays.is_business_day(day):
        day += step
    return moment_of(day, BUNDLE_AT, zone)


def next_morning(now: datetime, zone: str, workdays: Workdays) -> datetime:
    """The next 09:00 of a working day there: this day's, where it is still early."""
    today = now.astimezone(ZoneInfo(zone)).date()
    morning = due_moment(today, zone, workdays)
    return morning if morning > now else due_moment(today + _DAY, zone, workdays)


def next_week(now: datetime, zone: str, workdays: Workdays) -> datetime:
    """The next 09:00 of a first working day of a week there."""
    today = now.astimezone(ZoneInfo(zone)).date()
    monday = today - _DAY * today.weekday()
    morning = due_moment(monday, zone, workdays)
    return morning if morning > now else due_moment(monday + timedelta(weeks=1), zone, workdays)


def week_begins(now: datetime, zone: str, workdays: Workdays) -> date:
    """The last first working day of a week there: today, or one in the six days before."""
    today = now.astimezone(ZoneInfo(zone)).date()
    first = today - _DAY * today.weekday()
    while not workdays.is_business_day(first):
        first += _DAY
    return first if first <= today else week_begins(now - _DAY * (today.weekday() + 1), zone, workdays)


def may_write(now: datetime, zone: str, workdays: Workdays, moves: Moves = Moves.LATER) -> bool:
    """A working day between 08:00 and 18:00 there; a weekday, for what keeps its day."""
    shown = now.astimezone(ZoneInfo(zone))
    works = shown.weekday() < _SATURDAY if moves == Moves.STAYS else workdays.is_business_day(shown.date())
    return EARLIEST <= shown.time() < LATEST and works
