"""Story A10: who hears when about a report that does not come."""

from datetime import UTC, date, datetime, timedelta

from advocacy.kernel.periods import Month
from advocacy.reports.actions import reports
from advocacy.reports.reminder_rules import due_reminders
from tests.cast import Cast
from tests.factories.months import report_on, submitted_at

FIRST = date(2027, 3, 1)


def heard(days: int = 31) -> dict[int, tuple[str, list[str]]]:
    """By day of March: the step, and everybody it goes to, the advocates first."""
    found = {}
    for number in range(days):
        for one in due_reminders(FIRST + timedelta(days=number)):
            names = [person.full_name.split()[0] for person in (*one.to, *one.also)]
            found[number + 1] = (str(one.step), names)
    return found


def test_the_days_of_story_a10(cast: Cast):
    report_on(cast.hill_country)

    assert heard() == {
        1: ("opens", ["Luis"]),
        3: ("due_soon", ["Luis"]),
        5: ("due_today", ["Luis"]),
        8: ("overdue", ["Luis"]),
        10: ("to_vice_chair", ["Luis", "Tom"]),
        12: ("to_lead", ["Luis", "Tom", "Pat", "Angela"]),
    }


def test_asking_again_gives_the_same_keys(cast: Cast):
    report_on(cast.hill_country)
    day = date(2027, 3, 12)

    assert [one.key for one in due_reminders(day)] == [one.key for one in due_reminders(day)]


def test_an_excused_or_submitted_report_is_not_chased(cast: Cast):
    now = datetime(2027, 3, 2, tzinfo=UTC)
    reports.excuse(report_on(cast.hill_country), by=cast.angela, reason="On leave.", now=now)
    report_on(cast.gulf_prairie, **submitted_at(now, cast.dana))

    assert heard() == {}


def test_a_returned_report_is_chased_again(cast: Cast):
    now = datetime(2027, 3, 2, tzinfo=UTC)
    report = report_on(cast.gulf_prairie, **submitted_at(now, cast.dana))
    reports.send_back(report, by=cast.angela, reason="Which bill?", now=now)

    assert list(heard()) == [1, 3, 5, 8, 10, 12]


def test_a_month_that_opens_on_a_holiday_is_announced_on_the_next_business_day(cast: Cast):
    """1 January 2027 is a Friday."""
    report_on(cast.gulf_prairie, Month(2026, 12))
    days = [date(2027, 1, day) for day in range(1, 6)]

    assert [day.day for day in days if list(due_reminders(day))] == [4]


def test_whoever_left_is_not_reminded(cast: Cast):
    cast.luis.roles.update(ends_on=date(2027, 3, 4))
    report_on(cast.hill_country)

    assert heard()[5] == ("due_today", [])
