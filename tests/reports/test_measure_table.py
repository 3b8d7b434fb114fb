"""The measures on the page of a chapter's report (DOMAIN.md §6.1, item 6)."""

from datetime import UTC, date, datetime

import pytest

from advocacy.positions.models import Standpoint
from advocacy.reports import measure_table
from advocacy.reports.measure_table import Line
from legislation.models import LegislativeSession, Official, Stage
from members.access import keep_reach
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes
from tests.factories.measures import measure, proposed, stepped, took, tracked
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
    page = browser.get(report.get_absolute_url()).content.decode()
    card = page.partition('id="measures-title"')[2].partition("</section>")[0]

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

    with django_assert_num_queries(6):
        assert len(measure_table.followed(report, cast.dana)) == number
