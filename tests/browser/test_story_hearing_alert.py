"""Story A4, second half: a hearing is set and moved, a text changes, and those whose business it is hear in time.

Staff enter the hearing in the browser; the portal's own worker plans and hands over; a mail server takes the mail.
"""

import email
import time
from collections.abc import Iterator
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
import vobject
from playwright.sync_api import Page, expect

from advocacy.accounts.models import User
from advocacy.jobs.progress import process_is_ending
from advocacy.outbox.ending import is_ending
from advocacy.portal.embedded import Backstage
from advocacy.positions.models import Standpoint, TrackingWatcher
from legislation.models import Hearing, Measure
from tests.browser.conftest import LAPTOP, Screen, SitDown
from tests.cast import TODAY, Cast
from tests.factories.measures import took, tracked
from tests.house.processes import eventually
from tests.legislation.measures.loading import again, bill, loaded, text, the
from tests.outbox import conftest as outbox
from tests.outbox.relay import Relay

pytestmark = [pytest.mark.browser, pytest.mark.story, pytest.mark.timeout(300)]
relay = outbox.relay
RECORD = bill("HB 210", texts=(text("I", "Introduced", on=date(2027, 1, 20)),))


@pytest.fixture
def backstage(transactional_db: None, relay: Relay) -> Iterator[None]:
    """The worker of the embedded portal, in this process."""
    threads = Backstage()
    threads.start()
    yield
    threads.stop()
    process_is_ending.clear()
    is_ending.clear()


def seconds_until(relay: Relay, count: int) -> float:
    """How long it takes until so many mails have arrived."""
    began = time.monotonic()
    assert eventually(lambda: len(relay.arrived) >= count, within=60), relay.recipients
    return time.monotonic() - began


def newest(relay: Relay, person: User) -> EmailMessage:
    parsed = [email.message_from_bytes(one, policy=default) for one in relay.texts.values()]
    return [one for one in parsed if one["To"] == person.email][-1]  # type: ignore[return-value]  # by its policy


def words(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


def entry(letter: EmailMessage) -> vobject.base.Component:
    (file,) = letter.iter_attachments()
    return vobject.readOne(file.get_content()).vevent


def choose(page: Page, field: str, letters: str, option: str) -> None:
    """From a box of the admin that searches as one types."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-search__field").last.fill(letters)
    page.locator(".select2-results__option", has_text=option).first.click()


def announce(page: Page, measure: Measure) -> None:
    page.goto("/admin/legislation/hearing/add/")
    choose(page, "jurisdiction", "Texas", "Texas")
    page.get_by_label("Committee, as announced").fill("Public Health")
    page.locator("#id_measures").fill(str(measure.pk))
    page.locator("#id_starts_at").fill("2027-02-11T08:00")
    page.locator("#id_zone").select_option("America/Chicago")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()


def put_off(page: Page, hearing: Hearing) -> None:
    page.goto(f"/admin/legislation/hearing/{hearing.pk}/change/")
    page.locator("#id_starts_at").fill("2027-02-11T13:30")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def test_a_hearing_is_set_and_moved_and_a_text_changes_and_both_hear_of_it(
    cast: Cast, sit_down: SitDown, relay: Relay, backstage: None, screen: Screen
):
    loaded(RECORD, on=date(2027, 2, 1))
    measure = the("HB 210")
    tracking = tracked(measure, cast.gulf_prairie, owner=cast.dana)
    text_i = measure.text_versions.get()
    took(measure, cast.gulf_prairie, Standpoint.SUPPORT_IF_AMENDED, cast.jordan, text_version=text_i)
    TrackingWatcher.objects.create(tracking=tracked(measure, None, owner=cast.jordan), person=cast.noor)
    staff = sit_down(cast.jordan, LAPTOP)

    announce(staff, measure)
    # Dana owns it, Noor watches it from Vancouver, Jordan owns it for the society.
    assert seconds_until(relay, 3) < 60
    to_dana, to_noor = newest(relay, cast.dana), newest(relay, cast.noor)
    assert to_dana["Subject"] == "HB 210 (90R): Hearing set"
    assert "Now: Thursday Feb. 11, 2027, 08:00\n" in words(to_dana)
    assert "07:00 your time (Thursday Feb. 11, 2027, 08:00, Chicago time)" in words(to_noor)
    assert "Position of Gulf Prairie: Support if amended" in words(to_dana)
    assert f"You own it for {tracking.holder}." in words(to_dana)

    put_off(staff, Hearing.objects.get())
    assert seconds_until(relay, 6) < 60
    for person, old, new in ((cast.dana, "08:00", "13:30"), (cast.noor, "07:00", "12:30")):
        letter, before = newest(relay, person), {cast.dana: to_dana, cast.noor: to_noor}[person]
        assert letter["Subject"] == "HB 210 (90R): Hearing moved"
        assert f"Before: Thursday Feb. 11, 2027, {old}" in words(letter)
        assert f"Now: Thursday Feb. 11, 2027, {new}" in words(letter)
        first, second = entry(before), entry(letter)
        assert first.uid.value == second.uid.value
        assert int(second.sequence.value) > int(first.sequence.value)
        zone = ZoneInfo("America/Chicago")
        assert second.dtstart.value == datetime(2027, 2, 11, 13, 30, tzinfo=zone)

    substitute = text("S", "Committee substitute", on=TODAY)
    loaded(again(RECORD, texts=(*RECORD.texts, substitute)))
    assert seconds_until(relay, 9) < 60
    assert "Review needed: text changed" in words(newest(relay, cast.dana))
    dana = sit_down(cast.dana, screen)
    dana.goto(measure.get_absolute_url())
    ours = dana.get_by_role("region", name="Our position")
    expect(ours).to_contain_text("Review needed: text changed")
    dana.goto("/measures/alerts/")
    expect(dana.locator("main")).to_contain_text("HB 210 (90R): Hearing moved")
    expect(dana.locator("main")).to_contain_text("You own it for Gulf Prairie.")
    assert sorted(relay.copies.values()) == [1] * 9
