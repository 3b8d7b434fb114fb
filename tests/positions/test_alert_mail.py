"""What a mail of alerts says: old and new, our position, why it came, how fresh it is, and one entry in a calendar."""

import email
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
import time_machine
import vobject
from django.urls import reverse

from advocacy.accounts.models import User
from advocacy.outbox import delivery
from advocacy.outbox.models import OutboundMessage
from advocacy.positions.actions import trackings
from advocacy.positions.alerts import planner
from advocacy.positions.models import Alert, Tier, TrackingWatcher
from legislation.actions import hearings
from legislation.models import Hearing, RecordKind, Source, SourceRecord, Stage
from members.confidentiality import Confidentiality
from tests.cast import NOW, Cast, browser_of
from tests.factories.measures import measure, stepped, tracked
from tests.factories.people import province
from tests.outbox.relay import Relay
from tests.positions.test_alerts import followed, moved, scheduled

pytestmark = pytest.mark.django_db
AT_HALF_PAST_ONE = datetime(2027, 2, 11, 13, 30, tzinfo=ZoneInfo("America/Chicago"))


def written_to(person: User) -> OutboundMessage:
    return OutboundMessage.objects.filter(user=person).latest("pk")


def letters(relay: Relay, person: User) -> list[EmailMessage]:
    parsed = [email.message_from_bytes(text, policy=default) for text in relay.texts.values()]
    return [one for one in parsed if one["To"] == person.email]  # type: ignore[misc]  # the policy's own class


def entry(letter: EmailMessage) -> object:
    """The one hearing of the attached calendar."""
    (file,) = letter.iter_attachments()
    assert file.get_content_type() == "text/calendar"
    return vobject.readOne(file.get_content()).vevent


def test_a_change_of_an_import_says_where_it_stood_why_and_how_fresh_the_feed_is(cast: Cast):
    source = Source.objects.create(key="openstates", name="Texas, Open States")
    good = datetime(2027, 2, 9, 12, 10, tzinfo=UTC)
    bill = measure("HB 210")
    SourceRecord.objects.create(
        source=source, kind=RecordKind.MEASURE, external_id="1", jurisdiction=bill.session.jurisdiction,
        measure=bill, first_seen_at=good, last_seen_at=good,
    )  # fmt: skip
    stepped(bill, Stage.COMMITTEE_1, NOW.date() - timedelta(days=5), local_label="Referred to Public Health")
    followed(bill, cast)
    moved(bill, None, label="Reported favorably")

    planner.tick(NOW)

    assert written_to(cast.dana).own_words.splitlines()[2:13] == [
        "this has just changed:",
        "",
        "Stage changed",
        "HB 210 (90R): Title of HB 210",
        "Before: Referred to Public Health",
        "Now: Reported favorably",
        "No position yet.",
        "You own it for Gulf Prairie.",
        "Texas, Open States: feed last good Tuesday Feb. 9, 2027, 06:10",
        f"http://127.0.0.1:8000{bill.get_absolute_url()}",
        "",
    ]


def test_a_moved_hearing_shows_both_times_by_both_clocks_and_stays_one_entry(
    cast: Cast, relay: Relay, clock: time_machine.Traveller
):
    bill = measure("HB 210")
    followed(bill, cast)
    TrackingWatcher.objects.create(
        tracking=tracked(bill, cast.cascadia_north, Tier.LEAD, owner=cast.elise), person=cast.noor
    )
    hearing = scheduled(cast, bill)
    planner.tick(NOW)
    delivery.deliver()
    hearings.move(hearing, by=cast.jordan, now=NOW, starts_at=AT_HALF_PAST_ONE)
    planner.tick(NOW)
    delivery.deliver()

    first, second = letters(relay, cast.noor)
    old = "Thursday Feb. 11, 2027, 07:00 your time (Thursday Feb. 11, 2027, 08:00, Chicago time)"
    new = "Thursday Feb. 11, 2027, 12:30 your time (Thursday Feb. 11, 2027, 13:30, Chicago time)"
    body = second.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
    assert f"Before: {old} · E2.012" in body
    assert f"Now: {new} · E2.012" in body
    assert "Entered by Jordan Blake on Tuesday Feb. 9, 2027, 09:00" in body
    entries = [entry(first), entry(second)]
    assert entries[0].uid.value == entries[1].uid.value
    assert [one.sequence.value for one in entries] == ["0", "1"]
    assert entries[1].dtstart.value == AT_HALF_PAST_ONE
    assert len(letters(relay, cast.dana)) == 2


