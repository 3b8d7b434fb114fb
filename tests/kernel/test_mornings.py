"""When a digest comes: nine in the morning, where its reader lives, on a working day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from advocacy.kernel.business_days import Workdays
from advocacy.kernel.mornings import next_monday, next_morning

TEXAS, QUEBEC = Workdays("US", "TX"), Workdays("CA", "QC")


def at(month: int, day: int, hour: int, zone: str = "America/Chicago", minute: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (at(2, 9, 8), at(2, 9, 9)),
        (at(2, 9, 9), at(2, 10, 9)),
        (at(2, 12, 10), at(2, 16, 9)),  # Friday; Monday is Presidents' Day
        (at(3, 12, 23), at(3, 15, 9)),  # over the weekend on which clocks are put forward
    ],
)
def test_the_next_morning_is_that_of_a_working_day(now: datetime, morning: datetime):
    assert next_morning(now, "America/Chicago", TEXAS) == morning


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (at(2, 8, 8), at(2, 8, 9)),
        (at(2, 8, 9), at(2, 16, 9)),  # Monday the 15th is a holiday
        (at(2, 15, 12), at(2, 16, 9)),
        (at(2, 16, 9), at(2, 22, 9)),
    ],
)
def test_the_next_monday_gives_way_to_the_day_after_a_holiday(now: datetime, monday: datetime):
    assert next_monday(now, "America/Chicago", TEXAS) == monday


def test_the_morning_is_the_readers():
    now = at(2, 9, 8, "America/Vancouver")

    assert next_morning(now, "America/Vancouver", TEXAS) == at(2, 9, 9, "America/Vancouver")
    assert next_morning(now, "America/Toronto", QUEBEC) == at(2, 10, 9, "America/Toronto")
