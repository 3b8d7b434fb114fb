"""The first nine things every serious contact log can do, each in the browser, on a phone and on a laptop."""

import csv
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page, expect

from advocacy.interactions.models import Interaction
from legislation.models import Measure, Official, Staffer
from tests.browser.conftest import Screen, SitDown
from tests.browser.hands import Hands
from tests.browser.logging import LEGISLATION, OFFICIALS, SAVED, SUMMARY, fill_in, log_one, save
from tests.cast import Cast
from tests.factories.log import alma_reyes, hb_210, logged, official_in, seat_in
from tests.factories.people import state

pytestmark = pytest.mark.browser


def joel_tran() -> Official:
    return official_in(seat_in(state("tx", "Texas"), "15", "upper"), "Joel Tran")


@pytest.mark.parametrize("letters", ["reye", "131"], ids=["part of the name", "district"])
def test_1_pick_an_official_and_save_in_at_most_two_screens(
    letters: str, cast: Cast, sit_down: SitDown, screen: Screen
):
    reyes = alma_reyes()
    page = sit_down(cast.dana, screen)
    page.goto("/")
    page.goto("/log/new/")

    Hands(page).pick(OFFICIALS, letters, "Alma Reyes")
    fill_in_the_rest(page)
    save(page)

    expect(page.get_by_text(SAVED)).to_be_visible()
    for address in (reyes.get_absolute_url(), "/log/", cast.gulf_prairie.get_absolute_url(), "/"):
        page.goto(address)
        expect(page.locator(".timeline-item")).to_contain_text(SUMMARY)


def fill_in_the_rest(page: Page) -> None:
    hands = Hands(page)
    page.get_by_label("The official was there in person").check()
    hands.answer("What was it for?", "Getting to know each other")
    page.get_by_label("One-line summary").fill(SUMMARY)
    hands.answer(LEGISLATION, "No")


