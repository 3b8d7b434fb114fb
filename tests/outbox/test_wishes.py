"""What people ask of their mail: switching off, pausing, bundling, stopping by a link; and the headers that say so."""

import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from advocacy.audit.models import Entry
from advocacy.outbox import delivery, stop_links
from advocacy.outbox.actions import preferences
from advocacy.outbox.actions.messages import Attachment
from advocacy.outbox.models import MailPreference, OutboundMessage, Suppression, fingerprint_of
from advocacy.outbox.streams import Stream
from tests.cast import NOW, Cast, browser_of
from tests.outbox.posting import AGAIN, ASK, DIGEST, LETTER, ONCE, now_of, posted
from tests.outbox.relay import Relay

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "outbox:preferences"


def to_dana(cast: Cast, of: str, **fields: Any) -> OutboundMessage:
    fields.setdefault("key", of)
    return posted(cast.dana.email, of=of, now=fields.pop("now", NOW), **fields)


def link_in(message: OutboundMessage) -> str:
    found = re.search(r"http://\S+(/mail/stop/\S+/)", message.text)
    assert found
    return found[1]


def arrived(relay: Relay) -> EmailMessage:
    return message_from_bytes(relay.texts[relay.arrived[-1]], policy=default)  # type: ignore[return-value]


# --- switching off and on ---


@pytest.mark.parametrize("when", ["before it is written", "while it waits"])
def test_a_class_switched_off_does_not_come(cast: Cast, relay: Relay, when: str):
    browser = browser_of(cast.dana)
    if when == "before it is written":
        browser.post(reverse(PAGE), {"act": "off:optional"})
        digest = to_dana(cast, DIGEST)
    else:
        digest = to_dana(cast, DIGEST)
        browser.post(reverse(PAGE), {"act": "off:optional"})
    campaign = to_dana(cast, ASK)

    delivery.deliver()

    assert (now_of(digest).state, now_of(digest).resolution) == ("cancelled", "Switched off by the reader.")
    assert now_of(campaign).state == "sent"


def test_switching_off_just_before_the_text_still_counts(cast: Cast, relay: Relay):
    digest = to_dana(cast, DIGEST)

    def off_now(phase: str, _to: str) -> str | None:
        if phase == "data":
            preferences.switch_off(cast.dana, Stream.OPTIONAL, now=NOW, how="by hand")
        return None

    relay.misbehave = off_now
    delivery.deliver()

    assert now_of(digest).state == "cancelled"
    assert relay.arrived == []


def test_a_class_is_switched_on_again_and_both_stand_in_the_trail(cast: Cast, relay: Relay):
    browser = browser_of(cast.dana)
    browser.post(reverse(PAGE), {"act": "off:campaign"})
    browser.post(reverse(PAGE), {"act": "off:campaign"})
    browser.post(reverse(PAGE), {"act": "on:campaign"})

    to_dana(cast, ASK)
    delivery.deliver()

    assert len(relay.arrived) == 1
    verbs = Entry.objects.filter(model="outbox.mailpreference").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["switched off mail", "switched on mail"]


@pytest.mark.parametrize("stream", ["account", "duty", "letter", "nonsense"])
def test_mail_of_an_account_or_a_duty_cannot_be_switched_off(cast: Cast, stream: str):
    browser_of(cast.dana).post(reverse(PAGE), {"act": f"off:{stream}"})

    assert not MailPreference.objects.exists()
    with pytest.raises(preferences.CannotBeAsked):
        preferences.switch_off(cast.dana, stream, now=NOW, how="by hand")


