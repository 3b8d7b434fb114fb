"""Story A9: a month is reported, accepted and locked, and what comes late is named as late."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect

from advocacy.kernel.exports import plain_text
from advocacy.reports.actions import reports
from tests.browser.conftest import Screen, SitDown
from tests.cast import Cast
from tests.factories.log import alma_reyes
from tests.factories.months import met, story_of_february

pytestmark = [pytest.mark.browser, pytest.mark.story]
FIRST_OF_MARCH = datetime(2027, 3, 1, 15, tzinfo=UTC)
FIFTEENTH, APRIL = datetime(2027, 3, 15, 15, tzinfo=UTC), datetime(2027, 4, 1, 15, tzinfo=UTC)
MEANINGFUL = re.compile(r"^Meaningful interactions: ")


def open_report(page: Page, month: str) -> None:
    page.goto(f"/reports/?period={month}")
    page.locator("main").get_by_role("link", name="Gulf Prairie").click()


def the_national_report_counts_once(angela: Page) -> None:
    """As it was issued: four contacts, one of them in two chapters, and a file that says what the screen says."""
    angela.goto("/reports/?period=2027-02")
    angela.get_by_role("link", name="National report").click()
    expect(angela.get_by_text("Issued, version 1")).to_be_visible()
    headlines = angela.get_by_role("region", name="Headlines")
    expect(headlines.get_by_role("row", name="Meaningful interactions")).to_contain_text("4")

    chapters = angela.get_by_role("region", name="Chapters", exact=True)
    interactions = chapters.locator("tbody tr td:nth-child(5)").all_inner_texts()
    assert sum(map(int, interactions)) == 5
    expect(chapters).to_contain_text("All chapters together, each interaction once: 4.")
    expect(chapters).to_contain_text("chapter figures may add to more than the total")

    for drawing in angela.locator("figure.chart svg[role=img]").all():
        table = drawing.locator("xpath=ancestor::section").locator("table")
        expect(table).to_have_count(1)

    table = chapters.locator("table")
    shown = [row.locator("th, td").all_inner_texts() for row in table.locator("tr").all()]
    with angela.expect_download() as download:
        chapters.get_by_role("link", name="Download CSV").click()
    text = download.value.path().read_text("utf-8-sig")
    assert [[plain_text(cell) for cell in row] for row in csv.reader(io.StringIO(text))] == shown


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

    angela = sit_down(cast.angela, screen)
    the_national_report_counts_once(angela)
