"""Business days: neither weekend nor public holiday where the person lives (DOMAIN.md §6.5, rule 5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

_ONE_DAY = timedelta(days=1)


@cache
def _public_holidays(country: str, subdivision: str) -> holidays.HolidayBase:
    known = holidays.list_supported_countries(include_aliases=False).get(country, [])
    return holidays.country_holidays(country, subdiv=subdivision if subdivision in known else None)


@dataclass(frozen=True)
class Workdays:
    """The working calendar of a place: `country` is US or CA, `subdivision` a state or province code or empty."""

    country: str = "US"
    subdivision: str = ""

    def is_business_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in _public_holidays(self.country, self.subdivision)

    def after(self, day: date, count: int) -> date:
        """The `count`-th business day after `day`; `day` itself does not count."""
        while count > 0:
            day += _ONE_DAY
            if self.is_business_day(day):
                count -= 1
        return day

    def between(self, first: date, last: date) -> int:
        """How many business days after `first` there are up to and with `last`; 0 where `last` is not later."""
        days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
        return sum(1 for day in days if self.is_business_day(day))