def test_a_hearing_on_five_of_our_bills_is_one_line_and_one_entry(cast: Cast):
    bills = [measure(f"HB {number}") for number in range(1, 6)]
    for bill in bills:
        followed(bill, cast)
    scheduled(cast, *bills)

    planner.tick(NOW)

    message = written_to(cast.dana)
    assert message.subject == "Public Health: Hearing set"
    assert [f"HB {number} (90R): Title" in message.text for number in range(1, 6)] == [True] * 5
    assert (message.text.count("Now: "), len(message.attachments)) == (1, 1)


def test_nothing_that_is_kept_inside_goes_into_the_mail(cast: Cast):
    bill = measure("HB 210")
    tracking = followed(bill, cast)
    tracking.why = "The senator owes us."
    tracking.save()
    trackings.note(
        tracking, text="Ask her brother.", confidentiality=Confidentiality.SHARED, by=cast.dana, now=NOW
    )
    moved(bill, cast.jordan)

    planner.tick(NOW)

    message = written_to(cast.dana)
    assert "owes us" not in message.text + message.html
    assert "brother" not in message.text + message.html


def test_the_mail_is_written_in_the_readers_language_and_tells_how_to_stop_it(cast: Cast):
    bill = measure("HB 210", title_fr="Loi sur les données")
    TrackingWatcher.objects.create(tracking=followed(bill, cast), person=cast.angela)
    cast.angela.language = "fr"
    cast.angela.save()
    moved(bill, cast.jordan)

    planner.tick(NOW)

    message = written_to(cast.angela)
    assert "Loi sur les données" in message.text
    assert 'lang="fr"' in message.html
    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert reverse("tracking:alert_list") in message.html


def test_the_page_of_alerts_shows_ones_own_with_the_reason_for_silence(cast: Cast):
    bill, other = measure("HB 210"), measure("HB 211")
    followed(bill, cast)
    followed(other, cast, Tier.MONITOR)
    hearing = scheduled(cast, bill)
    hearings.move(hearing, by=cast.jordan, now=NOW, starts_at=AT_HALF_PAST_ONE)
    moved(other, cast.jordan)
    planner.tick(NOW)

    page = browser_of(cast.dana).get(reverse("tracking:alert_list")).content.decode()
    elsewhere = browser_of(cast.luis).get(reverse("tracking:alert_list")).content.decode()

    assert "The hearing changed again: you were told of the newer time." in page
    assert "Will be told: Tuesday Feb. 16, 2027, 09:00" in page
    assert "You own it for Gulf Prairie." in page
    assert "No alerts yet" in elsewhere
    assert (Alert.objects.count(), Hearing.objects.count()) == (3, 1)


def test_the_page_names_no_chapter_whose_list_one_may_not_read_any_more(cast: Cast):
    bill = measure("HB 210")
    TrackingWatcher.objects.create(
        tracking=tracked(bill, cast.saint_laurent, owner=cast.elise), person=cast.dana
    )
    moved(bill, cast.jordan)
    planner.tick(NOW)
    theirs = measure("Bill 5", jurisdiction=province("qc", "Quebec"))
    TrackingWatcher.objects.create(
        tracking=tracked(theirs, cast.saint_laurent, owner=cast.elise), person=cast.dana
    )
    moved(theirs, cast.jordan)
    planner.tick(NOW)

    page = browser_of(cast.dana).get(reverse("tracking:alert_list")).content.decode()

    assert page.count("You watch it for Saint-Laurent.") == 1
    assert "You did not follow it any more, or it was not yours to read." in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_alerts_as_for_one(
    cast: Cast, number: int, django_assert_num_queries
):
    for count in range(number):
        bill = measure(f"HB {count + 1}")
        followed(bill, cast)
        moved(bill, cast.jordan)
    planner.tick(NOW)
    browser = browser_of(cast.dana)
    browser.get(reverse("tracking:alert_list"))

    with django_assert_num_queries(12):
        browser.get(reverse("tracking:alert_list"))


def test_everybody_chooses_how_soon_on_a_page_that_the_preferences_link(cast: Cast):
    browser = browser_of(cast.dana)
    address = reverse("tracking:alert_cadence")
    assert address in browser.get(reverse("outbox:preferences")).content.decode()

    chosen = {"tier_1": "daily", "tier_2": "daily", "tier_3": "never"}
    assert browser.post(address, chosen).status_code == 302

    page = browser.get(address).content.decode()
    assert '<option value="never" selected>' in page
    assert '<option value="daily" selected>' in page
