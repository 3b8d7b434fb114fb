"""Story A2: one meeting, two chapters, one count."""

import pytest
from playwright.sync_api import expect

from advocacy.interactions.models import Interaction
from tests.browser.conftest import Screen, SitDown
from tests.browser.hands import Hands
from tests.browser.logging import OFFICIALS, save
from tests.cast import Cast
from tests.factories.log import alma_reyes, logged

pytestmark = [pytest.mark.browser, pytest.mark.story]


def test_luis_joins_danas_meeting_and_it_counts_once(cast: Cast, sit_down: SitDown, screen: Screen):
    reyes = alma_reyes()
    meeting = logged(cast.dana, [reyes])
    page = sit_down(cast.luis, screen)

    page.goto(f"/log/new/?official={reyes.pk}")
    hands = Hands(page)
    page.get_by_label("Date", exact=True).fill("2027-02-09")
    notice = page.get_by_role("group", name="Looks like a meeting that is in the log already")
    expect(notice).to_contain_text("logged by Dana Whitfield for Gulf Prairie")
    hands.tap(notice.get_by_text("Join this interaction"))
    save(page)

    expect(page.get_by_text("You joined this interaction.")).to_be_visible()
    who = page.locator(".card", has_text="Credited chapters")
    expect(who.get_by_role("link", name="Gulf Prairie")).to_be_visible()
    expect(who.get_by_role("link", name="Hill Country")).to_be_visible()
    expect(who).to_contain_text("Luis Ortega")
    assert list(Interaction.objects.all()) == [meeting]
    for chapter in (cast.gulf_prairie, cast.hill_country):
        page.goto(chapter.get_absolute_url())
        for label in ("Contacts in 12 months", "Officials reached"):
            value = page.locator(".stat", has_text=label).locator(".stat-value")
            expect(value).to_have_text("1")
        expect(page.locator(".timeline-item")).to_have_count(1)
        expect(page.locator(".timeline-item")).to_contain_text("Shared by 2 chapters")


def test_the_society_counts_the_joined_meeting_once(cast: Cast, sit_down: SitDown):
    reyes = alma_reyes()
    meeting = logged(cast.dana, [reyes])
    luis, angela = sit_down(cast.luis), sit_down(cast.angela)

    luis.goto(meeting.get_absolute_url())
    luis.get_by_role("link", name="I was there too").click()
    luis.get_by_role("button", name="Join this interaction").click()
    expect(luis.get_by_text("You joined this interaction.")).to_be_visible()

    angela.goto("/log/")
    expect(angela.locator(".list-bar").get_by_role("status")).to_have_text("1 result")
    luis.goto(cast.texas_team.get_absolute_url())
    expect(luis.get_by_role("row")).to_contain_text(["Chapter", "Gulf Prairie", "Hill Country"])


def test_the_notice_comes_while_an_official_is_picked_and_keeps_the_answer(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    logged(cast.dana, [alma_reyes()])
    page = sit_down(cast.luis, screen)
    page.goto("/log/new/")
    hands = Hands(page)

    hands.pick(OFFICIALS, "Reyes", "Alma Reyes")
    separately = page.get_by_label("Log separately")
    separately.check()
    page.get_by_label("What kind of contact?").select_option(label="Phone call")
    page.wait_for_timeout(400)
    page.wait_for_load_state("networkidle")

    expect(separately).to_be_checked()
