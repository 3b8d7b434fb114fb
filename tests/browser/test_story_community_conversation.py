"""Story A14: of four participants nothing is quoted or told apart; a fifth reveals it; no consent, no quote."""

import pytest
from playwright.sync_api import Page, expect

from advocacy.research.models import ResearchActivity
from tests.browser.conftest import Screen, SitDown
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.story]

WHY = "Fewer than five people took part"
SAID, SILENT = "The bus comes twice a day.", "Never repeat this."


def save(page: Page) -> None:
    page.locator(".form-actions").get_by_role("button", name="Save").click()


def put_on_record(page: Page) -> None:
    page.goto("/research/")
    page.get_by_role("link", name="Add an activity").click()
    page.get_by_label("Kind").select_option(label="Community conversation")
    page.get_by_label("Question").fill("What keeps people from the clinic?")
    page.get_by_label("Status").select_option(label="Held")
    page.get_by_label("Date", exact=True).fill("2027-02-04")
    page.get_by_label("Number of participants").fill("4")
    page.get_by_label("Main concerns").fill("Call me at (713) 555-0142.")
    save(page)
    expect(page.get_by_text("looks like a phone number").first).to_be_visible()
    page.get_by_label("Main concerns").fill("The road to the clinic.")
    save(page)
    expect(page.get_by_text(WHY)).to_be_visible()


def add_quote(page: Page, text: str, consent: str) -> None:
    page.get_by_role("link", name="Add a quote").click()
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_label("Consent", exact=True).select_option(label=consent)
    save(page)


def add_group(page: Page) -> None:
    page.get_by_role("link", name="Add a group of participants").click()
    page.get_by_label("Group", exact=True).fill("Nurses")
    page.get_by_label("Number", exact=True).fill("4")
    save(page)


def test_a_fifth_participant_reveals_quotes_and_a_missing_consent_never_does(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    dana = sit_down(cast.dana, screen)
    put_on_record(dana)
    add_quote(dana, SAID, "Without a name")
    add_quote(dana, SILENT, "No consent")
    add_group(dana)
    for words in (SAID, SILENT):
        expect(dana.locator("body")).not_to_contain_text(words)
    expect(dana.get_by_role("heading", name="Participants by: Role")).to_have_count(0)

    dana.get_by_role("link", name="Edit", exact=True).click()
    dana.get_by_label("Number of participants").fill("5")
    save(dana)
    expect(dana.get_by_role("region", name="Quotes")).to_contain_text(SAID)
    expect(dana.get_by_role("heading", name="Participants by: Role")).to_be_visible()
    expect(dana.get_by_text(WHY)).to_have_count(0)
    expect(dana.locator("body")).not_to_contain_text(SILENT)

    chris = sit_down(cast.chris, screen)
    chris.goto(ResearchActivity.objects.get().get_absolute_url())
    expect(chris.get_by_role("region", name="Quotes")).to_contain_text(SAID)
    expect(chris.locator("body")).not_to_contain_text(SILENT)
