"""What a hurried hand may do to a form: press twice, go back, leave, forget something."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from advocacy.interactions.models import Interaction
from tests.browser.conftest import Screen, SitDown
from tests.browser.logging import SAVED, SUMMARY, fill_in, save
from tests.cast import Cast
from tests.factories.log import alma_reyes

pytestmark = pytest.mark.browser


def open_filled_form(page: Page) -> None:
    page.goto("/log/new/")
    fill_in(page)


def test_a_slow_save_cannot_be_pressed_again(cast: Cast, sit_down: SitDown):
    alma_reyes()
    page = sit_down(cast.dana)
    open_filled_form(page)
    waiting: list[Route] = []
    page.route("**/log/new/", lambda route: waiting.append(route))

    state = page.evaluate(_PRESS_AND_LOOK)

    assert state == {"disabled": True, "busy": "true"}
    waiting[0].continue_()
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert Interaction.objects.count() == 1


_PRESS_AND_LOOK = """() => new Promise((answer) => {
    const button = document.querySelector("button[data-submit-default]");
    button.click();
    button.click();
    setTimeout(() => answer({disabled: button.disabled, busy: button.getAttribute("aria-busy")}), 100);
})"""


def test_a_save_whose_answer_was_lost_is_repeated_without_a_second_record(cast: Cast, sit_down: SitDown):
    alma_reyes()
    page = sit_down(cast.dana)
    open_filled_form(page)
    form = dict(page.evaluate("[...new FormData(document.getElementById('log-form'))]"))
    address = page.url

    for _ in range(2):
        answer = page.context.request.post(
            address, form={**form, "save": "log"}, headers={"Referer": address}
        )
        assert answer.ok

    assert Interaction.objects.count() == 1


def test_going_back_after_saving_and_saving_again_makes_no_second_record(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    alma_reyes()
    page = sit_down(cast.dana, screen)
    open_filled_form(page)
    save(page)
    expect(page.get_by_text(SAVED)).to_be_visible()

    page.go_back()
    button = page.locator("button[data-submit-default]")
    expect(button).to_be_enabled()
    button.click()
    page.wait_for_load_state()

    assert Interaction.objects.logged().count() == 1


def test_leaving_with_unsaved_words_is_asked_about(cast: Cast, sit_down: SitDown):
    page = sit_down(cast.dana)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto("/log/new/")
    page.get_by_label("One-line summary").press_sequentially("Half a sentence")

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Officials").click(
        no_wait_after=True
    )

    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.get_by_label("One-line summary")).to_have_value("Half a sentence")


def test_leaving_an_untouched_form_is_not(cast: Cast, sit_down: SitDown):
    page = sit_down(cast.dana)
    asked: list[Any] = []
    page.on("dialog", lambda dialog: (asked.append(dialog), dialog.accept()))
    page.goto("/log/new/")

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Officials").click()

    expect(page).to_have_url("/officials/")
    assert asked == []


def test_errors_get_the_focus_lead_to_their_fields_and_keep_every_word(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    page = sit_down(cast.dana, screen)
    page.goto("/log/new/")
    page.get_by_label("One-line summary").fill(SUMMARY)
    page.get_by_label("Name", exact=True).fill("Kim Ito")
    save(page)

    problem = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(problem).to_be_focused()
    expect(page.get_by_label("One-line summary")).to_have_value(SUMMARY)
    expect(page.get_by_label("Name", exact=True)).to_have_value("Kim Ito")
    problem.get_by_role("link", name="Role").click()
    expect(page.get_by_label("Role", exact=True)).to_be_focused()
    assert not Interaction.objects.exists()


def test_an_error_in_a_folded_part_is_in_view(cast: Cast, sit_down: SitDown, screen: Screen):
    alma_reyes()
    page = sit_down(cast.dana, screen)
    open_filled_form(page)
    page.get_by_text("More about it").click()
    page.get_by_label("First reply from them").fill("2027-02-01")
    save(page)

    expect(page.get_by_label("First reply from them")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("cannot be before the contact")


def test_blocks_are_added_and_removed_without_losing_the_others(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    alma_reyes()
    page = sit_down(cast.dana, screen)
    open_filled_form(page)
    page.get_by_label("Ask", exact=True).select_option(label="Cosponsor")
    page.get_by_label("Response").select_option(label="Agreed")
    for kind in ("Fund", "Sponsor"):
        page.get_by_role("button", name="Add another ask").click()
        page.get_by_label("Ask", exact=True).last.select_option(label=kind)
        page.get_by_label("Response").last.select_option(label="Agreed")

    page.locator("[data-formset=asks] [data-formset-item]").nth(1).get_by_role(
        "button", name="Remove"
    ).click()
    save(page)

    expect(page.get_by_text(SAVED)).to_be_visible()
    assert [ask.kind for ask in Interaction.objects.get().asks.order_by("pk")] == ["cosponsor", "sponsor"]


def test_a_draft_is_kept_and_finished_later(cast: Cast, sit_down: SitDown, screen: Screen):
    alma_reyes()
    page = sit_down(cast.dana, screen)
    page.goto("/log/new/")
    page.get_by_label("One-line summary").fill(SUMMARY)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved. Only you can see it.")).to_be_visible()

    page.goto("/")
    page.locator(".card", has_text="Drafts to finish").get_by_role("link", name=SUMMARY).click()
    fill_in(page)
    save(page)

    expect(page.get_by_text(SAVED)).to_be_visible()
    assert Interaction.objects.get().summary == SUMMARY
