"""Moments that may move: what has another moment is due anew, and the old one falls."""

from datetime import UTC, date, datetime, time
from typing import NamedTuple

_AS_DIGITS = "%Y%m%dT%H%M%S"


class Slot(NamedTuple):
    """Which row, which moment of it, and how long before it."""

    pk: int
    at: datetime
    offset: str

    def __str__(self) -> str:
        return f"{self.pk}:{self.at.astimezone(UTC):{_AS_DIGITS}}:{self.offset}"

    @classmethod
    def parse(cls, text: str) -> "Slot":
        pk, at, offset = text.split(":")
        return cls(int(pk), datetime.strptime(at, _AS_DIGITS).replace(tzinfo=UTC), offset)

    def is_of(self, moment: datetime) -> bool:
        return self.at == moment.replace(microsecond=0)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
