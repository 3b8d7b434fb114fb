"""When a digest comes: at nine where its reader lives, on a working day of theirs."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from advocacy.kernel.business_days import Workdays
from advocacy.kernel.schedules import moment_of

DIGEST_AT = time(9)
_DAY = timedelta(days=1)


def next_morning(now: datetime, zone: str, workdays: Workdays) -> datetime:
    """The next nine o'clock of a working day there; this day's, where it is still early."""
    day = now.astimezone(ZoneInfo(zone)).date()
    while not workdays.is_business_day(day) or moment_of(day, DIGEST_AT, zone) <= now:
        day += _DAY
    return moment_of(day, DIGEST_AT, zone)


def next_monday(now: datetime, zone: str, workdays: Workdays) -> datetime:
    """The next nine o'clock of a Monday there; of the day after it, where that Monday is a holiday."""
    today = now.astimezone(ZoneInfo(zone)).date()
    monday = today - _DAY * today.weekday()
    while True:
        day = monday
        while not workdays.is_business_day(day):
            day += _DAY
        if (moment := moment_of(day, DIGEST_AT, zone)) > now:
            return moment
        monday += timedelta(weeks=1)
