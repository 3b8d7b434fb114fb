"""When a person is written to: 09:00 where they live, on a working day of theirs, and never at night."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from advocacy.kernel.business_days import Workdays
from advocacy.kernel.schedules import moment_of

BUNDLE_AT = time(9)
EARLIEST, LATEST = time(8), time(18)
_DAY = timedelta(days=1)


def due_moment(day: date, zone: str, workdays: Workdays, *, urgent: bool = False) -> datetime:
    """The morning of that day, or of the next working day; what is urgent skips none."""
    while not urgent and not workdays.is_business_day(day):
        day += _DAY
    return moment_of(day, BUNDLE_AT, zone)


def next_morning(now: datetime, zone: str, workdays: Workdays) -> datetime:
    """The next 09:00 of a working day there: this day's, where it is still early."""
    today = now.astimezone(ZoneInfo(zone)).date()
    morning = due_moment(today, zone, workdays)
    return morning if morning > now else due_moment(today + _DAY, zone, workdays)


def may_write(now: datetime, zone: str, workdays: Workdays) -> bool:
    """A working day between 08:00 and 18:00 there."""
    shown = now.astimezone(ZoneInfo(zone))
    return EARLIEST <= shown.time() < LATEST and workdays.is_business_day(shown.date())
