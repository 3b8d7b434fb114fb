"""When people are written to. Every rule in every zone, for eleven years: test_once_in_every_zone.py."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from advocacy.kernel.business_days import Workdays
from advocacy.kernel.mornings import due_moment, may_write, next_morning, next_week, week_begins
from advocacy.kernel.reminder_rules import Moves
from advocacy.kernel.zones import NORTH_AMERICAN_ZONES

US = Workdays("US")
TEXAS, QUEBEC = Workdays("US", "TX"), Workdays("CA", "QC")
_DAY = timedelta(days=1)


def at(month: int, day: int, hour: int, zone: str = "America/Chicago", minute: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("day", "zone", "moment"),
    [
        (date(2026, 10, 30), "America/Chicago", datetime(2026, 10, 30, 14, tzinfo=UTC)),
        # 1 November 2026 and 14 March 2027 are Sundays: the clock has changed by Monday's morning.
        (date(2026, 11, 1), "America/Chicago", datetime(2026, 11, 2, 15, tzinfo=UTC)),
        (date(2027, 3, 14), "America/Chicago", datetime(2027, 3, 15, 14, tzinfo=UTC)),
        (date(2028, 2, 29), "America/St_Johns", datetime(2028, 2, 29, 12, 30, tzinfo=UTC)),
        (date(2027, 1, 31), "America/Vancouver", datetime(2027, 2, 1, 16, tzinfo=UTC)),
    ],
)
def test_mornings_around_clock_changes_leap_days_and_month_ends(day: date, zone: str, moment: datetime):
    assert due_moment(day, zone, US) == moment


def test_what_is_urgent_does_not_wait_for_monday():
    saturday = date(2027, 2, 13)

    assert due_moment(saturday, "UTC", US, Moves.STAYS).date() == saturday
    assert due_moment(saturday, "UTC", US).date() == date(2027, 2, 16)
    assert due_moment(saturday, "UTC", US, Moves.EARLIER).date() == date(2027, 2, 12)


@pytest.mark.parametrize("zone", NORTH_AMERICAN_ZONES)
def test_the_next_morning_is_always_ahead_and_one_may_be_written_to_then(zone: str):
    moment = datetime(2026, 10, 28, tzinfo=UTC)
    wrong = []
    for hour in range(24 * 7):
        now = moment + timedelta(hours=hour)
        morning = next_morning(now, zone, US)
        if not (now < morning <= now + 5 * _DAY and may_write(morning, zone, US)):
            wrong.append(now)

    assert wrong == []


@pytest.mark.parametrize(
    ("shown", "may"),
    [
        ("2027-02-11 07:59", False),
        ("2027-02-11 08:00", True),
        ("2027-02-11 17:59", True),
        ("2027-02-11 18:00", False),
        ("2027-02-13 09:00", False),
        ("2027-02-15 09:00", False),
    ],
)
def test_nobody_is_written_to_outside_of_working_hours(shown: str, may: bool):
    now = datetime.fromisoformat(shown).replace(tzinfo=ZoneInfo("America/Regina"))

    assert may_write(now, "America/Regina", US) is may


@pytest.mark.parametrize(
    ("shown", "begins", "comes_next"),
    [
        # Presidents' Day, 15 February 2027, is a Monday: that week begins on Tuesday.
        ("2027-02-11 10:00", "2027-02-08", "2027-02-16"),
        ("2027-02-15 10:00", "2027-02-08", "2027-02-16"),
        ("2027-02-16 08:59", "2027-02-16", "2027-02-16"),
        ("2027-02-16 09:00", "2027-02-16", "2027-02-22"),
        ("2027-02-21 12:00", "2027-02-16", "2027-02-22"),
    ],
)
def test_a_week_begins_on_its_first_working_day(shown: str, begins: str, comes_next: str):
    now = datetime.fromisoformat(shown).replace(tzinfo=ZoneInfo("America/Chicago"))

    assert str(week_begins(now, "America/Chicago", US)) == begins
    morning = next_week(now, "America/Chicago", US).astimezone(ZoneInfo("America/Chicago"))
    assert f"{morning:%Y-%m-%d %H:%M}" == f"{comes_next} 09:00"


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
def test_the_next_week_gives_way_to_the_day_after_a_holiday(now: datetime, monday: datetime):
    assert next_week(now, "America/Chicago", TEXAS) == monday


def test_the_morning_is_the_readers():
    now = at(2, 9, 8, "America/Vancouver")

    assert next_morning(now, "America/Vancouver", TEXAS) == at(2, 9, 9, "America/Vancouver")
    assert next_morning(now, "America/Toronto", QUEBEC) == at(2, 10, 9, "America/Toronto")
