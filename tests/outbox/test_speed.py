"""What makes the outbox quick, and that it promises no less for it."""

import time
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.outbox import delivery
from advocacy.outbox.actions import suppressions
from advocacy.outbox.actions.messages import Attachment
from advocacy.outbox.dispatch import Dispatcher
from advocacy.outbox.models import Lane, OutboundMessage, Reason
from advocacy.outbox.transports import smtp
from advocacy.outbox.transports.smtp import SmtpTransport
from advocacy.outbox.wire import bytes_of, content_of
from tests.outbox.posting import AGAIN, NOON, now_of, posted
from tests.outbox.relay import CUT, Relay

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=True) as clock:
        yield clock


def only_at(phase: str, answer: str) -> Callable[[str, str], str | None]:
    return lambda at, _recipient: answer if at == phase else None


def work(connections: int, *, at_each_look: Callable[[], object]) -> None:
    """One worker, which does this whenever it looks for more."""
    Dispatcher(
        lambda: SmtpTransport(smtp.Relay.from_settings()),
        connections=connections,
        may_claim=lambda: (at_each_look(), True)[1],
    ).run()


# --- the queue ---


def test_urgent_mail_waits_for_a_second_of_other_mail_and_not_for_a_whole_bundle(relay: Relay):
    relay.seconds_to_answer = 0.1
    for number in range(30):
        posted(f"person{number}@example.org")

    work(1, at_each_look=lambda: relay.arrived and posted("urgent@example.org", of=AGAIN))

    assert relay.recipients.index("urgent@example.org") < 20
    assert len(relay.recipients) == 31


def test_a_failure_leaves_limits_to_staff_and_tokens_to_whoever_spends_them(relay: Relay):
    relay.misbehave = only_at("rcpt", "451 Greylisted")
    posted()

    with CaptureQueriesContext(connection) as asked:
        delivery.deliver()

    (written,) = [one["sql"] for one in asked if one["sql"].startswith('UPDATE "outbox_lane"')]
    assert '"per_hour"' not in written
    assert '"tokens"' not in written
    assert Lane.objects.get().paused_because == "The server asked for patience."


# --- messages handed out ahead ---


def most_on_wire(seconds_to_answer: float, *, messages: int, relay: Relay) -> int:
    relay.seconds_to_answer = seconds_to_answer
    seen: list[int] = []
    for number in range(messages):
        posted(f"person{number}@example.org")

    work(2, at_each_look=lambda: seen.append(OutboundMessage.objects.filter(state="on_wire").count()))

    assert set(relay.copies.values()) == {1}
    assert len(relay.arrived) == messages
    return max(seen)


def test_a_quick_server_does_not_wait_for_the_books(relay: Relay):
    assert 2 < most_on_wire(0.0, messages=400, relay=relay) <= 2 * (1 + 25)


def test_with_a_relay_no_more_is_on_the_wire_than_there_are_connections(relay: Relay):
    """What is on the wire when a worker is killed is uncertain."""
    assert most_on_wire(0.03, messages=24, relay=relay) == 2


def test_who_comes_late_to_the_text_asks_again(relay: Relay):
    """The last message has leave while those before it are under way; then its recipient is slow, and unsubscribes."""
    last = "late@example.org"
    is_slow: list[bool] = []

    def dawdle(phase: str, recipient: str) -> None:
        if phase == "rcpt" and recipient == last:
            is_slow.append(True)
            time.sleep(1.5)

    def unsubscribe() -> None:
        if is_slow:
            suppressions.add(last, reason=Reason.STAFF, stream="", evidence="Asked to stop.", now=NOON)

    relay.misbehave = dawdle
    for number in range(40):
        posted(f"person{number}@example.org")
    message = posted(last)

    work(1, at_each_look=unsubscribe)

    assert now_of(message).state == "suppressed"
    assert len(relay.recipients) == 40
    assert is_slow == [True]