def test_2_one_contact_with_many_officials_staffers_advocates_and_bills(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    reyes = alma_reyes()
    joel_tran()
    bill = hb_210()
    Measure.objects.create(session=bill.session, number="SB 15", title_en="Telehealth parity")
    Staffer.objects.create(official=reyes, name="Wes Okada", role="policy_adviser", added_by=cast.dana)
    page = sit_down(cast.dana, screen)
    page.goto("/log/new/")
    hands = Hands(page)

    hands.pick(OFFICIALS, "Reyes", "Alma Reyes")
    hands.pick(OFFICIALS, "Tran", "Joel Tran")
    page.get_by_text("Staff on record").click()
    hands.pick("Staff we met", "Okada", "Wes Okada")
    page.get_by_label("Name", exact=True).fill("Kim Ito")
    hands.choose("Role", "Policy staff")
    hands.pick("Measures", "HB 210", "HB 210")
    hands.pick("Measures", "SB 15", "SB 15")
    page.get_by_label("One-line summary").fill(SUMMARY)
    hands.answer(LEGISLATION, "Yes")
    page.get_by_text("More about it").click()
    hands.pick("Our people", "Priya", "Priya Shah")
    page.get_by_label("Guests on our side").fill("Dr. Okafor, Ana Lima")
    save(page)

    expect(page.get_by_text(SAVED)).to_be_visible()
    who = page.locator(".card", has_text="Credited chapters")
    for name in (
        "Alma Reyes", "Joel Tran", "Wes Okada", "Kim Ito", "Dana Whitfield", "Priya Shah", "Dr. Okafor", "Ana Lima",
        "HB 210 (90R)", "SB 15 (90R)",
    ):  # fmt: skip
        expect(who).to_contain_text(name)
    assert Interaction.objects.count() == 1


def test_3_no_future_date_planned_is_another_state_and_the_zone_is_shown(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    alma_reyes()
    page = sit_down(cast.dana, screen)
    page.goto("/log/new/")
    fill_in(page)
    page.get_by_label("Date", exact=True).fill("2027-02-10")

    save(page)

    problem = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(problem).to_contain_text("This day has not come yet")
    expect(problem).to_be_focused()
    expect(page.get_by_label("One-line summary")).to_have_value(SUMMARY)
    assert not Interaction.objects.exists()

    page.get_by_role("button", name="Save as planned").click()

    expect(page.get_by_text("Planned. Open it after the meeting")).to_be_visible()
    header = page.locator(".page-header")
    expect(header).to_contain_text("Wednesday, Feb. 10, 2027")
    expect(header).to_contain_text("Chicago")
    expect(header.get_by_text("Planned", exact=True)).to_be_visible()


def test_4_follow_ups_have_an_owner_a_day_and_a_status(
    cast: Cast, sit_down: SitDown, screen: Screen, clock: time_machine.Traveller
):
    logged(cast.dana, [alma_reyes()])
    page = sit_down(cast.dana, screen)
    page.goto("/")
    due = page.locator(".card", has_text="Follow-ups due").locator(".row")
    expect(due).to_contain_text("Send thank-you · Alma Reyes")
    expect(due).to_contain_text("Due: Wed, Feb. 10, 2027")
    expect(due).to_contain_text("Dana Whitfield")

    clock.move_to(datetime(2027, 2, 12, 9, tzinfo=ZoneInfo("America/Chicago")), tick=False)
    page.reload()
    expect(due).to_contain_text("Overdue: Wed, Feb. 10, 2027")
    due.get_by_role("button", name="Mark as done: Send thank-you").click()

    expect(page.get_by_text("Done: Send thank-you.")).to_be_visible()
    expect(page.get_by_text("Nothing due this week")).to_be_visible()
    page.goto("/log/follow-ups/?show=done")
    page.get_by_role("link", name="Send thank-you").click()
    expect(page.locator(".facts")).to_contain_text("Done · Dana Whitfield, Feb. 12, 2027")
    page.get_by_role("button", name="Open again").click()
    expect(page.get_by_text("Follow-up is open again.")).to_be_visible()


def test_5_a_chapters_own_record_is_in_no_list_detail_search_or_export_of_others(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    record = logged(cast.dana, [alma_reyes()], confidentiality="chapter", summary="Budget worries")
    everywhere = ("/log/", "/search/?q=budget", "/log/?q=budget")
    dana, luis = sit_down(cast.dana, screen), sit_down(cast.luis, screen)

    for address in everywhere:
        dana.goto(address)
        expect(dana.get_by_text("Budget worries").first).to_be_visible()
        luis.goto(address)
        expect(luis.get_by_text("Budget worries")).to_have_count(0)
    answer = luis.goto(record.get_absolute_url())
    assert answer is not None
    assert answer.status == 404
    assert "Budget worries" in exported(dana)
    assert "Budget worries" not in luis.context.request.get("/log/export.csv").text()
    jordan = sit_down(cast.jordan, screen)
    jordan.goto("/admin/interactions/interaction/")
    expect(jordan.get_by_text("Budget worries")).to_be_visible()


def exported(page: Page, query: str = "") -> str:
    return page.context.request.get(f"/log/export.csv{query}").text()


def test_6_a_record_has_a_history_and_can_be_deleted_and_restored(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    alma_reyes()
    page = sit_down(cast.dana, screen)
    log_one(page)
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("One-line summary").fill("Talked about the budget too.")
    save(page)
    expect(page.get_by_text("Changes saved.")).to_be_visible()
    page.get_by_role("link", name="History of this record").click()
    newest = page.locator(".timeline-item").first
    expect(newest).to_contain_text("Dana Whitfield changed it")
    expect(newest.locator("del")).to_contain_text([SUMMARY])
    expect(newest.locator("ins")).to_contain_text(["Talked about the budget too."])

    page.get_by_role("navigation", name="You are here").get_by_role("link").last.click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_label("Why").fill("Wrong official")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Nothing is logged yet")).to_be_visible()
    page.get_by_role("link", name="Deleted records").click()
    expect(page.locator(".row")).to_contain_text("Wrong official")
    page.get_by_role("link", name="Restore").click()
    page.get_by_role("button", name="Restore").click()

    expect(page.get_by_text("Restored, with its follow-ups.")).to_be_visible()
    expect(page.get_by_role("button", name="Mark as done: Send thank-you")).to_be_visible()


def test_7_a_double_click_on_save_makes_one_record(cast: Cast, sit_down: SitDown, screen: Screen):
    alma_reyes()
    page = sit_down(cast.dana, screen)
    page.goto("/log/new/")
    fill_in(page)

    page.locator("button[data-submit-default]").dblclick()

    expect(page.get_by_text(SAVED)).to_be_visible()
    assert Interaction.objects.count() == 1


def test_8_a_near_duplicate_is_asked_about_and_saving_anyway_is_recorded(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    meeting = logged(cast.dana, [alma_reyes()])
    page = sit_down(cast.luis, screen)
    page.goto("/log/new/")
    fill_in(page)
    notice = page.get_by_role("group", name="Looks like a meeting that is in the log already")
    expect(notice).to_be_visible()

    save(page)

    expect(page.get_by_role("alert")).to_contain_text("A colleague may have logged this already")
    assert Interaction.objects.count() == 1
    notice.get_by_label("Log separately").check()
    save(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect(page.locator(".card", has_text="For the record")).to_contain_text("Logged separately from")
    assert Interaction.objects.exclude(pk=meeting.pk).get().resembles == meeting


def test_9_filters_stand_in_the_address_and_the_count_is_that_of_the_export(
    cast: Cast, sit_down: SitDown, screen: Screen
):
    reyes, tran = alma_reyes(), joel_tran()
    logged(cast.dana, [reyes], summary="By telephone", kind="phone_call")
    logged(cast.dana, [reyes], summary="Last week", occurred_on=date(2027, 2, 2))
    logged(cast.luis, [tran], summary="At the other chamber")
    page = sit_down(cast.dana, screen)
    for query, summaries in {
        "": ["At the other chamber", "By telephone", "Last week"],
        f"?chapter={cast.hill_country.pk}": ["At the other chamber"],
        f"?person={cast.dana.pk}": ["By telephone", "Last week"],
        f"?official={tran.pk}": ["At the other chamber"],
        "?kind=phone_call": ["By telephone"],
        "?since=2027-02-01&until=2027-02-05": ["Last week"],
        "?q=telephone": ["By telephone"],
    }.items():
        page.goto(f"/log/{query}")
        assert sorted(page.locator(".timeline-text").all_inner_texts()) == summaries, query
        rows = list(csv.DictReader(io.StringIO(exported(page, query))))
        assert len(rows) == len(summaries), query

    page.goto("/log/")
    if screen.is_phone:
        page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Kind").select_option(label="Phone call")
    page.get_by_label("Chamber").select_option(label="Texas House")
    page.get_by_role("button", name="Apply filters").click()

    expect(page.locator(".list-bar")).to_contain_text("1 result")
    assert "kind=phone_call" in page.url
    page.get_by_role("link", name="Remove the filter Kind: Phone call").click()
    expect(page.locator(".list-bar")).to_contain_text("2 results")
