"""Everything can be done without a mouse, and one always sees where one is."""

import pytest
from playwright.sync_api import Page, expect

from advocacy.interactions.models import Interaction
from tests.browser.conftest import SitDown
from tests.browser.hands import picker
from tests.browser.logging import OFFICIALS, SAVED, SUMMARY, fill_in
from tests.cast import Cast
from tests.factories.log import alma_reyes, hb_210, logged

pytestmark = pytest.mark.browser


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, name: str) -> None:
    """Tab forward to the control of this name, as somebody does who listens to the page."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText") == name:
            return
    pytest.fail(f"Tab never reaches {name!r}")


def pick_with_keys(page: Page, letters: str) -> None:
    page.keyboard.type(letters)
    expect(page.locator(".pick-option:visible")).to_have_count(1)
    press(page, "Enter")


def test_a_contact_is_logged_with_the_keyboard_alone(cast: Cast, sit_down: SitDown):
    alma_reyes()
    hb_210()
    page = sit_down(cast.dana)
    page.goto("/")

    press(page, "n")
    expect(page.get_by_role("heading", name="Log interaction")).to_be_visible()
    picker(page, OFFICIALS).focus()
    pick_with_keys(page, "reyes")
    tab_to(page, "The official was there in person")
    press(page, "Space")
    tab_to(page, "A measure or an issue")
    tab_to(page, "Type to search")
    pick_with_keys(page, "hb 210")
    tab_to(page, "One-line summary")
    page.keyboard.type(SUMMARY)
    tab_to(page, "Yes")
    press(page, "Space")
    tab_to(page, "Impressions and confidentiality")
    press(page, "Enter")
    tab_to(page, "Impressions")
    page.keyboard.type("Warm welcome.")
    tab_to(page, "Save")
    press(page, "Enter")

    expect(page.get_by_text(SAVED)).to_be_visible()
    expect(page.get_by_text("Warm welcome.")).to_be_visible()
    assert [str(topic) for topic in Interaction.objects.get().topics.all()] == ["HB 210 (90R)"]


def test_arrows_move_through_suggestions_and_escape_leaves_them(cast: Cast, sit_down: SitDown):
    alma_reyes()
    page = sit_down(cast.dana)
    page.goto("/log/new/")
    field = picker(page, OFFICIALS)

    field.press_sequentially("reye")
    option = page.get_by_role("option", name="Alma Reyes")
    expect(option).to_have_attribute("aria-selected", "true")
    press(page, "ArrowDown", "ArrowUp")
    expect(field).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    press(page, "Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_be_focused()

    press(page, "ArrowDown")
    expect(option).to_be_visible()
    press(page, "Enter")
    remove = page.get_by_role("button", name="Remove Alma Reyes")
    expect(remove).to_be_visible()
    press(page, "Shift+Tab", "Enter")
    expect(remove).to_have_count(0)
    expect(field).to_be_focused()


def test_the_first_stop_leads_to_the_content(cast: Cast, sit_down: SitDown):
    page = sit_down(cast.dana)
    page.goto("/log/")

    press(page, "Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    press(page, "Enter")

    expect(page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize("address", ["/", "/log/", "/log/new/", "/officials/", "/account/login/"])
def test_the_focus_is_always_visible(address: str, cast: Cast, sit_down: SitDown):
    logged(cast.dana, [alma_reyes()])
    page = sit_down(None if "login" in address else cast.dana)
    page.goto(address)
    unseen = set()

    for _ in range(60):
        press(page, "Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        if not page.evaluate(_IS_SEEN):
            unseen.add(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))

    assert unseen == set()


# An outline on the focused element or on what stands for it (the pill around a hidden radio button), in the window.
_IS_SEEN = """() => {
    const shown = (element) => {
        if (!element) return false;
        const style = getComputedStyle(element), box = element.getBoundingClientRect();
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
            && box.bottom > 0 && box.top < innerHeight && box.width > 0;
    };
    const focused = document.activeElement;
    return shown(focused) || shown(focused.closest("label")) || shown(focused.parentElement);
}"""


def test_single_keys_find_search_and_show_their_list(cast: Cast, sit_down: SitDown):
    page = sit_down(cast.dana)
    page.goto("/")

    press(page, "/")
    search = page.get_by_role("searchbox", name="Search officials, people and interactions")
    expect(search).to_be_focused()
    page.keyboard.type("n?")
    expect(search).to_have_value("n?")

    page.get_by_role("main").focus()
    press(page, "?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Ctrl")
    press(page, "Escape")
    expect(dialog).to_be_hidden()


def test_ctrl_enter_saves_once(cast: Cast, sit_down: SitDown):
    alma_reyes()
    page = sit_down(cast.dana)
    page.goto("/log/new/")
    fill_in(page)
    page.get_by_label("One-line summary").focus()

    press(page, "Control+Enter", "Control+Enter")

    expect(page.get_by_text(SAVED)).to_be_visible()
    assert Interaction.objects.count() == 1
