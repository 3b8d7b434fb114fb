"""Story A9: a month is reported, accepted and locked, and what comes late is named as late."""

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect

from advocacy.reports.actions import reports
from tests.browser.conftest import Screen, SitDown
from tests.cast import Cast
from tests.factories.log import alma_reyes
from tests.factories.months import met, story_of_february

pytestmark = pytest.mark.browser
FIRST_OF_MARCH = datetime(2027, 3, 1, 15, tzinfo=UTC)
FIFTEENTH, APRIL = datetime(2027, 3, 15, 15, tzinfo=UTC), datetime(2027, 4, 1, 15, tzinfo=UTC)
MEANINGFUL = re.compile(r"^Meaningful interactions: ")


def open_report(page: Page, month: str) -> None:
    page.goto(f"/reports/?period={month}")
    page.locator("main").get_by_role("link", name="Gulf Prairie").click()


def test_report_lock_and_late_entry(cast: Cast, sit_down: SitDown, screen: Screen, clock):
    clock.move_to(FIRST_OF_MARCH)
    reyes = alma_reyes()
    story_of_february(cast, reyes)
    reports.open_due(now=FIRST_OF_MARCH)
    dana = sit_down(cast.dana, screen)

    open_report(dana, "2027-02")
    expect(dana.get_by_role("link", name=MEANINGFUL)).to_have_text("4")
    reached = dana.get_by_role("region", name="Officials reached")
    expect(reached.locator("tbody tr")).to_have_count(3)
    expect(reached).to_contain_text("1 restricted record counted, not shown")
    expect(dana.get_by_role("region", name="Numbers").locator("input, textarea, select")).to_have_count(0)

    dana.get_by_role("link", name="Write and submit").click()
    dana.get_by_label("In one sentence").fill("The data exchange bill found friends.")
    dana.get_by_role("button", name="Submit").click()
    expect(dana.locator(".lede")).to_contain_text("Submitted by Dana Whitfield, March 1, 2027, 9 a.m. CST.")

    angela = sit_down(cast.angela, screen)
    open_report(angela, "2027-02")
    angela.get_by_role("link", name="Accept or return").click()
    angela.get_by_text("Accept", exact=True).click()
    angela.get_by_role("button", name="Decide").click()
    expect(angela.locator(".lede")).to_contain_text("Accepted")
    angela.goto("/reports/?period=2027-02")
    angela.get_by_role("link", name="Lock this month").click()
    angela.get_by_role("button", name="Lock this month").click()
    expect(angela.get_by_text("Version 1, ")).to_be_visible()

    clock.move_to(FIFTEENTH)
    met(cast, reyes, date(2027, 2, 26))
    clock.move_to(APRIL)
    reports.open_due(now=APRIL)
    dana = sit_down(cast.dana, screen)  # her session of February has ended
    open_report(dana, "2027-02")
    numbers = dana.locator("tr", has=dana.get_by_role("link", name=MEANINGFUL))
    expect(numbers.get_by_role("link", name=MEANINGFUL)).to_have_text("4")
    expect(numbers.locator("td").last).to_have_text("5")
    open_report(dana, "2027-03")
    expect(dana.get_by_text("Late additions: 1 (Feb)")).to_be_visible()