@pytest.mark.parametrize(
    "values",
    [
        {"stream": "account", "is_off": True},
        {"stream": "optional", "is_bundled": True},
        {"stream": "campaign", "paused_until": date(2027, 3, 1)},
        {"stream": "optional"},
    ],
)
def test_the_database_refuses_wishes_that_make_no_sense(cast: Cast, values: dict[str, Any]):
    MailPreference.objects.create(user=cast.dana, stream="optional", changed_at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        MailPreference.objects.create(user=cast.dana, changed_at=NOW, **values)


# --- pausing ---


def test_duties_pause_until_a_day_where_the_reader_lives(cast: Cast, relay: Relay):
    browser_of(cast.dana).post(reverse(PAGE), {"act": "pause", "until": "2027-02-15"})
    # Chicago is six hours behind: half past five in the morning UTC is still the evening before.
    before = to_dana(cast, ONCE, key="before", now=datetime(2027, 2, 15, 5, 30, tzinfo=UTC))
    after = to_dana(cast, ONCE, key="after", now=datetime(2027, 2, 15, 6, 30, tzinfo=UTC))

    assert (before.state, before.resolution) == ("cancelled", "Paused by the reader until Feb. 15, 2027.")
    assert after.state == "pending"


@pytest.mark.parametrize("until", ["2027-02-09", "2020-01-01", "2030-01-01", "someday", ""])
def test_a_pause_ends_on_a_day_to_come(cast: Cast, until: str):
    answer = browser_of(cast.dana).post(reverse(PAGE), {"act": "pause", "until": until})

    assert answer.status_code == 200
    assert answer.context["pause_form"].errors
    assert not MailPreference.objects.exists()


def test_a_pause_can_be_ended(cast: Cast):
    preferences.pause(cast.dana, until=date(2027, 3, 1), now=NOW, how="by hand")

    browser_of(cast.dana).post(reverse(PAGE), {"act": "resume"})

    assert to_dana(cast, ONCE).state == "pending"


# --- bundling ---


def test_duties_come_in_one_bundle_on_monday_at_nine(cast: Cast, relay: Relay, clock):
    browser_of(cast.dana).post(reverse(PAGE), {"act": "bundle"})
    report, agenda = to_dana(cast, ONCE, key="report"), to_dana(cast, ONCE, key="agenda")
    OutboundMessage.objects.filter(pk=agenda.pk).update(subject="The agenda")

    delivery.sweep(now=NOW)
    delivery.deliver()
    on_tuesday = list(relay.arrived)
    monday = datetime(2027, 2, 15, 15, 0, tzinfo=UTC)
    clock.move_to(monday)
    delivery.deliver()
    before_the_sweep = list(relay.arrived)
    delivery.sweep(now=monday)
    delivery.sweep(now=monday)
    delivery.deliver()

    assert (report.not_before, on_tuesday, before_the_sweep) == (monday, [], [])
    assert len(relay.arrived) == 1
    bundle = arrived(relay)
    assert bundle["Subject"] == "2 messages about your duties"
    assert {"Your month", "The agenda", "In plain text."} <= set(bundle.get_content().splitlines())
    assert {now_of(part).resolution for part in (report, agenda)} == {"It came within the weekly bundle."}


@pytest.mark.parametrize("what", ["a file", "too late on Monday"])
def test_what_cannot_wait_is_not_bundled(cast: Cast, what: str):
    preferences.bundle(cast.dana, weekly=True, now=NOW, how="by hand")
    fields: dict[str, Any] = (
        {"attachments": [Attachment("a.ics", "text/calendar", b"x")]}
        if what == "a file"
        else {"expires_at": NOW + timedelta(days=1)}
    )

    message = to_dana(cast, ONCE, **fields)

    assert (message.is_held, message.not_before) == (False, NOW)


# --- the links ---


def test_looking_at_the_link_changes_nothing_and_the_button_stops_it(cast: Cast):
    link = link_in(to_dana(cast, ASK))
    scanner, visitor = Client(), Client(enforce_csrf_checks=True)

    for _ in range(3):
        scanner.get(link)
        scanner.head(link)
    before = MailPreference.objects.exists()
    page = visitor.get(link)
    form = {"csrfmiddlewaretoken": page.cookies["csrftoken"].value}
    refused = visitor.post(link)
    done = visitor.post(link, form)

    assert (before, refused.status_code, done.status_code) == (False, 403, 200)
    assert MailPreference.objects.get(user=cast.dana, is_off=True).stream == "campaign"
    assert Entry.objects.get(verb="switched off mail").reason == "by the link in a mail"


def test_one_click_needs_no_cookie_and_gets_no_redirect(cast: Cast, relay: Relay):
    to_dana(cast, DIGEST)
    delivery.deliver()
    mail = arrived(relay)
    address = mail["List-Unsubscribe"].strip(" <>").removeprefix("http://127.0.0.1:8000")
    program = Client(enforce_csrf_checks=True)

    looked = program.get(address).status_code, MailPreference.objects.exists()
    answer = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})

    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert looked == (200, False)
    assert (answer.status_code, answer.cookies) == (200, {})
    assert MailPreference.objects.get(user=cast.dana).stream == "optional"


def test_a_post_that_is_not_one_click_does_nothing(cast: Cast):
    token = stop_links.token_for(cast.dana.pk, cast.dana.email, Stream.OPTIONAL, "en")

    answer = Client().post(reverse("outbox:unsubscribe_one_click", args=[token]), {"x": "y"})

    assert answer.status_code == 400
    assert not MailPreference.objects.exists()


def test_an_address_without_a_sign_in_is_suppressed_in_that_class(db: None):
    message = posted("stranger@example.org", of=ASK, now=datetime.now(UTC))

    Client().post(link_in(message))

    row = Suppression.objects.get()
    assert (row.address, row.stream, row.reason) == (
        fingerprint_of("stranger@example.org"), "campaign", "unsubscribed",
    )  # fmt: skip


@pytest.mark.parametrize("how", ["forged", "of another purpose", "too old", "of a letter"])
def test_a_link_that_is_not_good_changes_nothing(cast: Cast, how: str):
    content = [cast.dana.pk, "f" * 64, "letter" if how == "of a letter" else "campaign"]
    salt = "something.else" if how == "of another purpose" else "outbox.stop"
    with time_machine.travel(NOW - timedelta(days=181 if how == "too old" else 1)):
        token = signing.dumps(content, salt=salt)
    token = token[:-2] + "xx" if how == "forged" else token

    for view in ("unsubscribe", "unsubscribe_one_click"):
        address = reverse(f"outbox:{view}", args=[token])
        answer = Client().post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 410

    assert not MailPreference.objects.exists()


