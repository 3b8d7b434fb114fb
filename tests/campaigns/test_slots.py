"""Every rule gives every zone one morning for each of its days, for eleven years."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from advocacy.kernel.business_days import Workdays
from advocacy.kernel.periods import Month
from advocacy.kernel.reminder_rules import Moves, reminder_rules
from advocacy.kernel.zones import NORTH_AMERICAN_ZONES
from campaigns.reminders.slots import due_moment, may_write, next_morning

US = Workdays("US")
_DAY = timedelta(days=1)


@cache
def working_day(day: date) -> date:
    while not US.is_business_day(day):
        day += _DAY
    return day


def months() -> list[Month]:
    found = [Month(2026, 1)]
    while len(found) < 132:
        found.append(found[-1].next())
    return found


def days_of_every_rule() -> list[date]:
    """The first of each month for the calendars; the last for the rules that count days from one."""
    offsets = sorted({offset for rule in reminder_rules for offset in rule.offsets})
    last_days = [month.end - _DAY for month in months()]
    return [month.first for month in months()] + [day + _DAY * step for day in last_days for step in offsets]


def test_every_rule_has_one_moment_in_every_zone_and_month_at_nine_on_a_working_day():
    days = sorted(set(days_of_every_rule()))
    wrong = []
    for zone in sorted(available_timezones()):
        place = ZoneInfo(zone)
        moments = {day: due_moment(day, zone, US) for day in days}
        shown = {day: moment.astimezone(place) for day, moment in moments.items()}
        if [(one.date(), one.time()) for one in shown.values()] != [
            (working_day(day), time(9)) for day in days
        ]:
            wrong.append(zone)
        if list(moments.values()) != sorted(moments.values()):
            wrong.append(zone)

    assert len(days) > 5 * 132
    assert wrong == []


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
