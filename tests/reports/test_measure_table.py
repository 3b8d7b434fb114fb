"""The measures on the page of a chapter's report (DOMAIN.md §6.1, item 6)."""

from datetime import UTC, date, datetime

import pytest

from advocacy.positions.models import Standpoint
from advocacy.reports import measure_table, page
from advocacy.reports.measure_table import Line
from legislation.models import DeadlineKind, LegislativeSession, Official, SessionDeadline, Stage
from members.access import keep_reach
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes
from tests.factories.measures import heard, measure, proposed, stepped, took, tracked
from tests.factories.months import met, report_on


@pytest.fixture
def reyes(cast: Cast, clock) -> Official:
    clock.move_to(datetime(2027, 3, 1, 15, tzinfo=UTC))
    return alma_reyes()


def table(cast: Cast, who: str = "dana") -> list[Line]:
    return measure_table.followed(report_on(cast.gulf_prairie), getattr(cast, who))


def test_the_table_has_tiers_1_and_2_as_they_stood_at_the_end_of_the_month(cast: Cast, reyes: Official):
    bills = [measure(f"HB {number}") for number in range(1, 6)]
    for bill, tier in zip(bills, (2, 1, 3, 4, 1), strict=True):
        tracked(bill, cast.gulf_prairie, tier=tier)
    tracked(measure("HB 6"), cast.hill_country, tier=1)
    tracked(measure("HB 7"), cast.gulf_prairie, tier=1, since=date(2027, 3, 1))
    first = bills[1]
    stepped(first, Stage.COMMITTEE_1, date(2027, 2, 28), local_label="Left pending")
    stepped(first, Stage.HEARING_1, date(2027, 3, 1))
    stepped(bills[0], Stage.INTRODUCED, date(2027, 1, 31))

    found = [(line.measure, line.tier, line.stage, line.moved) for line in table(cast)]
    assert found == [
        (first, 1, "Left pending", True),
        (bills[4], 1, "", False),
        (bills[0], 2, "Introduced", False),
    ]


def test_the_next_date_is_an_announced_step_or_the_end_of_the_session(cast: Cast, reyes: Official):
    first, second = measure("HB 1"), measure("HB 2")
    for bill in (first, second):
        tracked(bill, cast.gulf_prairie)
    stepped(first, Stage.HEARING_1, date(2027, 3, 4))
    LegislativeSession.objects.update(starts_on=date(2027, 1, 12), ends_on=date(2027, 6, 1))

    assert [line.ahead for line in table(cast)] == [
        "March 4, 2027: Hearing held",
        "May 31, 2027: session ends",
    ]


def test_the_next_date_is_the_soonest_of_hearings_and_dates_of_the_session(cast: Cast, reyes: Official):
    heard_soon, dated, off = (measure(f"HB {number}") for number in range(1, 4))
    for bill in (heard_soon, dated, off):
        tracked(bill, cast.gulf_prairie)
    # Late in the evening of the 10th in Chicago it is the 11th elsewhere.
    heard(heard_soon, datetime(2027, 3, 11, 3, tzinfo=UTC))
    heard(off, datetime(2027, 3, 3, 15, tzinfo=UTC), status="cancelled")
    heard(dated, datetime(2027, 2, 20, 15, tzinfo=UTC))
    SessionDeadline.objects.create(session=dated.session, kind=DeadlineKind.CROSSOVER, on=date(2027, 3, 15))

    assert [line.ahead for line in table(cast)] == [
        "March 10, 2027: Hearing, Public Health",
        "March 15, 2027: Last day to leave the first chamber",
        "March 15, 2027: Last day to leave the first chamber",
    ]


def test_the_next_sixty_days_hold_hearings_and_dates_of_what_the_chapter_follows(cast: Cast, reyes: Official):
    bill, other = measure("HB 1"), measure("SB 9", session="91R")
    tracked(bill, cast.gulf_prairie, tier=3)
    tracked(other, cast.hill_country)
    hearing = heard(bill, datetime(2027, 3, 11, 15, tzinfo=UTC))
    heard(other, datetime(2027, 3, 11, 15, tzinfo=UTC))
    for session, day in ((bill.session, date(2027, 3, 15)), (other.session, date(2027, 3, 16))):
        SessionDeadline.objects.create(session=session, kind=DeadlineKind.CROSSOVER, on=day)

    ahead = page.next_days(report_on(cast.gulf_prairie), cast.dana, date(2027, 3, 1))

    assert [(one.on, one.what, one.url) for one in ahead] == [
        (date(2027, 3, 11), "Hearing on HB 1 (90R), Public Health", hearing.get_absolute_url()),
        (
            date(2027, 3, 15),
            "Texas: Last day to leave the first chamber",
            bill.session.jurisdiction.get_absolute_url(),
        ),
    ]


def test_positions_are_the_chapters_and_the_societys_and_a_proposal_is_called_one(
    cast: Cast, reyes: Official
):
    bill = measure("HB 1")
    tracked(bill, cast.gulf_prairie)
    took(bill, None, Standpoint.SUPPORT, cast.jordan)
    took(bill, cast.hill_country, Standpoint.NEUTRAL, cast.jordan)
    took(bill, cast.gulf_prairie, Standpoint.MONITOR, cast.jordan, ends_on=date(2027, 2, 28))
    proposed(bill, cast.gulf_prairie, Standpoint.OPPOSE)

    assert [line.positions for line in table(cast)] == [["Proposed: Oppose", "Society: Support"]]


def test_our_last_action_is_the_newest_contact_that_this_reader_may_see(cast: Cast, reyes: Official):
    bill = measure("HB 1")
    tracked(bill, cast.gulf_prairie)
    shown = met(cast, reyes, date(2027, 2, 3), measures=[bill])
    met(cast, reyes, date(2027, 2, 2), measures=[bill])
    met(cast, reyes, date(2027, 2, 9), measures=[bill], confidentiality="restricted")

    assert [line.last_contact for line in table(cast)] == [shown]


def test_the_page_shows_the_table_and_says_where_nothing_can_be_shown(cast: Cast, reyes: Official):
    report = report_on(cast.gulf_prairie)
    browser = browser_of(cast.dana)
    empty = browser.get(report.get_absolute_url()).content.decode()
    bill = measure("HB 1")
    tracked(bill, cast.gulf_prairie)
    stepped(bill, Stage.INTRODUCED, date(2027, 2, 2))
    shown = browser.get(report.get_absolute_url()).content.decode()
    card = shown.partition('id="measures-title"')[2].partition("</section>")[0]

    assert "No measure that you may see here is in tier 1 or 2." in empty
    assert [
        words in card for words in ("HB 1 (90R)", "Tier 1", "Introduced", "Feb. 2, 2027", "Moved this month")
    ] == [True] * 5


@pytest.mark.parametrize("number", [1, 3])
def test_the_table_asks_as_often_for_one_measure_as_for_three(
    cast: Cast, reyes: Official, django_assert_num_queries, number: int
):
    for one in range(number):
        bill = measure(f"HB {one}")
        tracked(bill, cast.gulf_prairie)
        stepped(bill, Stage.INTRODUCED, date(2027, 2, 2))
        met(cast, reyes, date(2027, 2, 3), measures=[bill])
    report = report_on(cast.gulf_prairie)
    keep_reach(cast.dana)

    with django_assert_num_queries(10):
        assert len(measure_table.followed(report, cast.dana)) == number
