"""Filling the log form the way A1 tells it (DOMAIN.md §8), and a shorter way for tests about something else."""

from playwright.sync_api import Page, expect

from tests.browser.hands import Hands

OFFICIALS = "Which officials or offices?"
LEGISLATION = "Was specific legislation or a rule discussed?"
SUMMARY = "Walked through the data exchange bill."
SAVED = "Interaction logged."


def save(page: Page) -> None:
    page.locator("button[data-submit-default]").click()


def fill_in(page: Page, *, official: str = "Reyes", summary: str = SUMMARY) -> None:
    """The least that can be logged: a contact to get to know each other, with somebody of the office."""
    hands = Hands(page)
    hands.pick(OFFICIALS, official, official)
    page.get_by_label("Name", exact=True).fill("Kim Ito")
    hands.choose("Role", "Policy staff")
    hands.answer("What was it for?", "Getting to know each other")
    page.get_by_label("One-line summary").fill(summary)
    hands.answer(LEGISLATION, "No")


def log_one(page: Page, **changes: str) -> None:
    page.goto("/log/new/")
    fill_in(page, **changes)
    save(page)
    expect(page.get_by_text(SAVED)).to_be_visible()


def tell_story_a1(page: Page) -> Hands:
    """Everything dana tells about her meeting, from the log form to *Save*."""
    hands = Hands(page)
    hands.pick(OFFICIALS, "Reyes", "Alma Reyes")
    hands.choose("What kind of contact?", "Meeting in person")
    hands.type(page.get_by_label("Name", exact=True), "Kim Ito")
    hands.choose("Role", "Policy staff")
    hands.pick("Measures", "HB 210", "HB 210")
    hands.type(page.get_by_label("One-line summary"), SUMMARY)
    hands.choose("Ask", "Cosponsor")
    hands.choose("Response", "Will consider")
    hands.choose("Stance after", "Lean yes")
    hands.choose("How we know", "Via staff")
    hands.answer(LEGISLATION, "Yes")
    hands.tap(page.locator("button[data-submit-default]"))
    return hands