def test_a_link_is_good_for_longer_than_the_law_asks(cast: Cast):
    with time_machine.travel(NOW - timedelta(days=61)):
        token = stop_links.token_for(cast.dana.pk, cast.dana.email, Stream.CAMPAIGN, "en")

    assert Client().get(reverse("outbox:unsubscribe", args=[token])).status_code == 200


def test_who_stops_a_duty_is_offered_a_pause_a_bundle_or_a_hand_over(cast: Cast, relay: Relay):
    """DOMAIN.md §8, A10: luis clicks unsubscribe on a duty mail; his choice is logged."""
    link = link_in(posted(cast.luis.email, now=NOW))
    browser = Client()

    page = browser.get(link).content.decode()
    browser.post(link, {"act": "bundle"})
    handed = browser.post(link, {"act": "hand-over:/log/hand-over/hill-country/"})
    elsewhere = browser.post(link, {"act": "hand-over:/log/hand-over/gulf-prairie/"})

    assert all(words in page for words in ("Pause", "Bundle once a week", "Hand over Hill Country"))
    assert MailPreference.objects.get(user=cast.luis).is_bundled
    assert handed.headers["Location"] == "/log/hand-over/hill-country/"
    assert elsewhere.status_code == 200
    entries = Entry.objects.filter(model="outbox.mailpreference", actor=cast.luis).order_by("pk")
    assert list(entries.values_list("verb", "reason")) == [
        ("bundled mail", "by the link in a mail"),
        ("asked to hand over", "by the link in a mail"),
    ]


def test_a_duty_cannot_be_stopped_by_one_click(cast: Cast):
    token = stop_links.token_for(cast.luis.pk, cast.luis.email, Stream.DUTY, "en")

    answer = Client().post(
        reverse("outbox:unsubscribe_one_click", args=[token]), {"List-Unsubscribe": "One-Click"}
    )

    assert answer.status_code == 410
    assert not MailPreference.objects.exists()


# --- headers ---


NONE = None
_BULK = "OOF, AutoReply"


@pytest.mark.parametrize(
    ("of", "list_id", "one_click", "auto", "quiet", "feedback"),
    [
        (AGAIN, NONE, False, "auto-generated", "All", NONE),
        (ONCE, "<chapter-42.duty.localhost>", False, "auto-generated", "All", NONE),
        (DIGEST, "<chapter-42.optional.localhost>", True, NONE, _BULK, "rehearsaldigest:chapter-42:optional:localhost"),
        (ASK, "<chapter-42.campaign.localhost>", True, NONE, _BULK, "rehearsalask:chapter-42:campaign:localhost"),
        (LETTER, NONE, False, NONE, NONE, NONE),
    ],
)  # fmt: skip
def test_each_class_has_its_headers(
    cast: Cast, relay: Relay, of: str, list_id: Any, one_click: bool, auto: Any, quiet: Any, feedback: Any
):
    to_dana(cast, of, scope="chapter:42", headers={"Reply-To": "chapter@example.org"})

    delivery.deliver()

    mail = arrived(relay)
    assert mail["List-Id"] == list_id
    assert (mail["List-Unsubscribe"] is not None) is (list_id is not None)
    assert (mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click") is one_click
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == (auto, quiet)
    assert (mail["Feedback-ID"], mail["Reply-To"]) == (feedback, "chapter@example.org")


def test_the_reason_and_the_link_stand_below_both_forms_of_the_text(cast: Cast):
    message = to_dana(
        cast, ASK, why="You asked for <campaigns>.", html="<html><body><p>Hello</p></body></html>"
    )

    assert message.text.startswith(
        "In plain text.\n\n-- \nYou asked for <campaigns>.\nStop this kind of mail\nhttp"
    )
    assert "You asked for &lt;campaigns&gt;." in message.html
    assert message.html.endswith("</p></body></html>")


def test_the_link_below_is_in_the_language_of_the_reader_whoever_wrote(cast: Cast):
    with translation.override("fr"):
        in_french = gettext("Stop this kind of mail")
    assert in_french != "Stop this kind of mail"

    with translation.override("en"):
        message = posted(cast.elise.email, of=ASK)

    assert in_french in message.text


def test_letters_to_officials_carry_only_the_words_of_their_author(cast: Cast):
    assert to_dana(cast, LETTER).text == "In plain text."


# --- the page ---


def test_the_page_of_preferences_is_ones_own_and_shows_language_and_zone(cast: Cast):
    preferences.switch_off(cast.luis, Stream.CAMPAIGN, now=NOW, how="by hand")

    page = browser_of(cast.dana).get(reverse(PAGE)).content.decode()

    assert "Switch on" not in page
    assert all(words in page for words in ("English", "Chicago", "Hand over Gulf Prairie"))