def test_nothing_waits_behind_a_server_that_has_fallen_silent(relay: Relay):
    def fall_silent(phase: str, recipient: str) -> None:
        until = time.monotonic() + 30
        while phase == "dot" and recipient == "person6@example.org" and time.monotonic() < until:
            if len(relay.arrived) == 39:
                return
            time.sleep(0.05)

    relay.misbehave = fall_silent
    for number in range(40):
        posted(f"person{number}@example.org")

    work(2, at_each_look=lambda: None)

    assert relay.recipients[-1] == "person6@example.org"
    assert set(relay.copies.values()) == {1}
    assert set(OutboundMessage.objects.values_list("state", "attempts")) == {("sent", 1)}


# --- the wire ---


def test_commands_go_in_one_piece_where_the_relay_allows_it(relay: Relay):
    relay.offers = ("PIPELINING",)
    relay.misbehave = lambda phase, recipient: "550 No" if phase == "rcpt" and "nobody" in recipient else None
    refused, taken = posted("nobody@example.org"), posted("dana@example.org")
    settings.MAIL_CONNECTIONS = 1

    delivery.deliver()

    assert [words[:4] for words in relay.in_plain_text[1:4]] == ["MAIL", "RCPT", "DATA"]
    assert (now_of(refused).state, now_of(taken).state) == ("rejected", "sent")
    assert relay.recipients == ["dana@example.org"]


@pytest.mark.parametrize("phase", ["mail", "rcpt", "data"])
@pytest.mark.parametrize(
    ("answer", "state"),
    [("451 Later", "deferred"), ("421 Closing", "deferred"), (CUT, "deferred"), ("550 No", "rejected")],
)
def test_in_one_piece_or_not_nothing_is_owed_before_the_text(
    relay: Relay, phase: str, answer: str, state: str
):
    relay.offers = ("PIPELINING",)
    relay.misbehave = only_at(phase, answer)
    message = posted()

    delivery.deliver()

    assert (now_of(message).state, now_of(message).deliveries.get().phase) == (state, phase)
    assert not now_of(message).maybe_delivered
    assert relay.arrived == []


@pytest.mark.parametrize("ends", ["421 Too many messages", CUT])
def test_a_relay_that_takes_ten_messages_on_a_connection_delays_nothing(relay: Relay, ends: str):
    begun: list[str] = []

    def ten_on_each(phase: str, recipient: str) -> str | None:
        if phase == "mail":
            begun.append(recipient)
        return ends if phase == "mail" and len(begun) % 11 == 0 else None

    relay.misbehave = ten_on_each
    settings.MAIL_CONNECTIONS = 1
    for number in range(30):
        posted(f"person{number}@example.org")

    delivery.deliver()

    assert len(relay.arrived) == 30
    assert set(OutboundMessage.objects.values_list("state", "attempts")) == {("sent", 1)}
    assert not Lane.objects.exists()


def test_a_mail_is_written_as_django_would():
    message = posted(
        html="<p>Grüße</p>",
        headers={"X-Long": "word " * 40 + "end", "X-Word": "x" * 200, "X-Name": "Élise"},
        attachments=[Attachment("plan.txt", "text/plain", b"One.\n.Two.\n")],
    )
    OutboundMessage.objects.update(subject="Réunion: " + "ordre du jour " * 8)
    mail = content_of(now_of(message))

    ours, djangos = (
        message_from_bytes(written, policy=default)
        for written in (bytes_of(mail), mail.as_bytes(linesep="\r\n"))
    )

    assert [part.get_content_type() for part in ours.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/plain",
    ]
    # The boundary is chance, and a space where a line was folded is no part of a value.
    assert [(name, value.strip()) for name, value in ours.items()[1:]] == [
        (name, value.strip()) for name, value in djangos.items()[1:]
    ]
    assert [one.get_content() for one in ours.walk() if not one.is_multipart()] == [
        one.get_content() for one in djangos.walk() if not one.is_multipart()
    ]
