"""Story A3: sam finds his officials by a ZIP code that crosses district lines, and nothing is stored."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from advocacy.audit.models import Entry
from advocacy.interactions.models import MeetingRequest
from members.models import SavedPlace
from tests.browser.conftest import Screen, SitDown
from tests.browser.hands import Hands
from tests.cast import Cast
from tests.factories.log import logged
from tests.factories.maps import IN_131, houston, remembers
from tests.factories.people import member_of
from tests.legislation.lookup.upstream import Upstream, census, match, serving

pytestmark = [pytest.mark.browser, pytest.mark.story]
EVERYBODY = ["Iris Vale", "Otto Lund", "Theo Marsh", "Omar Dell", "Alma Reyes", "Gov. Maud Stone"]


@pytest.fixture
def upstream(settings) -> Iterator[Upstream]:
    """The Census geocoder, standing on this machine. It knows one address, in Texas House 131."""
    with serving() as server:
        settings.GEOCODER_US, settings.GEOCODER_US_URL = True, server.url
        server.answer = census(match(congress=120, district="4809"))
        yield server


def look_up(page: Page, text: str) -> None:
    page.goto("/representatives/")
    page.get_by_label("ZIP code, postal code or street address").fill(text)
    page.get_by_role("button", name="Find").click()


def officials(page: Page) -> list[str]:
    return page.locator("#answer .row-title a").all_inner_texts()


def test_sam_narrows_a_zip_code_down_by_his_address_writes_and_nothing_is_stored(
    cast: Cast, upstream: Upstream, sit_down: SitDown, screen: Screen
):
    reyes = houston().reyes
    logged(cast.dana, [reyes])
    page = sit_down(cast.sam, screen)
    hands = Hands(page)
    page.goto("/officials/")
    hands.tap(page.get_by_role("link", name="Who represents me").last)

    page.get_by_label("ZIP code, postal code or street address").fill("77004")
    hands.tap(page.get_by_role("button", name="Find"))

    expect(page.get_by_text("This ZIP code crosses district lines")).to_be_visible()
    answer = page.locator("#answer")
    expect(answer).to_contain_text("Alma Reyes")
    expect(answer).to_contain_text("Texas House 147")
    expect(answer.locator("input:checked")).to_have_count(0)
    expect(page.get_by_label("Street address", exact=True)).to_have_value("")

    page.get_by_label("Street address", exact=True).fill("4800 Calhoun Rd, Houston")
    hands.tap(page.get_by_role("button", name="Look up the address"))

    expect(answer.get_by_text("Omar Dell")).to_be_visible()
    assert officials(page) == EVERYBODY
    expect(answer).not_to_contain_text("Texas House 147")
    expect(
        answer.get_by_text("Data as of August 5, 2026").or_(answer.get_by_text("Data as of Aug. 5, 2026"))
    ).to_have_count(6)
    assert "77004" in upstream.asked[0]
    assert "Calhoun" not in page.url

    hands.tap(answer.get_by_role("link", name="Alma Reyes"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Alma Reyes")
    hands.tap(page.get_by_role("link", name="Write", exact=True))
    banner = page.get_by_role("region", name="Before you contact this office")
    expect(banner).to_contain_text("Contacted today by Gulf Prairie")
    expect(page.locator("#letter-text")).not_to_contain_text("of our members")

    again = sit_down(cast.sam)
    again.goto("/people/me/")
    expect(again.get_by_text("No place is remembered.")).to_be_visible()
    assert not SavedPlace.objects.exists()
    assert not Entry.objects.filter(label__contains="Calhoun").exists()


@pytest.mark.parametrize(("members", "is_told"), [(4, False), (5, True)])
def test_sam_writes_and_is_told_who_was_there_today_and_how_many_of_us_live_there(
    cast: Cast, sit_down: SitDown, screen: Screen, members: int, is_told: bool
):
    reyes = houston().reyes
    logged(cast.dana, [reyes])
    for _ in range(members):
        remembers(member_of(cast.gulf_prairie), reyes.tenures.get().seat)
    page = sit_down(cast.sam, screen)
    hands = Hands(page)
    page.goto(reyes.get_absolute_url())

    hands.tap(page.get_by_role("link", name="Write", exact=True))

    banner = page.get_by_role("region", name="Before you contact this office")
    expect(banner).to_contain_text("Contacted today by Gulf Prairie")
    text = page.locator("#letter-text")
    expect(text).to_contain_text("Dear Alma Reyes,")
    told = "5 of our members live or work in the area you represent."
    assert (told in text.inner_text(), "of our members" in text.inner_text()) == (is_told, is_told)


def test_sam_asks_for_a_meeting_copies_the_text_and_puts_it_on_record(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    reyes = houston().reyes
    page = sit_down(cast.sam, screen)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hands = Hands(page)
    page.goto(reyes.get_absolute_url())
    hands.tap(page.get_by_role("link", name="Request a meeting"))

    page.get_by_label("What is it about?").fill("HB 210")
    hands.tap(page.get_by_role("button", name="Show the finished text"))
    expect(page.locator("#letter-text")).to_contain_text("about HB 210.")
    hands.tap(page.get_by_role("button", name="Copy the text"))
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "about HB 210." in page.evaluate("navigator.clipboard.readText()")

    hands.answer("I used", "The office’s web form")
    hands.tap(page.get_by_role("button", name="Record the request"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Meeting · HB 210")
    expect(page.get_by_text("You will be reminded after 5 business days without a reply.")).to_be_visible()
    assert MeetingRequest.objects.get().requested_by == cast.sam


def test_without_javascript_the_text_can_be_read_selected_and_put_on_record(cast: Cast, sit_down: SitDown):
    reyes = houston().reyes
    page = sit_down(cast.sam, java_script_enabled=False)
    page.goto(f"/officials/{reyes.pk}/write/?what=site_visit")

    expect(page.get_by_role("button", name="Copy the text")).to_have_count(0)
    expect(page.locator("#letter-text")).to_contain_text("I would like to invite you")
    page.get_by_text("Copied and pasted").click()
    page.get_by_role("button", name="Record the request").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Site visit")


def test_what_is_ticked_is_remembered_until_it_is_forgotten(
    cast: Cast, upstream: Upstream, sit_down: SitDown, screen: Screen
):
    houston()
    page = sit_down(cast.sam, screen)
    hands = Hands(page)
    look_up(page, "4800 Calhoun Rd, Houston, TX 77004")

    hands.tap(page.get_by_role("checkbox", name="Remember", exact=True))
    hands.tap(page.get_by_role("region", name="Remember these districts").get_by_role("button", name="Save"))

    expect(page.get_by_text("Your districts are remembered.")).to_be_visible()
    mine = page.get_by_role("region", name="My officials")
    expect(mine).to_contain_text("Alma Reyes")
    assert SavedPlace.objects.get().street_address == ""
    hands.tap(mine.get_by_role("button", name="Forget this place"))
    expect(page.get_by_text("Your place is forgotten.")).to_be_visible()
    assert not SavedPlace.objects.exists()


def test_the_device_may_say_where_sam_is(cast: Cast, sit_down: SitDown, screen: Screen):
    houston()
    page = sit_down(cast.sam, screen)
    latitude, longitude = IN_131
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": latitude, "longitude": longitude})
    page.goto("/representatives/")

    Hands(page).tap(page.get_by_role("button", name="Use my location"))

    expect(page.locator("#answer")).to_contain_text("Alma Reyes")
    assert "29.7" not in page.url


def test_a_device_that_does_not_say_leaves_the_field(cast: Cast, sit_down: SitDown):
    houston()
    page = sit_down(cast.sam)
    page.goto("/representatives/")

    page.get_by_role("button", name="Use my location").click()

    expect(page.get_by_text("Your device did not say where it is.")).to_be_visible()


def test_without_javascript_a_button_asks_the_geocoder(cast: Cast, upstream: Upstream, sit_down: SitDown):
    houston()
    page = sit_down(cast.sam, java_script_enabled=False)
    look_up(page, "4800 Calhoun Rd, Houston, TX 77004")
    assert "Omar Dell" not in officials(page)

    page.get_by_role("button", name="Ask the geocoder").click()

    assert officials(page) == EVERYBODY


def test_a_geocoder_that_is_down_leaves_what_was_there(cast: Cast, upstream: Upstream, sit_down: SitDown):
    houston()
    upstream.status = [500] * 8
    page = sit_down(cast.sam)

    look_up(page, "4800 Calhoun Rd, Houston, TX 77004")

    expect(page.locator("#answer")).to_contain_text("cannot be reached")
    expect(page.locator("#answer")).to_contain_text("Alma Reyes")
