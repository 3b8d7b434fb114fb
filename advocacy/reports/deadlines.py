"""When a chapter's month opens for reporting and when its report is due (DOMAIN.md W6, §6.5).

Days are days of the chapter; a day and a time become a moment only at the end. Business days are those of the country:
a state's own holidays do not move the date on which every chapter of a country reports.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from advocacy.kernel.business_days import Workdays
from advocacy.kernel.periods import Month
from advocacy.kernel.schedules import BusinessDayOfMonth, DaysFrom, WeekdayOfMonth, moment_of
from members.models import Chapter

OPENS_AT = time(0, 5)
DUE_AT = time(23, 59, 59)
_FIFTH, _SECOND, _WEDNESDAY = 5, 2, 2
_DAYS_AFTER_THE_MEETING = 10
_FISCAL_YEAR_BEGINS_IN = 7


def workdays_of(chapter: Chapter) -> Workdays:
    """The business days of the chapter's country; the United States where its territory names none."""
    countries = sorted({territory.jurisdiction.country for territory in chapter.territories.all()})
    return Workdays(countries[-1]) if countries else Workdays()


def last_day(period: Month) -> date:
    return period.end - timedelta(days=1)


def opens_at(chapter: Chapter, period: Month) -> datetime:
    return moment_of(period.end, OPENS_AT, chapter.time_zone)


def due_on(chapter: Chapter, period: Month) -> date:
    return BusinessDayOfMonth(_FIFTH, workdays_of(chapter)).day_in(period.next())


def due_at(chapter: Chapter, period: Month) -> datetime:
    return moment_of(due_on(chapter, period), DUE_AT, chapter.time_zone)


def given_up_on(period: Month) -> date:
    """Ten days after the task force's meeting a missing report counts as not received."""
    return DaysFrom(WeekdayOfMonth(_SECOND, _WEDNESDAY), _DAYS_AFTER_THE_MEETING).day_in(period.next())


def fiscal_year_of(period: Month) -> date:
    """1 July before the month, or in it."""
    begins_this_year = period.month >= _FISCAL_YEAR_BEGINS_IN
    return date(period.year if begins_this_year else period.year - 1, _FISCAL_YEAR_BEGINS_IN, 1)


def same_month_last_year(period: Month) -> Month:
    return Month(period.year - 1, period.month)


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """From `first` to `last`, both included."""
    while first <= last:
        yield first
        first = first.next()
