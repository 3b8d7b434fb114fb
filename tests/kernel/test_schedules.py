"""Days that come back, and the moments they become."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from advocacy.kernel.business_days import Workdays
from advocacy.kernel.periods import Month
from advocacy.kernel.schedules import (
    BusinessDayOfMonth,
    BusinessDaysFrom,
    DayOfMonth,
    DayRule,
    DaysFrom,
    WeekdayOfMonth,
    moment_of,
)

SECOND_WEDNESDAY = WeekdayOfMonth(2, 2)
US, ONTARIO, QUEBEC = Workdays("US"), Workdays("CA", "ON"), Workdays("CA", "QC")
RULES: list[tuple[DayRule, str, date]] = [
    (SECOND_WEDNESDAY, "2027-02", date(2027, 2, 10)),
    (WeekdayOfMonth(5, 2), "2027-02", date(2027, 2, 24)),
    (WeekdayOfMonth(5, 2), "2027-03", date(2027, 3, 31)),
    (WeekdayOfMonth(-1, 0), "2028-02", date(2028, 2, 28)),
    (DayOfMonth(31), "2027-02", date(2027, 2, 28)),
    (DayOfMonth(29), "2028-02", date(2028, 2, 29)),
    (DayOfMonth(-1), "2028-02", date(2028, 2, 29)),
    (BusinessDayOfMonth(5, US), "2027-03", date(2027, 3, 5)),
    # New Year's Day is a Friday; Family Day is kept in Ontario.
    (BusinessDayOfMonth(5, US), "2027-01", date(2027, 1, 8)),
    (BusinessDayOfMonth(11, ONTARIO), "2027-02", date(2027, 2, 16)),
    (BusinessDayOfMonth(11, QUEBEC), "2027-02", date(2027, 2, 15)),
    (BusinessDayOfMonth(-1, US), "2027-01", date(2027, 1, 29)),
    (DaysFrom(SECOND_WEDNESDAY, -10), "2027-02", date(2027, 1, 31)),
    (BusinessDaysFrom(SECOND_WEDNESDAY, 2, US), "2027-02", date(2027, 2, 12)),
    (BusinessDaysFrom(BusinessDayOfMonth(5, US), -2, US), "2027-03", date(2027, 3, 3)),
]


@pytest.mark.parametrize(("rule", "month", "day"), RULES)
def test_a_rule_names_one_day_of_a_month(rule: DayRule, month: str, day: date):
    assert rule.day_in(Month.parse(month)) == day


@pytest.mark.parametrize(
    ("day", "at", "zone", "utc"),
    [
        (date(2027, 2, 10), time(13), "America/Chicago", "2027-02-10 19:00"),
        (date(2027, 1, 15), time(9), "America/Vancouver", "2027-01-15 16:00"),
        (date(2027, 7, 14), time(12), "America/Regina", "2027-07-14 18:00"),
        (date(2027, 2, 10), time(15, 30), "America/St_Johns", "2027-02-10 19:00"),
        # The clock change of 1 November 2026 shows 01:30 twice; the one of 14 March 2027 never shows 02:30.
        (date(2026, 11, 1), time(1, 30), "America/Chicago", "2026-11-01 06:30"),
        (date(2027, 3, 14), time(2, 30), "America/Chicago", "2027-03-14 08:00"),
        # Samoa had no 30 December 2011.
        (date(2011, 12, 30), time(9), "Pacific/Apia", "2011-12-30 10:00"),
    ],
)
def test_a_local_time_becomes_one_moment(day: date, at: time, zone: str, utc: str):
    assert moment_of(day, at, zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_every_rule_gives_each_zone_one_moment_a_month_for_eleven_years_in_order_and_at_the_local_time():
    months = [Month(2026, 1)]
    while len(months) < 132:
        months.append(months[-1].next())
    rules = [rule for rule, _month, _day in RULES]
    days = {rule: [rule.day_in(month) for month in months] for rule in rules}
    wrong = []
    for zone in sorted(available_timezones()):
        place = ZoneInfo(zone)
        for rule in dict.fromkeys(rules):
            moments = [moment_of(day, time(9), zone) for day in days[rule]]
            if len({*moments}) != len(months) or sorted(moments) != moments:
                wrong.append((zone, rule))
            shown = [moment.astimezone(place) for moment in moments]
            if [(one.date(), one.time()) for one in shown] != [(day, time(9)) for day in days[rule]]:
                wrong.append((zone, rule))

    assert wrong == []


def test_a_time_in_a_gap_is_the_first_moment_after_it_in_every_zone():
    wrong = []
    for zone in sorted(available_timezones()):
        place = ZoneInfo(zone)
        for minutes in range(0, 24 * 60, 30):
            at = time(minutes // 60, minutes % 60)
            moment = moment_of(date(2027, 3, 28), at, zone)
            shown = moment.astimezone(place)
            just_before = (moment - timedelta(seconds=1)).astimezone(place)
            wanted = datetime.combine(date(2027, 3, 28), at)
            if shown.replace(tzinfo=None) != wanted <= just_before.replace(tzinfo=None):
                wrong.append((zone, at))

    assert wrong == []
