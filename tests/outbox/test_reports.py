"""What comes back about a message: bounces, complaints, deliveries, from a mailbox or from a service."""

import base64
import json
import mailbox
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from advocacy.outbox import bounce_address, delivery, report_mailbox, reports
from advocacy.outbox.actions import events
from advocacy.outbox.actions.events import Report
from advocacy.outbox.models import (
    DeliveryEvent,
    EventKind,
    Suppression,
    fingerprint_of,
)
from tests.outbox.post_office import PostOffice, open_at
from tests.outbox.posting import AGAIN, DIGEST, NOON, ONCE, now_of, posted
from tests.outbox.relay import CUT, Relay

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=True) as clock:
        yield clock


def bounce(
    of: str,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    to: str = "bounces@example.org",
    name: str = "<r1@mx>",
) -> bytes:
    """A report as RFC 3464 wants it, about the message of this Message-ID."""
    return f"""From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: {format_datetime(NOON)}
Message-ID: {name}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="xx"

--xx
Content-Type: text/plain

It could not be delivered.

--xx
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: {format_datetime(NOON)}

Final-Recipient: rfc822; dana@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} No such user

--xx
Content-Type: text/rfc822-headers

From: portal@localhost
Message-ID: {of}
Subject: Your month

--xx--
""".encode()


def complaint(of: str) -> bytes:
    """A report as RFC 5965 wants it."""
    return f"""From: fbl@provider.example
To: abuse@example.org
Date: {format_datetime(NOON)}
Message-ID: <c1@provider>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="xx"

--xx
Content-Type: text/plain

Somebody pressed the button.

--xx
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1.0
Version: 1
Original-Rcpt-To: dana@example.org

--xx
Content-Type: message/rfc822

From: portal@localhost
Message-ID: {of}
Subject: Your month

Hello.

--xx--
""".encode()


def took_in(content: bytes) -> int:
    return sum(
        events.take_in(report, is_trusted=False, now=NOON) for report in reports.read(content, now=NOON)
    )


def suppressed() -> list[tuple[str, str]]:
    return list(Suppression.objects.in_force().order_by("pk").values_list("stream", "reason"))


# --- what follows ---


def test_an_address_that_does_not_exist_is_left_alone_in_that_class(relay: Relay):
    message = posted(of=DIGEST)
    delivery.deliver()

    took_in(bounce(message.message_id))

    assert suppressed() == [("optional", "hard_bounce")]
    assert Suppression.objects.get().evidence == "mailbox: 5.1.1 smtp; 550 5.1.1 No such user"
    assert posted(of=DIGEST, key="next").state == "suppressed"
    assert posted(of=ONCE, key="duty").state == "pending"


def test_the_same_report_twice_counts_once(relay: Relay):
    message = posted(of=DIGEST)

    first, second = took_in(bounce(message.message_id)), took_in(bounce(message.message_id))

    assert (first, second, DeliveryEvent.objects.count()) == (1, 0, 1)


def test_the_database_keeps_a_report_once():
    report = {
        "source": "mailbox",
        "event_id": "1",
        "kind": "hard",
        "at": NOON,
        "noted_at": NOON,
        "address": "x",
    }
    DeliveryEvent.objects.create(**report)

    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryEvent.objects.create(**report)


def test_who_complains_gets_nothing_but_account_mail(relay: Relay):
    took_in(complaint(posted(of=DIGEST).message_id))

    assert suppressed() == [("", "complaint")]
    assert posted(of=ONCE, key="duty").state == "suppressed"
    assert posted(of=AGAIN, key="account").state == "pending"


@pytest.mark.parametrize(
    ("days", "is_left_alone"),
    [
        ((0, 2, 4, 6, 7), True),
        ((0, 2, 4, 7), False),
        ((0, 1, 2, 3, 6), False),
        ((-70, -69, -68, 0, 7), False),
    ],
)
def test_five_refusals_over_a_week_are_enough(days: tuple[int, ...], is_left_alone: bool):
    message = posted(of=DIGEST)

    for number, day in enumerate(days):
        at = NOON + timedelta(days=day)
        report = Report("mailbox", str(number), EventKind.SOFT_BOUNCE, at, message_id=message.message_id)
        events.take_in(report, is_trusted=False, now=max(at, NOON))

    assert suppressed() == ([("optional", "soft_bounces")] if is_left_alone else [])


