"""All that a supporter may meet, at 320 px, with and without scripts: nothing is cut off and axe finds nothing.

Axe is a script itself: the pages without scripts are the same, and it looks at them with scripts.
"""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from advocacy.outbox import stop_links
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.streams import Stream
from campaigns import contact_links
from campaigns.actions import address_proofs, campaigns
from campaigns.models import Campaign
from campaigns.views import act
from legislation.models import Tenure
from tests.browser.axe import faults_of
from tests.browser.conftest import SitDown
from tests.browser.test_accessibility import NARROWEST, overflow_of
from tests.campaigns.acting import OWN_WORDS, live_in_houston
from tests.cast import NOW, TODAY, Cast
from tests.factories.contacts import ContactFactory

pytestmark = pytest.mark.browser
PAGE = "/act/records-follow/en/"
# Dark as well as light, with scripts as well as without: two walks tell what four would.
TWO_WAYS = [
    pytest.param({"java_script_enabled": False, "color_scheme": "dark"}, id="without scripts, dark"),
    pytest.param({"java_script_enabled": True, "color_scheme": "light"}, id="with scripts, light"),
]


@dataclass
class Looked:
    """What was wrong on which page."""

    page: Page
    has_scripts: bool
    faults: dict[str, list[str]] = field(default_factory=dict)
    pages: int = 0

    def at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", name=heading).first).to_be_visible()
        self.pages += 1
        if found := overflow_of(self.page) + (faults_of(self.page) if self.has_scripts else []):
            self.faults[heading] = found

    def open(self, path: str, heading: str) -> None:
        self.page.goto(path)
        self.at(heading)


@pytest.fixture(params=TWO_WAYS)
def looked(sit_down: SitDown, request: pytest.FixtureRequest) -> Looked:
    return Looked(sit_down(None, NARROWEST, **request.param), request.param["java_script_enabled"])


def find(page: Page, place: str = "77004") -> None:
    page.get_by_label("Your name").fill("Jane Doe")
    page.get_by_label("Your e-mail address").fill("jane@example.org")
    page.get_by_label("ZIP code, postal code or street address").fill(place)
    page.get_by_role("button", name="Find my officials").click()


def show(page: Page) -> None:
    page.get_by_label("Texas House 131").check()
    page.get_by_role("button", name="Show my officials").click()


def send(page: Page, way: str) -> None:
    page.get_by_role("textbox", name="Your own words").fill(OWN_WORDS)
    page.get_by_label(way).check()
    page.get_by_label("I act as a private citizen").check()
    page.get_by_role("button", name="Send", exact=True).click()


def test_from_the_first_page_to_who_left_office(cast: Cast, looked: Looked):
    live_in_houston(cast)
    page = looked.page

    looked.open(f"{PAGE}embed/", "Records follow the patient")
    looked.open(PAGE.replace("/en/", "/fr/"), "Records follow the patient")
    looked.open(PAGE, "1. Find your officials")
    find(page, place="99999")
    looked.at("Nobody to write to from there")
    page.get_by_label("ZIP code, postal code or street address").fill("77004")
    page.get_by_role("button", name="Look again").click()
    looked.at("Which district is yours?")
    show(page)
    looked.at("Alma Reyes")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    looked.at("Alma Reyes")
    Tenure.objects.filter(official__name="Alma Reyes").update(ends_on=TODAY, end_is_expected=False)
    send(page, "Print it, sign it and post it")
    looked.at("Nobody else to write to")

    assert (looked.pages, looked.faults) == (8, {})
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    "way",
    [
        "We e-mail it to the office",
        "Copy and open web form",
        "Send it from my own mail program",
        "Print it, sign it and post it",
        "Go on at an outside action centre",
    ],
)
def test_each_way_has_its_receipt(cast: Cast, looked: Looked, way: str):
    live_in_houston(cast, handover_url="https://centre.example/act")

    looked.page.goto(PAGE)
    find(looked.page)
    show(looked.page)
    send(looked.page, way)
    looked.at("Thank you")

    assert looked.faults == {}
    assert looked.page.context.cookies() == []


@pytest.mark.parametrize("kind", ["call", "petition"])
def test_a_call_and_a_petition_have_theirs(cast: Cast, looked: Looked, kind: str):
    live_in_houston(cast, kind=kind, needs_own_words=False)

    looked.page.goto(PAGE)
    find(looked.page)
    show(looked.page)
    looked.page.get_by_label("I act as a private citizen").check()
    looked.at("Records follow the patient")
    looked.page.locator(".act-letters button[type=submit]").click()
    looked.at("Thank you")

    assert (looked.pages, looked.faults) == (2, {})


def test_too_many_and_what_is_not_there(cast: Cast, looked: Looked, settings):
    settings.ACTS_AN_HOUR_FROM_ONE_CLIENT = 0
    campaign = live_in_houston(cast)

    looked.page.goto(PAGE)
    find(looked.page)
    show(looked.page)
    send(looked.page, "Print it, sign it and post it")
    expect(looked.page.locator("[data-error-summary]")).to_be_visible()
    looked.at("Alma Reyes")
    looked.open("/act/no-such-campaign/en/", "Nothing here that you can see")
    looked.open("/act/receipt/forged/", "Nothing here that you can see")
    campaigns.pause(campaign, by=cast.dana, now=NOW)
    act.pages.clear()
    looked.open(PAGE, "This campaign is paused")
    campaigns.resume(Campaign.objects.get(), by=cast.dana, now=NOW)
    campaigns.close(Campaign.objects.get(), by=cast.dana, now=NOW, outcome="The committee passed it 9 to 2.")
    act.pages.clear()
    looked.open(PAGE, "This campaign is closed")

    assert (looked.pages, looked.faults) == (5, {})


def test_what_links_in_mails_open(cast: Cast, looked: Looked):
    contact = ContactFactory(email="jane@example.org", language="en", chapter=cast.gulf_prairie)
    address_proofs.ask(contact, language="en", now=NOW)
    proof = re.search(r"(/confirm/\S+)", OutboundMessage.objects.get(kind="campaigns.proof").text)
    assert proof
    stop = stop_links.token_for(None, contact.email, Stream.CAMPAIGN, "en")

    looked.open(proof[1], "Confirm your address")
    looked.page.get_by_role("button", name="Yes, this was me").click()
    looked.at("Your address is confirmed")
    looked.open("/confirm/en/forged/", "This link is not valid any more")
    looked.open("/" + contact_links.preference_link(contact).split("/", 3)[3], "Your campaign mail")
    looked.open(
        "/" + contact_links.renewal_link(contact, None, TODAY).split("/", 3)[3], "May we go on writing"
    )
    looked.open(f"/mail/stop/{stop}/", "Stop mail of this kind")
    looked.page.get_by_role("button", name="Stop it").click()
    looked.at("You will get no more of it")

    assert (looked.pages, looked.faults) == (7, {})
