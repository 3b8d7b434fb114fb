"""The end of a session (W10): swept in bulk on a phone, and what came of our work recorded."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from advocacy.positions.models import Outcome
from legislation.models import CarryOver, Disposition, Measure, Stage
from tests.browser.axe import faults_of
from tests.browser.conftest import Screen, SitDown
from tests.cast import TODAY, Cast
from tests.factories.measures import adjourned, measure, stepped, tracked

pytestmark = [pytest.mark.browser, pytest.mark.story]
SINE_DIE = TODAY - timedelta(days=5)


def a_session_that_is_over(cast: Cast) -> None:
    """Sixty bills in committee, and one that Gulf Prairie follows and that may still be signed."""
    for number in range(1, 61):
        stepped(measure(f"HB {number}"), Stage.COMMITTEE_1, date(2027, 1, 20))
    enrolled = measure("SB 7")
    stepped(enrolled, Stage.ENROLLED, date(2027, 1, 29))
    tracked(enrolled, cast.gulf_prairie, owner=cast.dana)
    tracked(Measure.objects.get(number="HB 3"), cast.gulf_prairie, owner=cast.dana)
    adjourned(SINE_DIE, carry_over=CarryOver.ENDS, signing_days=20)


def stays_within(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_session_is_swept_in_bulk_and_taken_back(cast: Cast, sit_down: SitDown, screen: Screen):
    a_session_that_is_over(cast)
    angela = sit_down(cast.angela, screen)
    angela.goto("/measures/")
    angela.get_by_role("link", name="Session sweep").click()
    angela.get_by_role("link", name="Texas, 90R").click()

    first = angela.get_by_role("checkbox").first
    expect(angela.locator("form .row").nth(0)).to_contain_text("HB 3")
    expect(angela.locator("form .row").nth(1)).to_contain_text("Awaiting the executive")
    first.check()
    angela.get_by_role("button", name="Confirm those ticked").click()
    expect(angela.get_by_text("1 measure is confirmed.")).to_be_visible()

    if screen.is_phone:
        angela.get_by_text("Filters", exact=True).click()
    angela.get_by_label("Disposition").select_option(label="Died")
    angela.get_by_role("button", name="Apply filters").click()
    angela.get_by_role("button", name="Confirm all 59 of this filter").click()
    expect(angela.get_by_role("heading", name="Confirm 59 measures?")).to_be_visible()
    assert faults_of(angela) == []
    assert stays_within(angela)
    angela.get_by_role("button", name="Confirm 59 measures").click()
    expect(angela.get_by_text("59 measures are confirmed.")).to_be_visible()
    assert Disposition.objects.filter(kind="died").count() == 60

    angela.get_by_role("link", name="Clear all").first.click()
    expect(angela.locator("form .row")).to_have_count(1)
    assert stays_within(angela)
    angela.get_by_role("link", name="Confirmed").click()
    angela.get_by_role("checkbox").first.check()
    angela.get_by_role("button", name="Take back those ticked").click()
    expect(angela.get_by_text("1 measure is open again.")).to_be_visible()
    assert Disposition.objects.count() == 59


def test_the_owner_records_what_came_of_the_work(cast: Cast, sit_down: SitDown, screen: Screen):
    a_session_that_is_over(cast)
    stepped(Measure.objects.get(number="SB 7"), Stage.ENACTED, TODAY)
    dana = sit_down(cast.dana, screen)
    dana.goto("/measures/")
    dana.get_by_role("link", name="Outcomes to record").click()
    dana.get_by_role("link", name="SB 7").click()
    dana.get_by_label("Our part in it").select_option(label="In a coalition")
    dana.get_by_label("Lessons").fill("Begin with the committee staff.")
    assert faults_of(dana) == []
    assert stays_within(dana)
    dana.get_by_role("button", name="Record the outcome").click()

    ours = dana.get_by_role("region", name="What came of our work")
    expect(ours).to_contain_text("Our part in it: In a coalition")
    assert Outcome.objects.get().contribution == "coalition"