def test_sign_in_mail_stops_only_where_the_address_does_not_exist():
    message = posted(of=AGAIN)
    for number in range(6):
        at = NOON + timedelta(days=2 * number)
        report = Report("mailbox", str(number), EventKind.SOFT_BOUNCE, at, message_id=message.message_id)
        events.take_in(report, is_trusted=False, now=at)
    after_soft = suppressed()

    took_in(bounce(message.message_id))

    assert (after_soft, suppressed()) == ([], [("account", "hard_bounce")])


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_comes_back_settles_a_doubt_whenever_it_comes(relay: Relay, when: str):
    message = posted()
    relay.misbehave = lambda phase, _to: CUT if phase == "reply" else None

    if when == "before":
        took_in(bounce(message.message_id, status="5.2.2"))
    delivery.deliver()
    doubtful = now_of(message).state
    if when == "after":
        took_in(bounce(message.message_id, status="5.2.2"))
    delivery.sweep(now=NOON)

    assert (doubtful, now_of(message).state) == ("uncertain", "sent")
    assert now_of(message).resolution == "The mail server has reported about it."


# --- reading ---


@pytest.mark.parametrize(
    ("status", "action", "kind"),
    [
        ("5.1.1", "failed", "hard"),
        ("5.2.2", "failed", "soft"),
        ("4.4.7", "failed", "soft"),
        ("2.0.0", "delivered", "delivered"),
        ("4.0.0", "delayed", None),
    ],
)
def test_a_report_is_read_for_what_it_says(status: str, action: str, kind: str | None):
    found = [report.kind for report in reports.read(bounce("<m@x>", status=status, action=action), now=NOON)]

    assert found == ([kind] if kind else [])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: Out of office\n\nBack on Monday.",
        b"Content-Type: multipart/report; boundary=xx\n\n--xx\nContent-Type: message/delivery-status\n\n\n--xx--",
        b"Content-Type: message/delivery-status\n\nAction: failed",
        b"Date: not a date\nContent-Type: multipart/report; boundary=\n\n",
    ],
)
def test_whatever_else_comes_to_that_mailbox_changes_nothing(content: bytes):
    assert took_in(content) == 0
    assert not DeliveryEvent.objects.exists()


def test_a_forged_report_about_no_message_of_ours_changes_nothing():
    posted("dana@example.org")

    assert took_in(bounce("<invented@example.org>")) == 0
    assert suppressed() == []


def test_the_return_path_names_the_message(relay: Relay, settings: Any):
    settings.MAIL_BOUNCE_DOMAIN = "bounce.example.org"
    message = posted(of=DIGEST)
    delivery.deliver()
    path = bounce_address.address_for(message.pk)

    took_in(bounce("<their-own@id>", to=f"<{path}>"))

    assert relay.senders == [path]
    assert path.endswith("@bounce.example.org")
    assert suppressed() == [("optional", "hard_bounce")]


def test_a_return_path_with_a_wrong_seal_names_nothing(settings: Any):
    settings.MAIL_BOUNCE_DOMAIN = "bounce.example.org"
    path = bounce_address.address_for(1)

    assert bounce_address.message_named_in(path) == 1
    assert bounce_address.message_named_in(path.replace("b+1-", "b+2-")) is None
    assert bounce_address.message_named_in("b+99999999999999999999-0123456789abcdef@x") is None


# --- the mailbox ---


def test_reports_in_a_folder_are_read_once(tmp_path: Path, settings: Any, relay: Relay):
    folder = mailbox.Maildir(tmp_path / "bounces")
    message = posted(of=DIGEST)
    folder.add(bounce(message.message_id))
    folder.add(b"Subject: Out of office\n\nBack on Monday.")
    settings.MAIL_REPORTS_URL = f"maildir:{tmp_path}/bounces"

    counts = [report_mailbox.read_all(now=NOON) for _ in range(2)]

    assert counts == [1, 0]
    assert suppressed() == [("optional", "hard_bounce")]
    assert {mail.get_flags() for mail in mailbox.Maildir(tmp_path / "bounces")} == {"S"}


