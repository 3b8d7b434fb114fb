"""Story of the README's tour: a campaign in the admin, from its first words to its launch, by two people."""

import pytest
from playwright.sync_api import Page, expect

from advocacy.outbox.models import OutboundMessage
from campaigns.models import Campaign
from tests.browser.axe import faults_of
from tests.browser.conftest import LAPTOP, SitDown
from tests.campaigns.staffing import robin
from tests.campaigns.workshop import bill_with_position
from tests.cast import Cast
from tests.factories.contacts import ContactFactory, listed
from tests.factories.log import alma_reyes

pytestmark = [pytest.mark.browser, pytest.mark.story]


def pick(page: Page, field: str, letters: str, option: str) -> None:
    """A few letters into one of the admin's pickers, then its suggestion."""
    page.locator(f"#id_{field} + .select2").click()
    page.locator(".select2-container--open .select2-search__field").last.press_sequentially(letters)
    page.get_by_role("option", name=option).click()


def begin(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Campaigns", exact=True).last.click()
    page.get_by_role("link", name="Add campaign").click()
    page.get_by_label("Name:").fill("Records follow the patient")
    pick(page, "chapter", "Gulf", "Gulf Prairie")
    page.get_by_label("Kind:").select_option(label="Letter")
    pick(page, "measures", "HB 210", "HB 210")
    page.get_by_label("Ask:").fill("cosponsor HB 210")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("A draft with proposed texts.")).to_be_visible()
    expect(page.locator(".campaign-checks")).to_contain_text("Say whom supporters write to.")


def fill_in(page: Page) -> None:
    page.get_by_label("Goal:").fill("It leaves its committee.")
    page.get_by_label("Opens:").fill("2027-02-09T08:00")
    page.get_by_label("Closes:").fill("2027-03-01T17:00")
    page.get_by_label("Time zone:").select_option("America/Chicago")
    pick(page, "lists", "Fri", "Friends")
    page.get_by_role("button", name="Add another Target rule").click()
    page.locator("#id_rules-0-kind").select_option(label="The supporter’s own representatives")
    pick(page, "rules-0-jurisdiction", "Tex", "Texas")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(page.locator(".campaign-checks .missing")).to_have_count(0)
    assert faults_of(page) == []


def try_it(page: Page) -> None:
    page.get_by_role("link", name="Preview", exact=True).click()
    expect(page.get_by_role("region", name="English")).to_contain_text("HB 210")
    assert faults_of(page) == []
    page.go_back()
    page.get_by_role("link", name="Send a test").click()
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("2 test mails are sent.")).to_be_visible()


def move(page: Page, name: str, done: str) -> None:
    page.get_by_role("link", name=f"{name}…").click()
    page.get_by_role("button", name=name).click()
    expect(page.get_by_text(done)).to_be_visible()


def test_a_campaign_is_begun_approved_tried_and_launched_in_the_admin(cast: Cast, sit_down: SitDown):
    bill_with_position(cast)
    alma_reyes()
    listed(ContactFactory(full_name="Kim Ito"), name="Friends")
    jordan, second = sit_down(cast.jordan, LAPTOP), sit_down(robin(), LAPTOP)

    begin(jordan)
    fill_in(jordan)
    try_it(jordan)
    move(jordan, "Submit for review", "Submitted. A second person decides now.")
    expect(jordan.get_by_text("You began this campaign: somebody else decides about it.")).to_be_visible()
    expect(jordan.get_by_role("link", name="Launch…")).to_have_count(0)

    second.goto("/admin/campaigns/campaign/?status__exact=in_review")
    second.get_by_role("link", name="Records follow the patient").click()
    second.get_by_role("link", name="Review…").click()
    assert faults_of(second) == []
    second.get_by_label("Approve it").check()
    second.get_by_label("It names no party, no candidate and no election").check()
    second.get_by_role("button", name="Decide").click()
    expect(second.get_by_text("Decided. The campaign is Approved.")).to_be_visible()

    jordan.reload()
    move(jordan, "Launch", "It is live.")
    expect(jordan.get_by_role("progressbar")).to_be_visible()

    campaign = Campaign.objects.get()
    assert (campaign.status, str(campaign.revision.decided_by)) == ("live", "Robin Hale")
    assert OutboundMessage.objects.filter(kind="campaigns.test").count() == 2
    assert [str(one) for one in campaign.targets.all()] == ["Alma Reyes"]
