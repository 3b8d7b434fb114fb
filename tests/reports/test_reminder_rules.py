"""Story A10: who hears when about a report that does not come."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from advocacy.accounts.models import User
from advocacy.kernel.periods import Month
from advocacy.kernel.reminder_rules import Days, reminder_rules
from advocacy.outbox import delivery
from advocacy.outbox.models import KeptMessage, OutboundMessage
from advocacy.reports.actions import reports
from advocacy.reports.models import ChapterReport
from campaigns.models import Occurrence
from campaigns.reminders import planner
from members.models import RoleAssignment
from tests.cast import Cast
from tests.factories.meetings import CHICAGO, planned
from tests.factories.months import report_on, submitted_at
from tests.factories.people import taskforce_lead, vice_chair_of

RULES = ("reports.opens", "reports.due", "reports.overdue", "reports.to_vice_chair", "reports.to_lead")
THE_STORY = {
    1: {"Luis"},
    3: {"Luis"},
    5: {"Luis"},
    8: {"Luis"},
    10: {"Luis", "Tom"},
    12: {"Luis", "Tom", "Pat", "Angela"},
}


def chicago(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=CHICAGO)


def told_on(clock: time_machine.Traveller, moment: datetime) -> dict[str, str]:
    """The subject of what everybody is mailed then."""
    clock.move_to(moment)
    known = set(OutboundMessage.objects.values_list("pk", flat=True))
    planner.tick(moment)
    rows = OutboundMessage.objects.exclude(pk__in=known).select_related("user")
    return {row.user.get_short_name(): row.subject for row in rows if row.user}


def heard(clock: time_machine.Traveller) -> dict[int, set[str]]:
    """By day of March, whoever is mailed at nine in the morning."""
    days = {day: set(told_on(clock, chicago(3, day))) for day in range(1, 32)}
    return {day: names for day, names in days.items() if names}


def test_the_days_of_story_a10(cast: Cast, clock: time_machine.Traveller):
    report_on(cast.hill_country)

    assert heard(clock) == THE_STORY


def test_what_each_of_them_reads(cast: Cast, clock: time_machine.Traveller):
    report_on(cast.hill_country)

    mine = [told_on(clock, chicago(3, day))["Luis"] for day in (1, 3, 5, 8)]
    others = told_on(clock, chicago(3, 10))["Tom"], told_on(clock, chicago(3, 12))["Angela"]

    what = "Report of Hill Country for February 2027"
    assert mine == [
        f"{what} is open, and due on March 5, 2027",
        f"{what} is due on March 5, 2027",
        f"{what} is due today",
        f"{what} was due on March 5, 2027",
    ]
    assert others == (f"{what} (Luis Ortega) was due on March 5, 2027",) * 2


def test_asking_again_the_same_day_tells_nothing_twice(cast: Cast, clock: time_machine.Traveller):
    report_on(cast.hill_country)

    first = told_on(clock, chicago(3, 12))
    again = [told_on(clock, chicago(3, 12, 9 + hour)) for hour in range(1, 9)]

    assert set(first) == THE_STORY[12]
    assert again == [{}] * 8


def test_an_excused_or_submitted_report_is_not_chased(cast: Cast, clock: time_machine.Traveller):
    now = datetime(2027, 3, 2, tzinfo=UTC)
    reports.excuse(report_on(cast.hill_country), by=cast.angela, reason="On leave.", now=now)
    report_on(cast.gulf_prairie, **submitted_at(now, cast.dana))

    assert heard(clock) == {}


def test_an_excuse_between_planning_and_sending_takes_the_mail_back(
    cast: Cast, clock: time_machine.Traveller
):
    report = report_on(cast.hill_country)
    written = told_on(clock, chicago(3, 8))
    reports.excuse(report, by=cast.angela, reason="On leave.", now=chicago(3, 8))

    delivery.deliver()
    planner.tick(chicago(3, 8, 9, 1))

    assert set(written) == {"Luis"}
    assert list(KeptMessage.objects.all()) == []
    overdue = Occurrence.objects.get(rule="reports.overdue")
    assert (overdue.state, overdue.reason) == (
        "skipped",
        "Nothing of it is left to do, or not for them to read.",
    )


def test_a_returned_report_is_chased_again(cast: Cast, clock: time_machine.Traveller):
    now = datetime(2027, 3, 9, tzinfo=UTC)
    report = report_on(cast.hill_country, **submitted_at(now, cast.luis))
    reports.send_back(report, by=cast.angela, reason="Which bill?", now=now)
    days = [day for day, names in heard(clock).items() if day >= 9 and names]

    assert days == [10, 12]


@pytest.mark.parametrize(
    ("chapter", "period", "days"),
    [
        # 1 January 2027 is a Friday; Martin Luther King's day is the 18th.
        ("gulf_prairie", Month(2026, 12), ["01-04", "01-06", "01-08", "01-11", "01-13", "01-15"]),
        # Canada Day is no business day of a Canadian chapter, nor the Fourth of July of an American one.
        ("cascadia_north", Month(2027, 6), ["07-02", "07-06", "07-08", "07-09", "07-13", "07-15"]),
        ("hill_country", Month(2027, 6), ["07-01", "07-06", "07-08", "07-09", "07-13", "07-15"]),
        # 2028 has a 29 February.
        ("gulf_prairie", Month(2028, 1), ["02-01", "02-03", "02-07", "02-08", "02-10", "02-14"]),
        ("gulf_prairie", Month(2028, 2), ["03-01", "03-03", "03-07", "03-08", "03-10", "03-14"]),
    ],
)
def test_days_are_business_days_of_the_chapters_country(
    cast: Cast, chapter: str, period: Month, days: list[str]
):
    report_on(getattr(cast, chapter), period)
    around = Days(period.end, period.end + timedelta(days=30))

    found = {
        one.day for name in RULES for one in reminder_rules[name].due(around, reminder_rules[name].offsets)
    }

    assert [f"{day:%m-%d}" for day in sorted(found)] == days


def test_a_holiday_of_the_readers_own_province_moves_no_deadline(cast: Cast, clock: time_machine.Traveller):
    """British Columbia Day, 2 August 2027, is a business day of Canada: the month opens on it."""
    report_on(cast.cascadia_north, Month(2027, 7))

    at_nine = told_on(clock, datetime(2027, 8, 2, 16, tzinfo=UTC))

    assert set(at_nine) == {"Noor"}


def test_whoever_left_is_not_reminded(cast: Cast, clock: time_machine.Traveller):
    cast.luis.roles.update(ends_on=date(2027, 3, 4))
    report_on(cast.hill_country)

    assert [day for day, names in heard(clock).items() if "Luis" in names] == [1, 3]


def test_a_role_that_ends_between_planning_and_sending_takes_the_mail_back(
    cast: Cast, clock: time_machine.Traveller
):
    report_on(cast.hill_country)
    told_on(clock, chicago(3, 10))
    RoleAssignment.objects.filter(person=cast.tom).update(ends_on=date(2027, 3, 10))

    delivery.deliver()

    assert [row.recipient for row in KeptMessage.objects.all()] == [cast.luis.email]


def test_somebody_with_two_roles_reads_of_it_once(cast: Cast, clock: time_machine.Traveller):
    """The president leads the task force and speaks for the region as well."""
    vice_chair_of(cast.southern, person=cast.pat)
    taskforce_lead(person=cast.pat)
    report_on(cast.hill_country)

    told_on(clock, chicago(3, 12))

    (mail,) = OutboundMessage.objects.filter(user=cast.pat)
    assert mail.text.count("Report of Hill Country for February 2027 (Luis Ortega)") == 1


def test_what_is_given_up_on_is_chased_no_more(cast: Cast, clock: time_machine.Traveller):
    """Ten days after the meeting of 10 March: a planner that comes back then says nothing of it."""
    report_on(cast.hill_country)
    rule = reminder_rules["reports.overdue"]
    person = User.objects.get(pk=cast.luis.pk)
    (period, *_more) = [
        one.period for one in rule.due(Days(date(2027, 3, 8), date(2027, 3, 8)), rule.offsets)
    ]

    clock.move_to(chicago(3, 20))
    on_the_last_day = rule.words(person, [period], date(2027, 3, 20))
    clock.move_to(chicago(3, 21))

    assert list(on_the_last_day) == [period]
    assert rule.words(person, [period], date(2027, 3, 21)) == {}


def test_a_chapter_without_an_advocate_is_shown_to_the_others(cast: Cast, clock: time_machine.Traveller):
    cast.luis.roles.update(ends_on=date(2027, 3, 1))
    report_on(cast.hill_country)

    assert told_on(clock, chicago(3, 10)) == {
        "Tom": "Report of Hill Country for February 2027 (it has no advocate) was due on March 5, 2027"
    }


def test_the_draft_of_the_national_report_is_read_before_the_meeting(
    cast: Cast, clock: time_machine.Traveller
):
    planned(cast.angela)
    (sunday,) = {one.day for one in reminder_rules["reports.pre_read"].due(
        Days(date(2027, 2, 1), date(2027, 2, 28)), (-3,)
    )}  # fmt: skip

    told_on(clock, chicago(2, 5))

    mail = OutboundMessage.objects.get(user=cast.dana)
    assert sunday == date(2027, 2, 7)
    assert "To read before the meeting: the draft of the national report for January 2027" in mail.text
    assert "/reports/national/2027-01/" in mail.text


def test_asking_takes_as_many_questions_for_many_reports_as_for_one(cast: Cast, django_assert_num_queries):
    days = Days(date(2027, 3, 1), date(2027, 3, 12))
    rule = reminder_rules["reports.overdue"]
    for chapters in ([cast.hill_country], [cast.gulf_prairie, cast.three_capitals, cast.cascadia_north]):
        for chapter in chapters:
            report_on(chapter)
        with django_assert_num_queries(5):
            owed = list(rule.due(days, rule.offsets))

    assert len(owed) == 3 * ChapterReport.objects.count()