def test_reports_on_an_imap_server_are_read_once(settings: Any):
    message = posted(of=DIGEST)
    with open_at(PostOffice([bounce(message.message_id), complaint(message.message_id)])) as office:
        settings.MAIL_REPORTS_URL = f"imap://reader:s%40cret@127.0.0.1:{office.port}/INBOX"
        counts = [report_mailbox.read_all(now=NOON) for _ in range(2)]

    assert counts == [2, 0]
    assert office.seen == {1, 2}
    assert suppressed() == [("optional", "hard_bounce"), ("", "complaint")]


def test_without_a_mailbox_nothing_is_read(db: None):
    assert report_mailbox.read_all(now=NOON) == 0


# --- services ---


def told_by_postmark(settings: Any, proof: str = "user:pass", **said: Any) -> Any:
    settings.MAIL_SERVICE = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "user:pass"}
    body = {
        "RecordType": "Bounce",
        "ID": 42,
        "Type": "HardBounce",
        "TypeCode": 1,
        "MessageID": "their-own-number",
        "Email": "dana@example.org",
        "BouncedAt": "2027-02-09T12:00:00Z",
        "Description": "The server was unable to deliver your message.",
    } | said
    sealed = base64.b64encode(proof.encode()).decode()
    return Client(enforce_csrf_checks=True).post(
        reverse("outbox:service_events", args=["postmark"]),
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Basic {sealed}"},
    )


def test_a_service_reports_a_bounce(settings: Any):
    posted(of=DIGEST)

    answers = [told_by_postmark(settings).status_code for _ in range(2)]

    event = DeliveryEvent.objects.get()
    assert answers == [200, 200]
    assert (event.source, event.event_id, event.kind) == ("postmark", "42", "hard")
    assert event.address == fingerprint_of("dana@example.org")
    assert suppressed() == [("optional", "hard_bounce")]


def test_a_service_reports_a_complaint(settings: Any):
    posted(of=DIGEST)

    told_by_postmark(settings, RecordType="SpamComplaint", Type="SpamComplaint", TypeCode=512)

    assert suppressed() == [("", "complaint")]


def test_who_cannot_prove_to_be_the_service_changes_nothing(settings: Any):
    posted(of=DIGEST)

    assert told_by_postmark(settings, proof="user:guess").status_code == 401
    assert not DeliveryEvent.objects.exists()


@pytest.mark.parametrize(("service", "secret"), [("", "a:b"), ("postmark", ""), ("mailgun", "a:b")])
def test_a_service_that_is_not_set_up_has_no_address(settings: Any, service: str, secret: str):
    settings.MAIL_SERVICE, settings.ANYMAIL = service, {"WEBHOOK_SECRET": secret}

    assert Client().post(reverse("outbox:service_events", args=["postmark"])).status_code == 404


def test_a_forged_report_is_answered_401_and_one_that_comes_twice_or_first_counts_once(settings: Any):
    """A complaint may come before the bounce it follows, and before the message counts as sent."""
    message = posted(of=DIGEST)
    late_bounce = {"ID": 1, "MessageID": message.message_id}
    forged = [told_by_postmark(settings, proof=proof, ID=9).status_code for proof in ("user:guess", "", "x")]
    complaint_first = {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "TypeCode": 512, "ID": 2}

    told = [
        told_by_postmark(settings, **said).status_code
        for said in (complaint_first, late_bounce, complaint_first, late_bounce)
    ]

    assert (forged, told) == ([401] * 3, [200] * 4)
    assert sorted(DeliveryEvent.objects.values_list("event_id", "kind")) == [
        ("1", "hard"),
        ("2", "complaint"),
    ]
    assert sorted(suppressed()) == [("", "complaint"), ("optional", "hard_bounce")]
    assert now_of(message).state == "pending"
