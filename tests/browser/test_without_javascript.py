"""The portal without JavaScript: slower, but whole."""

import pytest
from playwright.sync_api import Page, expect

from advocacy.interactions.models import FollowUp, Interaction
from tests.browser.conftest import PHONE, Screen, SitDown
from tests.browser.hands import Hands
from tests.browser.logging import LEGISLATION, OFFICIALS, SAVED, SUMMARY
from tests.cast import Cast
from tests.factories.log import alma_reyes, hb_210, logged
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.browser


def sign_in(page: Page, email: str) -> None:
    page.goto("/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def find(page: Page, group: str, words: str, option: str) -> None:
    """Type, press *Find*, tick what was found."""
    field = page.get_by_role("group", name=group)
    field.get_by_label("Type to search").fill(words)
    field.get_by_role("button", name="Find").click()
    page.get_by_role("group", name=group).get_by_label(option).check()


def test_sign_in_log_a_contact_and_close_the_follow_up(cast: Cast, sit_down: SitDown, screen: Screen):
    alma_reyes()
    hb_210()
    page = sit_down(None, screen, java_script_enabled=False)
    sign_in(page, cast.dana.email)
    expect(page.get_by_role("heading", name="Hello, Dana")).to_be_visible()

    page.goto("/log/new/")
    page.get_by_label("Name", exact=True).fill("Kim Ito")
    page.get_by_label("Role", exact=True).select_option(label="Policy staff")
    find(page, OFFICIALS, "Reyes", "Alma Reyes")
    expect(page.get_by_text("There is a problem")).to_have_count(0)
    find(page, "Measures", "HB 210", "HB 210")
    page.get_by_label("One-line summary").fill(SUMMARY)
    page.get_by_label("Ask", exact=True).select_option(label="Cosponsor")
    page.get_by_label("Response").select_option(label="Will consider")
    page.get_by_role("button", name="Add another ask").click()
    page.get_by_label("Ask", exact=True).last.select_option(label="Speak publicly")
    page.get_by_label("Response").last.select_option(label="Agreed")
    Hands(page).answer(LEGISLATION, "Yes")
    page.get_by_role("button", name="Save", exact=True).last.click()

    expect(page.get_by_text(f"{SAVED} 2 follow-ups are on your list.")).to_be_visible()
    record = Interaction.objects.get()
    assert [ask.kind for ask in record.asks.order_by("pk")] == ["cosponsor", "speak_publicly"]
    assert [str(one) for one in record.counterparts.all()] == ["Kim Ito"]
    page.get_by_role("button", name="Mark as done: Send thank-you").click()
    expect(page.get_by_text("Done: Send thank-you.")).to_be_visible()
    assert FollowUp.objects.open().count() == 1


def test_a_list_is_filtered(cast: Cast, sit_down: SitDown, screen: Screen):
    reyes = alma_reyes()
    logged(cast.dana, [reyes], summary="By telephone", kind="phone_call")
    logged(cast.dana, [reyes], summary="In the lobby")
    page = sit_down(cast.dana, screen, java_script_enabled=False)
    page.goto("/log/")

    if screen.is_phone:
        page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Kind").select_option(label="Phone call")
    page.get_by_role("button", name="Apply filters").click()

    expect(page.locator(".timeline-text")).to_have_text("By telephone")


def test_a_colleagues_record_is_joined(cast: Cast, sit_down: SitDown, screen: Screen):
    reyes = alma_reyes()
    meeting = logged(cast.dana, [reyes])
    page = sit_down(cast.luis, screen, java_script_enabled=False)
    page.goto(f"/log/new/?official={reyes.pk}")
    page.get_by_label("The official was there in person").check()
    Hands(page).answer("What was it for?", "Getting to know each other")
    page.get_by_label("One-line summary").fill("I was there too.")
    Hands(page).answer(LEGISLATION, "No")
    page.get_by_role("button", name="Save", exact=True).last.click()

    notice = page.get_by_role("group", name="Looks like a meeting that is in the log already")
    notice.get_by_label("Join this interaction").check()
    page.get_by_role("button", name="Save", exact=True).last.click()

    expect(page.get_by_text("You joined this interaction.")).to_be_visible()
    assert [str(credit) for credit in meeting.credits.all()] == ["Gulf Prairie", "Hill Country"]
    assert list(Interaction.objects.logged()) == [meeting]


def test_the_navigation_of_the_phone_opens(cast: Cast, sit_down: SitDown):
    page = sit_down(cast.dana, PHONE, java_script_enabled=False)
    page.goto("/")

    page.get_by_role("button", name="More").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Chapters").click()

    expect(page.get_by_role("heading", name="Chapters", level=1)).to_be_visible()
