"""How a chapter is doing, and why."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.interactions.models import FollowUp
from advocacy.kernel.periods import Month
from advocacy.reports.metrics.health import Health, health_of
from legislation.models import LegislativeSession, Official
from members.models import Chapter
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.log import alma_reyes
from tests.factories.months import met, report_on, submitted_at
from tests.factories.people import state

JANUARY = Month(2027, 1)


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


def judged(cast: Cast) -> tuple[str, list[str]]:
    found: Health = health_of(Chapter.objects.get(pk=cast.gulf_prairie.pk), NOW)
    return str(found.colour), found.reasons


def test_nothing_fails(cast: Cast, reyes: Official):
    met(cast, reyes, TODAY)

    assert judged(cast) == ("green", ["Advocate in post, report on time, in contact, nothing long overdue."])


def test_a_quiet_chapter_is_amber_after_60_days_in_session_and_120_outside(cast: Cast, reyes: Official):
    met(cast, reyes, TODAY - timedelta(days=60))
    outside = judged(cast)[0]
    LegislativeSession.objects.create(
        jurisdiction=state("tx", "Texas"), identifier="90", name="90th", starts_on=date(2027, 1, 12)
    )

    assert outside == "green"
    assert judged(cast) == ("amber", ["No meaningful interaction in the last 60 days."])


def test_two_failures_are_red_and_both_are_said(cast: Cast, reyes: Official):
    report_on(cast.gulf_prairie, JANUARY)

    assert judged(cast) == (
        "red",
        ["The report for January 2027 was not on time.", "No meaningful interaction in the last 120 days."],
    )


def test_an_excused_or_punctual_report_does_not_fail(cast: Cast, reyes: Official):
    met(cast, reyes, TODAY)
    report_on(cast.gulf_prairie, JANUARY, **submitted_at(datetime(2027, 2, 2, tzinfo=UTC), cast.dana))
    assert judged(cast)[0] == "green"


def test_a_month_without_an_advocate_is_red_by_itself(cast: Cast, reyes: Official):
    met(cast, reyes, TODAY)
    cast.dana.roles.update(ends_on=TODAY - timedelta(days=30))
    assert judged(cast) == ("amber", ["No advocate for 30 days."])

    cast.dana.roles.update(ends_on=TODAY - timedelta(days=31))
    assert judged(cast) == ("red", ["No advocate for 31 days."])


def test_only_what_is_overdue_for_more_than_14_days_fails(cast: Cast, reyes: Official):
    met(cast, reyes, TODAY)
    FollowUp.objects.update(due_on=TODAY - timedelta(days=14))
    assert judged(cast)[0] == "green"

    FollowUp.objects.update(due_on=TODAY - timedelta(days=15))
    assert judged(cast)[0] == "amber"


def test_a_new_chapter_is_grey_for_90_days(cast: Cast, reyes: Official):
    Chapter.objects.update(starts_on=TODAY - timedelta(days=89))
    assert judged(cast)[0] == "grey"

    Chapter.objects.update(starts_on=TODAY - timedelta(days=90))
    assert judged(cast)[0] == "amber"


def test_the_list_of_a_month_needs_as_many_queries_for_three_chapters_as_for_one(cast: Cast, reyes: Official):
    angela = browser_of(cast.angela)
    counts = []
    for chapter in (cast.gulf_prairie, cast.hill_country, cast.saint_laurent):
        report_on(chapter, JANUARY)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            angela.get("/reports/?period=2027-01")
        counts.append(len(queries))

    assert counts[0] == counts[2]
