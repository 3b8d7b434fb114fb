"""Story A4, first half: a position is proposed in haste, approved step by step, used, and asks for review."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from advocacy.positions.models import Position
from legislation.models import Measure, Stage
from tests.browser.conftest import Screen, SitDown
from tests.cast import Cast
from tests.factories.measures import measure, stepped, text_of, tracked

pytestmark = [pytest.mark.browser, pytest.mark.story]


def panel_of(page: Page, name: str) -> Page:
    return page.get_by_role("region", name=name)  # type: ignore[return-value]  # a locator answers the same questions


def approve_what_waits(page: Page, bill: Measure) -> None:
    """From home, by the list of what waits for me."""
    page.goto("/")
    page.locator("main").get_by_role("link", name="Decide").click()
    expect(page.get_by_role("heading", name="Waiting for your decision")).to_be_visible()
    waiting = page.get_by_role("region", name="Waiting for your decision")
    expect(waiting).to_contain_text(f"{bill} · Gulf Prairie: Proposed: Support if amended")
    waiting.get_by_role("link", name="Decide").click()
    page.get_by_text("Approved", exact=True).click()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Decided:")).to_be_visible()


def test_a_position_is_proposed_approved_and_used(cast: Cast, sit_down: SitDown, screen: Screen):
    bill = measure("HB 210")
    tracked(bill, cast.gulf_prairie)
    stepped(bill, Stage.COMMITTEE_1, date(2027, 2, 1), local_label="Referred to committee")
    introduced = text_of(bill, "Introduced", date(2027, 1, 20))
    dana = sit_down(cast.dana, screen)

    dana.goto(bill.get_absolute_url())
    dana.get_by_role("link", name="Propose a position").click()
    dana.get_by_label("Position", exact=True).select_option(label="Support if amended")
    dana.get_by_label("Text it refers to").select_option(label="Introduced")
    dana.get_by_label("Why").fill("Small hospitals need another year.")
    dana.get_by_label("Needed by").fill("2027-02-12")
    dana.get_by_label("Expedite").check()
    dana.get_by_role("button", name="Propose").click()
    dana.goto(bill.get_absolute_url())
    expect(panel_of(dana, "Our position")).to_contain_text("Proposed: Support if amended")
    expect(panel_of(dana, "Testimony")).to_contain_text("no campaign and no testimony yet")
    expect(dana.get_by_role("link", name="Register testimony")).to_have_count(0)

    approve_what_waits(sit_down(cast.luis, screen), bill)
    assert not Position.objects.usable().exists()
    approve_what_waits(sit_down(cast.jordan, screen), bill)

    dana.goto(bill.get_absolute_url())
    ours = panel_of(dana, "Our position")
    expect(ours).to_contain_text("Approved on Feb. 9, 2027 by Jordan Blake")
    expect(ours).to_contain_text("State or provincial team: Approved, Luis Ortega, Feb. 9, 2027")
    expect(ours).not_to_contain_text("Proposed:")
    dana.get_by_role("link", name="Register testimony").click()
    dana.get_by_label("Form", exact=True).select_option(label="Written")
    dana.get_by_role("button", name="Register").click()
    expect(panel_of(dana, "Testimony")).to_contain_text("Dana Whitfield, Written")

    assert Position.objects.usable().get().text_version == introduced
    text_of(bill, "Committee substitute", date(2027, 2, 9))
    dana.reload()
    expect(panel_of(dana, "Our position")).to_contain_text("Review needed: text changed")
