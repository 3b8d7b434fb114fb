"""The public action page in a real browser: with and without scripts, on the narrowest phone, in a chapter's frame."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from advocacy.outbox.models import OutboundMessage
from campaigns.models import Letter, Participation
from campaigns.views import act
from tests.browser.axe import faults_of
from tests.browser.conftest import PHONE, Screen, SitDown
from tests.browser.serving import Portal
from tests.browser.test_accessibility import NARROWEST, overflow_of
from tests.campaigns.acting import OWN_WORDS, live_in_houston
from tests.cast import Cast

pytestmark = pytest.mark.browser
ADDRESS = "/act/records-follow/en/"


@pytest.fixture(autouse=True)
def live(cast: Cast) -> None:
    act.pages.clear()
    live_in_houston(cast)


def to_the_letters(page: Page) -> None:
    page.get_by_label("Your name").fill("Jane Doe")
    page.get_by_label("Your e-mail address").fill("jane@example.org")
    page.get_by_label("ZIP code, postal code or street address").fill("77004")
    page.get_by_role("button", name="Find my officials").click()
    page.get_by_label("Texas House 131").check()
    page.get_by_role("button", name="Show my officials").click()


def to_the_receipt(page: Page) -> None:
    to_the_letters(page)
    page.get_by_role("textbox", name="Your own words").fill(OWN_WORDS)
    page.get_by_label("Copy and open web form").check()
    page.get_by_label("I act as a private citizen").check()
    page.get_by_role("button", name="Send", exact=True).click()


def test_without_scripts_it_is_slower_but_whole(sit_down: SitDown, screen: Screen):
    page = sit_down(None, screen, java_script_enabled=False)
    page.goto(ADDRESS)

    to_the_receipt(page)

    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("button", name="I sent it").click()
    expect(page.get_by_text("You told us that you sent it.")).to_be_visible()
    assert Letter.objects.get().told_at is not None
    assert page.context.cookies() == []


def test_with_scripts_the_puzzle_is_solved_and_the_meter_speaks(sit_down: SitDown, screen: Screen):
    page = sit_down(None, screen)
    page.goto(ADDRESS)

    to_the_letters(page)
    page.get_by_role("textbox", name="Your own words").fill(OWN_WORDS)
    expect(page.locator("[data-meter-words]")).to_contain_text("own")
    page.get_by_label("Copy and open web form").check()
    page.get_by_label("I act as a private citizen").check()
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert "no_puzzle" not in Participation.objects.get().held_because
    assert page.context.cookies() == []


def test_errors_are_told_at_once_and_the_focus_is_on_them(sit_down: SitDown, screen: Screen):
    page = sit_down(None, screen)
    page.goto(ADDRESS)

    page.get_by_role("button", name="Find my officials").click()

    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert faults_of(page) == []


def test_every_step_fits_the_narrowest_phone_and_pleases_axe(sit_down: SitDown):
    page = sit_down(None, NARROWEST)
    page.goto(ADDRESS)
    seen = [(overflow_of(page), faults_of(page))]

    page.get_by_label("Your name").fill("Jane Doe")
    page.get_by_label("Your e-mail address").fill("jane@example.org")
    page.get_by_label("ZIP code, postal code or street address").fill("77004")
    page.get_by_role("button", name="Find my officials").click()
    expect(page.get_by_role("heading", name="Which district is yours?")).to_be_visible()
    seen.append((overflow_of(page), faults_of(page)))
    page.get_by_label("Texas House 131").check()
    page.get_by_role("button", name="Show my officials").click()
    expect(page.get_by_role("heading", name="Alma Reyes")).to_be_visible()
    seen.append((overflow_of(page), faults_of(page)))
    page.get_by_role("textbox", name="Your own words").fill(OWN_WORDS)
    page.get_by_label("I act as a private citizen").check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    seen.append((overflow_of(page), faults_of(page)))

    assert seen == [([], [])] * 4


class _Site(BaseHTTPRequestHandler):
    """A chapter's own site: one page with a frame."""

    inside = ""

    def do_GET(self) -> None:
        body = f'<!doctype html><title>Chapter</title><iframe src="{self.inside}" width="380" height="900"></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def site(portal: Portal) -> Iterator[str]:
    """Of another origin: another port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_it_works_in_a_frame_of_a_chapters_site_and_sets_no_cookie(
    sit_down: SitDown, portal: Portal, site: str, settings
):
    settings.CAMPAIGN_FRAME_ANCESTORS = [site]
    _Site.inside = f"{portal.url}{ADDRESS}embed/"
    page = sit_down(None, PHONE, java_script_enabled=False)
    page.goto(site)
    frame = page.frame_locator("iframe")

    to_the_receipt(frame)  # type: ignore[arg-type]  # asks the same of a frame
    expect(frame.get_by_role("heading", name="Thank you")).to_be_visible()
    frame.get_by_role("link", name="Open the receipt").click()

    expect(page.get_by_role("heading", name="Tell somebody")).to_be_visible()
    assert page.url.startswith(f"{portal.url}/act/receipt/")
    assert Participation.objects.get().source == "embed"
    assert page.context.cookies() == []


def test_no_mail_goes_to_an_address_that_a_robot_typed(sit_down: SitDown):
    page = sit_down(None, PHONE, java_script_enabled=False)
    page.goto(ADDRESS)

    to_the_receipt(page)

    # The clock stands, so that all of it took no time at all.
    assert Participation.objects.get().held_because == ["no_puzzle", "too_fast"]
    assert not OutboundMessage.objects.filter(kind="campaigns.proof").exists()
