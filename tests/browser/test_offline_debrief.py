"""A7 without signal: the schedule opens, a debrief is taken, and once there is a connection exactly one is filed."""

from datetime import datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from advocacy.events.models import Appointment, AppointmentStatus, EventStatus
from advocacy.interactions.models import Interaction
from tests.browser.phone import Phone, out_of_signal
from tests.browser.watching import Watch
from tests.cast import Cast
from tests.factories.advocacy_days import HealthItDay, health_it_day

pytestmark = [pytest.mark.browser, pytest.mark.story]
HALF_PAST_ELEVEN = datetime.fromisoformat("2027-04-14T11:30-05:00")
KEPT = "Saved on this phone. It is sent as soon as there is a connection."


@pytest.fixture
def day(cast: Cast, clock: time_machine.Traveller) -> HealthItDay:
    found = health_it_day(cast, EventStatus.PUBLISHED)
    clock.move_to(HALF_PAST_ELEVEN)
    return found


def take_a_debrief(page: Page, day: HealthItDay) -> None:
    page.goto(day.event.get_absolute_url())
    page.get_by_role("link", name="Debrief Alma Reyes").click()
    expect(page.locator("#log-form")).to_contain_text("Alma Reyes")
    page.get_by_label("The official was there in person").check()
    page.get_by_label("One-line summary").fill("She will fund the exchange.")
    page.get_by_label("Response", exact=True).select_option(label="Agreed")
    page.get_by_role("group", name="Was specific legislation").get_by_text("No", exact=True).click()
    page.locator(".form-actions").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").get_by_text(KEPT)).to_be_visible()


def one_debrief_is_filed(day: HealthItDay) -> None:
    interaction = Interaction.objects.get()
    held = Appointment.objects.get(pk=day.reyes.pk)
    assert (held.status, held.interaction) == (AppointmentStatus.HELD, interaction)
    assert interaction.occurred_on == day.event.held_on


def test_with_the_server_stopped_a_debrief_is_taken_and_after_its_return_filed_once(
    cast: Cast, day: HealthItDay, phone: Phone
):
    page = phone.page_of(cast.dana)
    phone.stop()
    take_a_debrief(page, day)
    assert not Interaction.objects.exists()

    phone.start()
    page.reload()
    expect(page.locator("[data-drafts] .badge")).to_have_text("Sent")
    page.reload()
    expect(page.locator("[data-drafts] .badge")).to_have_text("Sent")

    one_debrief_is_filed(day)


def test_a_meeting_that_moved_while_the_debrief_waited_is_held_all_the_same(
    cast: Cast, day: HealthItDay, phone: Phone, watch: Watch
):
    page = phone.page_of(cast.dana)
    out_of_signal(page, watch)
    take_a_debrief(page, day)

    Appointment.objects.filter(pk=day.reyes.pk).update(status=AppointmentStatus.MOVED, room="E2.9", version=5)
    type(day.event).objects.filter(pk=day.event.pk).update(status=EventStatus.CLOSED)
    page.context.set_offline(False)
    expect(page.locator("[data-drafts] .badge")).to_have_text("Sent")

    one_debrief_is_filed(day)


def test_what_a_colleague_filed_meanwhile_is_a_question_and_nothing_typed_is_lost(
    cast: Cast, day: HealthItDay, phone: Phone, watch: Watch
):
    watch.expected.add(422)
    page = phone.page_of(cast.dana)
    out_of_signal(page, watch)
    take_a_debrief(page, day)
    theirs = Interaction.objects.create(
        kind="meeting_in_person",
        occurred_on=day.event.held_on,
        zone="America/Chicago",
        chapter=cast.gulf_prairie,
        summary="Filed by Priya.",
        discussed_specific_legislation=False,
        logged_by=cast.priya,
        state="logged",
        logged_at=HALF_PAST_ELEVEN,
    )
    Appointment.objects.filter(pk=day.reyes.pk).update(interaction=theirs, debriefed_at=HALF_PAST_ELEVEN)

    page.context.set_offline(False)

    expect(page.locator("[data-drafts] .badge")).to_have_text("Needs you")
    expect(page.locator("[data-drafts]")).to_contain_text(
        "The debrief of this meeting has been filed already."
    )
    assert Interaction.objects.get() == theirs
