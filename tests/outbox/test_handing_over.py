"""Handing messages over to a real mail server: once, whatever it answers."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from advocacy.outbox import delivery, ledger
from advocacy.outbox.actions import messages
from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import DeliveryAttempt, OutboundMessage
from tests.outbox.posting import AGAIN, NOON, now_of, posted
from tests.outbox.relay import CUT, Relay

pytestmark = pytest.mark.django_db(transaction=True)


def only_at(phase: str, answer: str):
    return lambda at, _recipient: answer if at == phase else None


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=True) as clock:
        yield clock


def test_each_message_arrives_once_and_one_connection_carries_many(relay: Relay):
    settings.MAIL_CONNECTIONS = 1
    for number in range(30):
        posted(f"person{number}@example.org")

    delivery.deliver()

    assert sorted(relay.recipients) == sorted(f"person{number}@example.org" for number in range(30))
    assert set(relay.copies.values()) == {1}
    assert set(OutboundMessage.objects.values_list("state", "attempts", "lease_owner")) == {("sent", 1, "")}
    assert relay.connections == 1


def test_the_same_key_is_the_same_message(relay: Relay):
    first = posted(key="rule:1:2027-02")
    second = posted(key="rule:1:2027-02", to="other@example.org")

    delivery.deliver()

    assert first == second
    assert relay.recipients == ["dana@example.org"]


@pytest.mark.parametrize("phase", ["connect", "mail", "rcpt", "data"])
@pytest.mark.parametrize(
    ("answer", "state"),
    [("451 Later", "deferred"), ("421 Closing", "deferred"), (CUT, "deferred"), ("550 No", "rejected")],
)
def test_before_the_text_nothing_is_owed(relay: Relay, phase: str, answer: str, state: str):
    relay.misbehave = only_at(phase, answer)
    message = posted()

    delivery.deliver()

    expected = "deferred" if phase == "connect" and answer.startswith("550") else state
    assert now_of(message).state in {state, expected}
    assert not now_of(message).maybe_delivered
    assert relay.arrived == []


@pytest.mark.parametrize("phase", ["body", "dot", "reply"])
def test_a_connection_cut_after_the_first_byte_leaves_it_uncertain(relay: Relay, phase: str):
    relay.misbehave = only_at(phase, CUT)
    message = posted()

    delivery.deliver()
    relay.misbehave = only_at("", "")
    delivery.deliver()

    assert (now_of(message).state, now_of(message).maybe_delivered) == ("uncertain", True)
    assert relay.copies.total() == (0 if phase == "body" else 1)
    assert message.deliveries.get().phase in {"body", "reply"}


def test_what_must_arrive_goes_again_when_nobody_knows(relay: Relay):
    relay.misbehave = only_at("reply", CUT)
    message = posted(of=AGAIN)

    delivery.sweep(now=NOON)
    relay.misbehave = lambda phase, _to: (
        CUT if phase == "reply" and not relay.copies[message.message_id] > 1 else None
    )
    delivery.deliver()

    assert now_of(message).state == "sent"
    assert relay.copies == {message.message_id: 2}


@pytest.mark.parametrize(("answer", "state"), [("452 Full", "deferred"), ("554 Spam", "rejected")])
def test_a_plain_no_after_the_dot_is_a_no(relay: Relay, answer: str, state: str):
    relay.misbehave = only_at("dot", answer)
    message = posted()

    delivery.deliver()

    assert (now_of(message).state, now_of(message).last_code) == (state, int(answer[:3]))
    assert relay.arrived == []


def test_a_deferred_message_waits_and_then_goes(relay: Relay, noon: time_machine.Traveller):
    relay.misbehave = only_at("rcpt", "451 Greylisted")
    message = posted()
    delivery.deliver()
    relay.misbehave = only_at("", "")

    delivery.deliver()
    before = list(relay.arrived)
    noon.shift(timedelta(minutes=6))
    delivery.deliver()

    assert before == []
    assert relay.arrived == [message.message_id]
    assert [one.code for one in message.deliveries.all()] == [451, 250]


def test_a_worker_that_dies_before_the_wire_leaves_a_message_for_the_next(relay: Relay, noon):
    message = posted()
    Ledger("dead").claim(10, now=NOON)

    delivery.deliver()
    in_hand = list(relay.arrived)
    noon.shift(settings.MAIL_LEASE)
    delivery.sweep(now=NOON + settings.MAIL_LEASE)
    delivery.deliver()

    assert in_hand == []
    assert relay.copies == {message.message_id: 1}


def test_a_worker_that_dies_on_the_wire_leaves_an_uncertain_message(relay: Relay, noon):
    message = posted()
    dead = Ledger("dead")
    dead.put_on_wire(dead.claim(10, now=NOON), now=NOON)

    noon.shift(settings.MAIL_LEASE_ON_WIRE)
    delivery.sweep(now=NOON + settings.MAIL_LEASE_ON_WIRE)
    delivery.deliver()

    assert (now_of(message).state, now_of(message).maybe_delivered) == ("uncertain", True)
    assert relay.arrived == []
    assert "fell silent" in DeliveryAttempt.objects.get().text


def test_a_worker_that_wakes_up_after_its_lease_may_not_send(relay: Relay):
    message = posted()
    frozen = Ledger("frozen")
    (held,) = frozen.claim(10, now=NOON)
    ledger.recover(now=NOON + settings.MAIL_LEASE)
    Ledger("next").claim(10, now=NOON + settings.MAIL_LEASE)

    assert frozen.put_on_wire([held], now=NOON + settings.MAIL_LEASE) == set()
    assert now_of(message).lease_owner == "next"


def test_what_is_of_no_use_any_more_is_not_sent(relay: Relay):
    message = posted(now=NOON - timedelta(days=3), expires_at=NOON - timedelta(minutes=1))

    delivery.sweep(now=NOON)
    delivery.deliver()

    assert now_of(message).state == "expired"
    assert relay.arrived == []


def test_a_person_may_send_an_uncertain_message_again_and_says_why(relay: Relay, cast):
    relay.misbehave = only_at("body", CUT)
    message = posted()
    delivery.deliver()
    relay.misbehave = only_at("", "")

    messages.send_again(message, by=cast.jordan, because="The relay's log does not show it.", now=NOON)
    delivery.deliver()

    assert (now_of(message).state, now_of(message).resolved_by) == ("sent", cast.jordan)
    with pytest.raises(messages.NothingToDecide):
        messages.send_again(message, by=cast.jordan, because="Again.", now=NOON)
    assert relay.copies == {message.message_id: 1}
