"""Days that come back, as people say them: the second Wednesday, the fifth business day, seven days before.

A rule gives one local day for a month; a day and a local time become a moment only at the end (DOMAIN.md §6.5).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from advocacy.kernel.business_days import Workdays
from advocacy.kernel.periods import Month

_LAST = -1
_DAY = timedelta(days=1)


class DayRule(Protocol):
    """Which day of a month is meant."""

    def day_in(self, month: Month) -> date: ...


@dataclass(frozen=True)
class DayOfMonth:
    """The 1st, the 31st; a month that is too short has its last day instead. -1 is the last day."""

    number: int

    def day_in(self, month: Month) -> date:
        days = monthrange(month.year, month.month)[1]
        return month.first.replace(day=days if self.number == _LAST else min(self.number, days))


@dataclass(frozen=True)
class WeekdayOfMonth:
    """The second Wednesday: `number` 2, `weekday` 2 (Monday is 0). A fifth that does not exist is the last one."""

    number: int
    weekday: int

    def day_in(self, month: Month) -> date:
        first = month.first + timedelta(days=(self.weekday - month.first.weekday()) % 7)
        days = monthrange(month.year, month.month)[1]
        how_many = (days - first.day) // 7 + 1
        number = how_many if self.number == _LAST else min(self.number, how_many)
        return first + timedelta(weeks=number - 1)


@dataclass(frozen=True)
class BusinessDayOfMonth:
    """The fifth business day where `workdays` are kept; -1 is the last one."""

    number: int
    workdays: Workdays

    def day_in(self, month: Month) -> date:
        if self.number > 0:
            return self.workdays.after(month.first - _DAY, self.number)
        return business_days_before(month.end, -self.number, self.workdays)


@dataclass(frozen=True)
class DaysFrom:
    """So many days after the day another rule gives, or before it if `days` is negative."""

    rule: DayRule
    days: int

    def day_in(self, month: Month) -> date:
        return self.rule.day_in(month) + timedelta(days=self.days)


@dataclass(frozen=True)
class BusinessDaysFrom:
    """So many business days after the day another rule gives, or before it if `days` is negative."""

    rule: DayRule
    days: int
    workdays: Workdays

    def day_in(self, month: Month) -> date:
        day = self.rule.day_in(month)
        if self.days < 0:
            return business_days_before(day, -self.days, self.workdays)
        return self.workdays.after(day, self.days)


def business_days_before(day: date, count: int, workdays: Workdays) -> date:
    """The `count`-th business day before `day`; `day` itself does not count."""
    while count > 0:
        day -= _DAY
        if workdays.is_business_day(day):
            count -= 1
    return day


def moment_of(day: date, at: time, zone: str) -> datetime:
    """The moment, in UTC, at which clocks in `zone` show this time on this day.

    Where they never do, because they are put forward, the first moment after the gap; where they do so twice, the
    first of the two.
    """
    place = ZoneInfo(zone)
    shown = datetime.combine(day, at, tzinfo=place)
    moment = shown.astimezone(UTC)
    if moment.astimezone(place).replace(tzinfo=None) == shown.replace(tzinfo=None):
        return moment
    return _end_of_gap(shown, place)


def _end_of_gap(shown: datetime, place: ZoneInfo) -> datetime:
    """In a gap the two readings of a time lie on either side of it: the jump is found between them."""
    before = shown.replace(fold=1).astimezone(UTC)
    after = shown.replace(fold=0).astimezone(UTC)
    low, high = sorted((before, after))
    offset = low.astimezone(place).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(place).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
