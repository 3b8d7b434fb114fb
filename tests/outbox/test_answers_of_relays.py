"""Every answer at every phase: what it means for the message, the address, and those behind it (rows 25 to 30)."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from advocacy.outbox import delivery
from advocacy.outbox.models import DeliveryEvent, Lane, OutboundMessage, Suppression
from tests.house.processes import free_port
from tests.outbox.posting import AGAIN, DIGEST, NOON, ONCE, now_of, posted
from tests.outbox.relay import CUT, Relay

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)
PHASES = ["connect", "mail", "rcpt", "data", "dot"]


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=True) as clock:
        yield clock


def only_at(phase: str, answer: str) -> Any:
    return lambda at, _recipient: answer if at == phase else None


def well(phase: str, _recipient: str) -> None:
    return


@contextmanager
def silence(relay: Relay, phase: str) -> Iterator[None]:
    """The server stops talking at this phase and keeps the connection."""
    over = threading.Event()

    def say_nothing(at: str, _recipient: str) -> str | None:
        return CUT if at == phase and over.wait(10) else None

    relay.misbehave = say_nothing
    try:
        yield
    finally:
        over.set()


def lanes() -> set[str]:
    return {lane.name for lane in Lane.objects.all() if lane.is_paused(NOON + MINUTE)}


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("code", [421, 450, 451, 452])
def test_not_now_is_asked_again_later_and_who_asks_for_patience_gets_it(
    relay: Relay, noon: Any, phase: str, code: int
):
    relay.misbehave = only_at(phase, f"{code} Not now")
    message = posted()
    delivery.deliver()
    waits = now_of(message)

    relay.misbehave = well
    noon.shift(6 * MINUTE)
    delivery.deliver()

    lane = "domain:example.org" if phase in {"rcpt", "dot"} else "identity:reminders"
    assert (waits.state, waits.last_code, waits.maybe_delivered) == ("deferred", code, False)
    assert NOON + MINUTE / 2 <= waits.not_before <= NOON + 2 * MINUTE
    assert Lane.objects.get().name == lane
    assert lanes() == (set() if code == 450 else {lane})
    assert (now_of(message).state, relay.copies) == ("sent", {message.message_id: 1})


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("code", [550, 552, 554])
def test_no_is_the_end_of_a_message_if_it_was_said_of_the_message(
    relay: Relay, noon: Any, phase: str, code: int
):
    """A server that greets us with a no refuses everybody for now; a full mailbox gets one more try."""
    relay.misbehave = only_at(phase, f"{code} No")
    message = posted()
    states = []
    for _try in range(2):
        delivery.deliver()
        states.append(now_of(message).state)
        noon.shift(20 * MINUTE)

    expected = {"connect": ["deferred"] * 2}.get(
        phase, ["deferred", "rejected"] if code == 552 else ["rejected"] * 2
    )
    assert states == expected
    assert (relay.arrived, now_of(message).maybe_delivered) == ([], False)


@pytest.mark.parametrize("phase", ["rcpt", "dot"])
def test_an_address_the_server_does_not_know_is_left_alone_from_then_on(relay: Relay, phase: str):
    relay.misbehave = only_at(phase, "550 5.1.1 <dana@example.org> No such user")
    digest, code = posted(of=DIGEST), posted(of=AGAIN)

    delivery.deliver()

    rows = Suppression.objects.order_by("stream").values_list("stream", "reason", "evidence")
    words = "smtp: 5.1.1 <dana@example.org> No such user"
    assert list(rows) == [("account", "hard_bounce", words), ("optional", "hard_bounce", words)]
    assert [now_of(one).state for one in (digest, code)] == ["rejected", "rejected"]
    assert [posted(of=kind, key="next").state for kind in (DIGEST, AGAIN, ONCE)] == [
        "suppressed",
        "suppressed",
        "pending",
    ]
    assert DeliveryEvent.objects.count() == 2


@pytest.mark.parametrize("answer", ["550 5.1.8 Bad sender", "550 5.7.1 Policy", "550 No", "450 5.1.1 Odd"])
def test_a_no_about_something_else_does_not_condemn_the_address(relay: Relay, answer: str):
    relay.misbehave = only_at("rcpt", answer)
    posted()

    delivery.deliver()

    assert not Suppression.objects.exists()


def test_a_message_that_may_have_arrived_stays_uncertain_when_the_address_is_refused_later(relay: Relay):
    refused = {"rcpt": "550 5.1.1 No such user"}
    relay.misbehave = lambda phase, _to: refused.get(phase) if relay.arrived else None
    seen = relay.misbehave
    relay.misbehave = lambda phase, to: CUT if phase == "reply" else seen(phase, to)
    message = posted(of=AGAIN)

    delivery.deliver()
    delivery.sweep(now=NOON)

    assert now_of(message).state == "uncertain"
    assert Suppression.objects.get().stream == "account"


def test_greylisting_costs_a_few_minutes_and_nothing_else(relay: Relay, noon: Any):
    seen: set[str] = set()

    def greylist(phase: str, to: str) -> str | None:
        if phase != "rcpt" or to in seen:
            return None
        seen.add(to)
        return "450 4.2.0 Greylisted, try again"

    relay.misbehave = greylist
    messages = [posted(f"person{number}@d{number}.example") for number in range(20)]
    delivery.deliver()
    first = list(relay.arrived)
    noon.shift(2 * MINUTE)
    delivery.deliver()

    assert first == []
    assert relay.copies == {message.message_id: 1 for message in messages}
    assert {now_of(message).attempts for message in messages} == {2}


@pytest.mark.parametrize(
    ("phase", "in_truth"), [("data", "sent"), ("body", "lost"), ("dot", "arrived"), ("reply", "arrived")]
)
def test_connections_cut_at_the_same_place_make_no_second_copy(
    relay: Relay, noon: Any, phase: str, in_truth: str
):
    """Before the text: it goes again. After its first byte: nobody knows, and it does not."""
    cut: list[str] = []

    def cut_there(at: str, to: str) -> str | None:
        if at != phase:
            return None
        cut.append(to)
        return CUT

    relay.misbehave = cut_there
    messages = [posted(f"person{number}@d{number}.example") for number in range(20)]
    delivery.deliver()
    relay.misbehave = well
    for _ in range(4):
        noon.shift(16 * MINUTE)
        delivery.sweep(now=NOON)
        delivery.deliver()

    lost = set(cut) if in_truth == "lost" else set()
    doubtful = set() if in_truth == "sent" else set(cut)
    assert len(cut) >= 5
    assert relay.copies == {message.message_id: 1 for message in messages if message.recipient not in lost}
    assert set(OutboundMessage.objects.uncertain().values_list("recipient", flat=True)) == doubtful


@pytest.mark.parametrize("phase", ["connect", "mail", "rcpt"])
def test_a_server_that_says_nothing_costs_a_few_seconds_and_the_message_waits(
    relay: Relay, settings: Any, phase: str
):
    settings.MAIL_SECONDS_TO_CONNECT = settings.MAIL_SECONDS_FOR_A_COMMAND = 0.2
    with silence(relay, phase):
        message = posted()
        began = time.monotonic()
        delivery.deliver()

        assert time.monotonic() - began < 3
        assert (now_of(message).state, now_of(message).maybe_delivered) == ("deferred", False)


def test_a_server_that_says_nothing_after_the_text_leaves_it_uncertain(relay: Relay, settings: Any):
    settings.MAIL_SECONDS_FOR_THE_LAST_ANSWER = 0.2
    with silence(relay, "reply"):
        message = posted()
        delivery.deliver()
    delivery.deliver()

    assert (now_of(message).state, message.deliveries.get().phase) == ("uncertain", "reply")
    assert relay.copies == {message.message_id: 1}


def test_a_relay_that_is_away_for_ten_minutes_costs_few_tries_and_no_mail(
    relay: Relay, settings: Any, noon: Any
):
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    messages = [posted(f"person{number}@example.org") for number in range(12)]
    for _minute in range(10):
        delivery.deliver()
        noon.shift(MINUTE)
    tries = sum(now_of(message).attempts for message in messages)
    states = {now_of(message).state for message in messages}

    settings.EMAIL_PORT = there
    for _minute in range(20):
        delivery.deliver()
        noon.shift(MINUTE)

    assert states <= {"deferred", "pending"}
    assert tries <= 12 + 5
    assert relay.copies == {message.message_id: 1 for message in messages}
