"""Story A1: log a meeting, on a phone and on a laptop."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screen, SitDown
from tests.browser.logging import SAVED, SUMMARY, tell_story_a1
from tests.cast import Cast
from tests.factories.log import alma_reyes, hb_210

pytestmark = [pytest.mark.browser, pytest.mark.story]


def press_log_interaction(page: Page, screen: Screen) -> None:
    """In the tab bar on a phone, in the bar on top on a laptop: always at hand."""
    navigation = "Quick navigation" if screen.is_phone else ""
    place = page.get_by_role("navigation", name=navigation) if navigation else page.get_by_role("banner")
    place.get_by_role("link", name="Log interaction").click()


def officials_reached(page: Page) -> str:
    page.goto("/chapters/gulf-prairie/")
    return page.locator(".stat", has_text="Officials reached").locator(".stat-value").inner_text()


def test_dana_logs_a_meeting_on_one_screen_in_under_ninety_seconds(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    reyes = alma_reyes()
    hb_210()
    page = sit_down(cast.dana, screen)
    assert officials_reached(page) == "0"
    page.goto("/")
    press_log_interaction(page, screen)
    expect(page.get_by_label("Date", exact=True)).to_have_value("2027-02-09")
    screens: list[str] = []
    page.on("framenavigated", lambda frame: screens.append(frame.url))

    hands = tell_story_a1(page)

    expect(page.get_by_role("status").get_by_text(f"{SAVED} 2 follow-ups are on your list.")).to_be_visible()
    assert len(screens) == 1
    assert hands.seconds < 90
    follow_ups = page.locator(".card", has_text="Follow-ups").locator(".row")
    expect(follow_ups).to_have_count(2)
    expect(follow_ups.nth(0)).to_contain_text("Send thank-you")
    expect(follow_ups.nth(0)).to_contain_text("Wed, Feb. 10, 2027")
    expect(follow_ups.nth(1)).to_contain_text("Check response")
    expect(follow_ups.nth(1)).to_contain_text("Wed, Feb. 24, 2027")
    expect(page.get_by_text("Kim Ito")).to_be_visible()
    expect(page.get_by_text("Cosponsor: HB 210 (90R)")).to_be_visible()
    expect(page.get_by_text("Will consider")).to_be_visible()
    expect(page.get_by_text("Lean yes – Via staff")).to_be_visible()

    page.goto(reyes.get_absolute_url())
    standing = page.locator(".card", has_text="Where we stand")
    expect(standing).to_contain_text("Last contact Feb. 9, 2027", use_inner_text=True)
    expect(standing).to_contain_text("Touched (office only)")
    expect(page.locator(".timeline")).to_contain_text(SUMMARY)

    assert officials_reached(page) == "1"
    expect(page.locator(".timeline")).to_contain_text(SUMMARY)

    page.goto("/")
    due = page.locator(".card", has_text="Follow-ups due")
    expect(due).to_contain_text("Send thank-you")
