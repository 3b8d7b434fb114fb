"""Story A13: a sign-on letter with a hard deadline, a partner's own page, and what is locked after it."""

from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from advocacy.coalitions import links
from advocacy.coalitions.models import SignOnInvitation, SignOnLetter
from tests.browser.conftest import Screen, SitDown
from tests.cast import Cast
from tests.factories.letters import DEADLINE, answered, asked_by, partner

pytestmark = [pytest.mark.browser, pytest.mark.story]


def begin(page: Page) -> None:
    page.goto("/coalitions/letters/")
    page.get_by_role("link", name="Add a letter").click()
    page.get_by_label("Title", exact=True).fill("Keep telehealth open")
    page.get_by_label("Text in English").fill("We ask you to extend it.")
    page.get_by_label("Text in French").fill("Nous vous demandons de la prolonger.")
    page.get_by_label("Addressed to an agency").fill("Department of Health")
    page.get_by_label("Time zone of the deadlines").select_option("America/New_York")
    page.get_by_label("Soft deadline").fill("2027-02-16T17:00")
    page.get_by_label("Hard deadline").fill("2027-02-19T17:00")
    page.locator(".form-actions").get_by_role("button", name="Save").click()
    expect(page.get_by_text("somebody else decides whether we sign").first).to_be_visible()
    expect(page.get_by_role("link", name="Decide whether we sign")).to_have_count(0)


def decide(page: Page) -> None:
    page.goto("/coalitions/letters/")
    page.get_by_role("link", name="Keep telehealth open").click()
    page.get_by_role("link", name="Decide whether we sign").click()
    page.get_by_text("Decline", exact=True).click()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Say why, or what should change.").first).to_be_visible()
    page.get_by_text("Sign", exact=True).click()
    page.get_by_label("Signed as").fill("Gulf Prairie Chapter")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Decided by Chris Lang")).to_be_visible()


def test_a_sign_on_letter_from_its_beginning_to_the_locked_answer(
    cast: Cast, sit_down: SitDown, screen: Screen, clock: time_machine.Traveller
):
    contact = partner("Harbor Patients")
    dana = sit_down(cast.dana, screen)
    begin(dana)
    decide(sit_down(cast.chris, screen))

    dana.reload()
    dana.get_by_role("link", name="Invite organizations").click()
    dana.get_by_text("Harbor Patients · Robin Vale").click()
    dana.get_by_role("button", name="Invite").click()
    expect(dana.get_by_role("region", name="Organizations invited")).to_contain_text("No answer yet")
    letter = SignOnLetter.objects.get()
    answered(asked_by(letter, partner("Zebra Health")))

    invitation = SignOnInvitation.objects.get(organisation=contact.organisation)
    robin = sit_down(None, screen)
    robin.goto(links.path_of(invitation, "en"))
    expect(robin.get_by_text("14:00 your time (Friday Feb. 19, 2027, 17:00, New York time)")).to_be_visible()
    expect(robin.locator("body")).not_to_contain_text("Zebra Health")
    robin.get_by_text("We decline", exact=True).click()
    robin.get_by_role("button", name="Send the answer").click()
    expect(robin.get_by_text("Say why, or what should change.").first).to_be_visible()
    robin.get_by_text("We sign", exact=True).click()
    robin.get_by_label("Approved by").fill("Kim Ito")
    robin.get_by_label("Their title").fill("Chair")
    robin.get_by_role("button", name="Send the answer").click()
    expect(robin.get_by_text("you sign as Harbor Patients, approved by Kim Ito, Chair.")).to_be_visible()

    clock.move_to(DEADLINE + timedelta(seconds=1))
    robin.reload()
    expect(robin.get_by_text("The deadline has passed, so the answer is locked.")).to_be_visible()
    expect(robin.get_by_role("button", name="Send the answer")).to_have_count(0)
    expect(robin.locator("body")).not_to_contain_text("Zebra Health")
    dana.goto(letter.get_absolute_url())
    expect(dana.get_by_role("region", name="About the letter")).to_contain_text("Locked")
    dana.get_by_role("link", name="It has been sent").click()
    dana.get_by_role("button", name="It has been sent").click()
    expect(dana.get_by_role("region", name="About the letter")).to_contain_text("3")
    robin.reload()
    expect(robin.get_by_role("listitem").filter(has_text="Zebra Health")).to_be_visible()
