"""Story of the README's "Run a campaign from the admin": its steps, by two people, on a phone and on a laptop."""

import pytest
from playwright.sync_api import Page, expect

from advocacy.outbox.models import OutboundMessage
from campaigns.models import Campaign
from tests.browser.axe import faults_of
from tests.browser.conftest import LAPTOP, Screen, SitDown
from tests.campaigns.mailing import write_all
from tests.campaigns.staffing import robin
from tests.campaigns.workshop import approved, bill_with_position
from tests.cast import Cast
from tests.factories.contacts import ContactFactory, listed
from tests.factories.log import alma_reyes

pytestmark = [pytest.mark.browser, pytest.mark.story]


def pick(page: Page, field: str, letters: str, option: str) -> None:
    """A few letters into one of the admin's pickers, then its suggestion."""
    page.locator(f"#id_{field} + .select2").click()
    page.locator(".select2-container--open .select2-search__field").last.press_sequentially(letters)
    page.get_by_role("option", name=option).click()


def overflow_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def is_in_order(page: Page) -> None:
    """Readable by everybody, and no wider than the screen."""
    assert faults_of(page) == []
    assert overflow_of(page) <= 0


def begin(page: Page) -> None:
    """Step 1."""
    page.goto("/admin/")
    page.get_by_role("link", name="Campaigns", exact=True).last.click()
    page.get_by_role("link", name="Add campaign").click()
    is_in_order(page)
    page.get_by_label("Name:").fill("Records follow the patient")
    pick(page, "chapter", "Gulf", "Gulf Prairie")
    page.get_by_label("Kind:").select_option(label="Letter")
    pick(page, "measures", "HB 210", "HB 210")
    page.get_by_label("Ask:").fill("cosponsor HB 210")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("A draft with proposed texts.")).to_be_visible()
    expect(page.locator(".campaign-checks")).to_contain_text("Say whom supporters write to.")


def fill_in(page: Page) -> None:
    """Step 2."""
    page.get_by_label("Goal:").fill("It leaves its committee.")
    page.get_by_label("Opens:").fill("2027-02-09T08:00")
    page.get_by_label("Closes:").fill("2027-03-01T17:00")
    page.get_by_label("Time zone:").select_option("America/Chicago")
    pick(page, "lists", "Fri", "Friends")
    page.get_by_role("button", name="Add another Target rule").click()
    page.locator("#id_rules-0-kind").select_option(label="The supporter’s own representatives")
    expect(page.locator("#id_rules-0-agency_name")).to_be_hidden()
    pick(page, "rules-0-jurisdiction", "Tex", "Texas")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(page.locator(".campaign-checks .missing")).to_have_count(0)
    is_in_order(page)


def try_it(page: Page) -> None:
    """Step 3."""
    letter = page.locator("#messages-0")
    letter.get_by_text("As its reader gets it").click()
    letter.get_by_label("Subject:").fill("{{ measure }}: please, {{ oficial }}")
    expect(letter.get_by_text("“oficial” is no token.")).to_be_visible()
    letter.get_by_label("Subject:").fill("{{ measure }}: please, {{ official }}")
    expect(letter.locator("strong")).to_have_text("HB 210 (90R): please, Alma Reyes")
    is_in_order(page)
    for name, says in (("Preview", "Dear Alma Reyes"), ("Audience", "Would get mail today")):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_text(says).first).to_be_visible()
        is_in_order(page)
        page.go_back()
    page.get_by_role("link", name="Send a test").click()
    is_in_order(page)
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("2 test mails are sent.")).to_be_visible()


def move(page: Page, name: str, done: str) -> None:
    page.get_by_role("link", name=f"{name}…").click()
    is_in_order(page)
    if name == "Close":
        page.get_by_label("What happened:").fill("It left the committee.")
    page.get_by_role("button", name=name).click()
    expect(page.get_by_text(done)).to_be_visible()


def decide(page: Page) -> None:
    """Step 4, the second person's."""
    page.goto("/admin/campaigns/campaign/?status__exact=in_review")
    page.get_by_role("link", name="Records follow the patient").click()
    page.get_by_role("link", name="Review…").click()
    is_in_order(page)
    page.get_by_label("Approve it").check()
    page.get_by_label("It names no party, no candidate and no election").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Decided. The campaign is Approved.")).to_be_visible()


def test_a_campaign_is_run_in_the_admin_as_the_readme_says(cast: Cast, screen: Screen, sit_down: SitDown):
    bill_with_position(cast)
    alma_reyes()
    listed(ContactFactory(full_name="Kim Ito"), name="Friends")
    jordan, second = sit_down(cast.jordan, screen), sit_down(robin(), screen)

    begin(jordan)
    fill_in(jordan)
    try_it(jordan)
    move(jordan, "Submit for review", "Submitted. A second person decides now.")
    expect(jordan.get_by_text("You began this campaign: somebody else decides about it.")).to_be_visible()
    expect(jordan.get_by_role("link", name="Launch…")).to_have_count(0)
    decide(second)

    jordan.reload()
    move(jordan, "Launch", "It is live.")
    expect(jordan.get_by_role("progressbar", name="Written")).to_have_js_property("value", 0)
    write_all()
    # Nobody loads the page again: it asks by itself.
    expect(jordan.get_by_role("progressbar", name="Written")).to_have_js_property("value", 100)
    is_in_order(jordan)
    move(jordan, "Pause", "Paused.")
    move(jordan, "Resume", "It goes on.")
    jordan.get_by_role("link", name="What needs a look").click()
    expect(jordan.get_by_text("Mailings that stand still")).to_be_visible()
    is_in_order(jordan)
    jordan.go_back()
    move(jordan, "Close", "Closed.")

    campaign = Campaign.objects.get()
    assert (campaign.status, str(campaign.revision.decided_by)) == ("closed", "Robin Hale")
    assert OutboundMessage.objects.filter(kind="campaigns.test").count() == 2
    # The four members of the chapter, and Kim Ito of the list.
    assert OutboundMessage.objects.filter(kind="campaigns.appeal").count() == 5
    assert [str(one) for one in campaign.targets.all()] == ["Alma Reyes"]


def test_the_words_of_an_earlier_campaign_are_taken_over(cast: Cast, sit_down: SitDown):
    approved(cast, name="Last year’s letter")
    jordan = sit_down(cast.jordan, LAPTOP)

    jordan.goto("/admin/campaigns/campaign/add/")
    pick(jordan, "past", "Last", "Last year’s letter")
    jordan.get_by_role("button", name="Go on").click()
    jordan.get_by_label("Name:").fill("This year’s letter")
    jordan.get_by_role("button", name="Begin another like this").click()
    expect(jordan.get_by_text("A draft with its words.")).to_be_visible()

    begun = Campaign.objects.get(name="This year’s letter")
    assert (begun.messages.count(), begun.rules.count()) == (1, 1)
