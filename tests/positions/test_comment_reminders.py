"""Mail about comments that close: to who answers for them, by both clocks, until ours is handed in."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine

from legislation.models import CommentPeriod, Measure
from members.models import RoleAssignment
from tests.cast import NOW, TODAY, Cast
from tests.factories.comments import LAST_EVENING, NEW_YORK, comments_on
from tests.factories.measures import measure, tracked
from tests.positions.reminding import chicago, subjects, written

WEEK = timedelta(weeks=1)
# 28 February is a Sunday, and so are the days two and four weeks before it; Friday is the working day before.
FRIDAYS = [chicago(2, 12), chicago(2, 19), chicago(2, 26)]
SAID = (
    "Rule 1 (2027): comments close Sunday Feb. 28, 2027, 22:59 your time"
    " (Sunday Feb. 28, 2027, 23:59, New York time)"
)


def rule_of(cast: Cast, **fields: object) -> Measure:
    rule = measure("Rule 1", session="2027", kind="regulation")
    tracked(rule, cast.gulf_prairie, tier=2, owner=cast.dana)
    comments_on(rule, **fields)
    return rule


def test_owner_lead_and_whoever_writes_our_comment_hear_of_the_close_three_times(
    cast: Cast, clock: time_machine.Traveller
):
    rule_of(cast, comment_lead=cast.sam)
    days = (chicago(2, day, 10) for day in range(10, 29))

    mails = written(clock, *days)

    assert {name for name, _subject in mails} == {"Angela", "Dana", "Sam"}
    assert subjects(mails, "Dana") == [SAID] * 3
    assert [len(subjects(mails, name)) for name in ("Angela", "Sam")] == [3, 3]


def test_the_reader_in_the_west_is_told_three_hours_less(cast: Cast, clock: time_machine.Traveller):
    cast.sam.time_zone = "America/Los_Angeles"
    cast.sam.save()
    rule_of(cast, comment_lead=cast.sam)

    (said,) = subjects(written(clock, FRIDAYS[0] + timedelta(hours=2)), "Sam")

    assert said == (
        "Rule 1 (2027): comments close Sunday Feb. 28, 2027, 20:59 your time"
        " (Sunday Feb. 28, 2027, 23:59, New York time)"
    )


def test_a_leap_day_is_a_day_of_the_agency(cast: Cast, clock: time_machine.Traveller):
    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=None)
    rule_of(cast, closes_at=datetime(2028, 2, 29, 23, 59, tzinfo=ZoneInfo(NEW_YORK)))

    days = [bool(subjects(written(clock, chicago(2, day, year=2028)), "Dana")) for day in (15, 22, 25, 28)]

    # Two days before Tuesday the 29th is a Sunday.
    assert days == [True, True, True, False]


def test_nobody_is_asked_once_our_comment_is_in_or_the_close_has_passed(
    cast: Cast, clock: time_machine.Traveller
):
    rule_of(cast)
    week_by_week = [bool(written(clock, FRIDAYS[0]))]
    CommentPeriod.objects.update(submitted_at=NOW)
    week_by_week.append(bool(written(clock, FRIDAYS[1])))
    CommentPeriod.objects.update(submitted_at=None, closes_at=FRIDAYS[2] - timedelta(minutes=1))
    week_by_week.append(bool(written(clock, FRIDAYS[2])))

    assert week_by_week == [True, False, False]


def test_an_extension_is_due_anew_and_the_first_close_falls(cast: Cast, clock: time_machine.Traveller):
    rule_of(cast)
    CommentPeriod.objects.update(extended_to=LAST_EVENING + 2 * WEEK)

    fridays = [*FRIDAYS, chicago(3, 5), chicago(3, 12)]
    mails = [subjects(written(clock, moment), "Dana") for moment in fridays]

    later = SAID.replace("Feb. 28", "March 14")
    assert mails == [[], [], [later], [later], [later]]


def test_whoever_has_no_part_in_it_any_more_hears_nothing(cast: Cast, clock: time_machine.Traveller):
    rule_of(cast, comment_lead=cast.sam)
    RoleAssignment.objects.filter(person__in=[cast.sam, cast.dana, cast.angela]).update(
        ends_on=TODAY, is_primary=False
    )

    assert written(clock, FRIDAYS[0]) == []


def test_the_lead_hears_only_of_what_somebody_follows(cast: Cast, clock: time_machine.Traveller):
    comments_on(measure("Rule 2", session="2027", kind="regulation"))

    assert written(clock, FRIDAYS[0]) == []
