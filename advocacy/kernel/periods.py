"""Reporting periods: calendar months as labels such as `2027-02`, never pairs of UTC instants."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_LABEL = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; `first` is its first day, `end` the first day after it."""

    year: int
    month: int

    @classmethod
    def parse(cls, label: str) -> Self:
        """Read `YYYY-MM`. Raises ValueError with the accepted form."""
        match = _LABEL.fullmatch(label.strip())
        if match is None or not 1900 <= int(match["year"]) <= 9998:
            raise ValueError(f"{label!r} is not a month: write it as YYYY-MM, for example 2027-02.")
        return cls(int(match["year"]), int(match["month"]))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        return self.next().first

    def next(self) -> Self:
        return type(self)(self.year + self.month // 12, self.month % 12 + 1)

    def previous(self) -> Self:
        return type(self)(self.year - (self.month == 1), 12 if self.month == 1 else self.month - 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
