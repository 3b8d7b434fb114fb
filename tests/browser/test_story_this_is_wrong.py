"""Story: a wrong number on a profile, reported from a phone, put right by staff, answered."""

import pytest
from playwright.sync_api import Page, expect

from legislation.models import Correction, FactReport, Office, Source
from tests.browser.axe import faults_of
from tests.browser.conftest import PHONE, SitDown
from tests.browser.hands import Hands
from tests.cast import Cast
from tests.factories.log import alma_reyes

pytestmark = [pytest.mark.browser, pytest.mark.story]
OLD, NEW = "512-555-0131", "512-555-7777"


def test_a_wrong_number_is_reported_corrected_and_answered(cast: Cast, sit_down: SitDown):
    reyes = alma_reyes()
    source = Source.objects.create(
        key="openstates-people", name="Open States", url="https://openstates.example"
    )
    Office.objects.create(official=reyes, address="100 Congress Ave", phone=OLD, source=source)

    dana = sit_down(cast.dana, PHONE)
    _report(dana, reyes.get_absolute_url())
    report = FactReport.objects.get()
    staff = sit_down(cast.jordan)
    _accept(staff, report)

    dana.goto(reyes.get_absolute_url())
    block = dana.locator("#contact")
    expect(block).to_contain_text(NEW)
    expect(block).not_to_contain_text(OLD)
    expect(block).to_contain_text("Source: Open States")
    expect(block).to_contain_text(f"Corrected by staff on Feb. 9, 2027: phone (Reported: It is {NEW} now.)")
    dana.goto("/officials/reports/")
    expect(dana.get_by_role("listitem").filter(has_text="Alma Reyes")).to_contain_text("Accepted: corrected")
    expect(dana.locator("main")).to_contain_text(f"phone: {NEW}")
    assert Correction.objects.get().report == report


def _report(page: Page, profile: str) -> None:
    page.goto(profile)
    hands = Hands(page)
    hands.tap(page.locator("#contact").get_by_role("link", name="This is wrong"))
    expect(page.get_by_label("Which part of the profile?")).to_have_value("contact")
    page.get_by_label("What is wrong?").fill("Nobody picks up.")
    page.get_by_label("What should it say?").fill(f"It is {NEW} now.")
    hands.tap(page.get_by_role("button", name="Send the report"))
    expect(page.get_by_text("Thank you. Staff will look at it")).to_be_visible()
    expect(page.locator("#contact")).to_contain_text("You reported on Feb. 9, 2027")


def _accept(page: Page, report: FactReport) -> None:
    page.goto("/")
    page.get_by_role("link", name="Answer", exact=True).click()
    page.get_by_role("link", name="Alma Reyes").click()
    expect(page.locator("#content-main")).to_contain_text(OLD)
    page.get_by_role("link", name="Accept and correct…").click()
    expect(page.get_by_label("Why the source is wrong")).to_have_value(f"Reported: It is {NEW} now.")
    assert faults_of(page) == []
    page.get_by_label("Phone:").first.fill(NEW)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The report is accepted, and the reporter is told.")).to_be_visible()


def test_an_advocate_vouches_for_a_block_and_takes_it_back(cast: Cast, sit_down: SitDown):
    reyes = alma_reyes()
    page = sit_down(cast.dana, PHONE)
    page.goto(reyes.get_absolute_url())
    block = page.locator("#term")

    expect(block).to_contain_text("May be out of date")
    block.get_by_role("button", name="I checked this today").click()
    expect(block).to_contain_text("Verified on Feb. 9, 2027 by Gulf Prairie")
    expect(block).not_to_contain_text("May be out of date")
    block.get_by_role("button", name="Take my check back").click()

    expect(block).to_contain_text("May be out of date")
