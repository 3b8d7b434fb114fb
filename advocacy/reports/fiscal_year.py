"""The year of the annual impact report: 1 July to 30 June (DOMAIN.md W10)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from advocacy.kernel.periods import Month
from advocacy.reports.deadlines import fiscal_year_of, months_between

_LABEL = re.compile(r"(?P<begins>\d{4})-(?P<ends>\d{2})")
_JULY, _JUNE = 7, 6


@dataclass(frozen=True, order=True)
class FiscalYear:
    """Written `2026-27`; `first` is its first day, `end` the first day after it."""

    begins_in: int

    @classmethod
    def parse(cls, label: str) -> Self:
        """Read `YYYY-YY`. Raises ValueError with the accepted form."""
        match = _LABEL.fullmatch(label.strip())
        year = int(match["begins"]) if match else 0
        if match is None or not 1900 <= year <= 9997 or int(match["ends"]) != (year + 1) % 100:
            raise ValueError(f"{label!r} is not a fiscal year: write it as YYYY-YY, for example 2026-27.")
        return cls(year)

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(fiscal_year_of(Month.of(day)).year)

    @property
    def first(self) -> date:
        return date(self.begins_in, _JULY, 1)

    @property
    def end(self) -> date:
        return date(self.begins_in + 1, _JULY, 1)

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def months(self) -> Iterator[Month]:
        return months_between(Month(self.begins_in, _JULY), Month(self.begins_in + 1, _JUNE))

    def previous(self) -> Self:
        return type(self)(self.begins_in - 1)

    def __str__(self) -> str:
        return f"{self.begins_in:04d}-{(self.begins_in + 1) % 100:02d}"
