"""Story A7: an Advocacy Day, from the teams to the debrief."""

import base64
from datetime import datetime

import icalendar
import pytest
import time_machine
from playwright.sync_api import Page, expect

from advocacy.events.models import AdvocacyEvent, Appointment, AppointmentStatus
from advocacy.interactions.models import Interaction
from advocacy.outbox.models import OutboundMessage
from campaigns.reminders import planner
from tests.browser.conftest import Screen, SitDown
from tests.cast import Cast
from tests.factories.advocacy_days import asks, capitol, coming, day_of
from tests.factories.maps import remembers

pytestmark = [pytest.mark.browser, pytest.mark.story]
HALF_PAST_ELEVEN = datetime.fromisoformat("2027-04-14T11:30-05:00")
FIVE_O_CLOCK = datetime.fromisoformat("2027-04-14T17:00-05:00")


def register(page: Page, event: AdvocacyEvent, where: str) -> None:
    page.goto(f"{event.get_absolute_url()}register/")
    page.get_by_text(where).click()
    page.locator(".form-actions").get_by_role("button", name="Register").click()
    expect(page.get_by_text("You are registered: you have a place.")).to_be_visible()


def close_registration(page: Page, event: AdvocacyEvent) -> None:
    page.goto(event.get_absolute_url())
    page.get_by_role("link", name="Close registration").click()
    page.locator(".form-actions").get_by_role("button", name="Close registration").click()
    expect(page.get_by_text("Schedule in the making")).to_be_visible()


def place(page: Page, person: str, team: str) -> None:
    """By the list beside the name; dragging does the same."""
    page.get_by_label(f"Team for {person}", exact=True).select_option(label=team)
    chip = page.locator(".person-chip", has_text=person)
    chip.get_by_role("button", name="Place").click()
    expect(page.get_by_role("region", name=team, exact=True)).to_contain_text(person)


def book(page: Page, office: str, at: str, team: str) -> None:
    page.get_by_role("link", name=office, exact=True).click()
    page.get_by_label("How far is it?").select_option(label="Confirmed")
    page.get_by_label("Begins at").fill(at)
    page.get_by_label("Team", exact=True).select_option(label=team)
    page.locator(".form-actions").get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name=team, exact=True)).to_contain_text(office)


def refused(page: Page, words: str) -> None:
    page.get_by_role("link", name="Publish the schedule").click()
    expect(page.get_by_text("It cannot be published yet")).to_be_visible()
    expect(page.get_by_role("region", name="It cannot be published yet")).to_contain_text(words)
    page.get_by_role("link", name="Settle these").click()


def build(page: Page, event: AdvocacyEvent) -> None:
    """Team 1 with Dana and three others; Reyes at 10:00 and Tran a quarter of an hour later."""
    page.goto(f"{event.get_absolute_url()}schedule/")
    page.get_by_role("button", name="Add the officials of all who come").click()
    expect(page.get_by_role("region", name="Offices without a team")).to_contain_text("Joel Tran")
    page.get_by_role("button", name="Add a team").click()
    for person in ("Dana Whitfield", "Ann Lee", "Bo Park", "Cy Ray"):
        place(page, person, "Team 1")
    book(page, "Alma Reyes", "10:00", "Team 1")
    book(page, "Joel Tran", "10:15", "Team 1")


def settle(page: Page) -> None:
    """Another time, a second team of which nobody lives there, and the reason why it goes all the same."""
    refused(page, "the meetings overlap")
    book(page, "Joel Tran", "11:00", "Team 1")
    page.get_by_role("button", name="Add a team").click()
    for person in ("Luis Ortega", "Di Fox"):
        place(page, person, "Team 2")
    book(page, "Joel Tran", "11:00", "Team 2")
    refused(page, "Team 2 has no constituent for Joel Tran")
    warning = page.locator("#findings .row", has_text="no constituent")
    warning.get_by_role("link", name="Accept").click()
    page.get_by_label("Why may it stand?").fill("He asked for the two of them.")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Nothing stands in the way of publishing")).to_be_visible()


def test_an_advocacy_day_from_the_teams_to_the_debrief(
    cast: Cast, sit_down: SitDown, screen: Screen, clock: time_machine.Traveller
):
    event, offices = day_of(cast), capitol()
    asks(event)
    seats = [offices.house_131, offices.senate_15]
    remembers(cast.dana, offices.house_131)
    dana = sit_down(cast.dana, screen)
    register(dana, event, "Those of my saved place")
    register(sit_down(cast.luis, screen), event, "None: I join a team")
    for name in ("Ann Lee", "Bo Park", "Cy Ray"):
        coming(event, name, lives_in=seats)
    coming(event, "Di Fox")
    priya = sit_down(cast.priya, screen)
    close_registration(priya, event)
    build(priya, event)
    settle(priya)

    priya.get_by_role("link", name="Publish the schedule").click()
    priya.get_by_role("button", name="Publish", exact=True).click()
    expect(priya.get_by_text("Published. 6 people are told.")).to_be_visible()
    assert OutboundMessage.objects.filter(kind="events.schedule").count() == 6

    message = OutboundMessage.objects.get(kind="events.schedule", recipient=cast.dana.email)
    calendar = icalendar.Calendar.from_ical(base64.b64decode(message.attachments[0]["content"]))
    assert [str(entry["summary"]) for entry in calendar.walk("VEVENT")] == ["Meeting: Alma Reyes"]

    clock.move_to(HALF_PAST_ELEVEN)
    dana = sit_down(cast.dana, screen)
    dana.goto(f"{event.get_absolute_url()}mine/")
    dana.get_by_role("link", name="Debrief Alma Reyes").click()
    expect(dana.get_by_label("Date", exact=True)).to_have_value("2027-04-14")
    expect(dana.locator("#log-form")).to_contain_text("Alma Reyes")
    dana.get_by_label("The official was there in person").check()
    dana.get_by_label("One-line summary").fill("She will fund the exchange.")
    dana.get_by_label("Response", exact=True).select_option(label="Agreed")
    dana.get_by_role("group", name="Was specific legislation").get_by_text("No", exact=True).click()
    dana.locator(".form-actions").get_by_role("button", name="Save", exact=True).click()
    expect(dana.get_by_text("Debrief filed. Thank you.")).to_be_visible()

    held = Appointment.objects.get(official=offices.reyes)
    assert held.status == AppointmentStatus.HELD
    interaction = Interaction.objects.get()
    assert [str(one) for one in interaction.participants.all()] == [
        "Dana Whitfield",
        "Ann Lee",
        "Bo Park",
        "Cy Ray",
    ]
    dana.goto(event.get_absolute_url())
    expect(dana.get_by_role("region", name="Debriefs")).to_contain_text("1 of 2")

    clock.move_to(FIVE_O_CLOCK)
    planner.tick(FIVE_O_CLOCK)
    nudges = OutboundMessage.objects.filter(kind="events.debriefs")
    assert [message.recipient for message in nudges] == [cast.luis.email]
