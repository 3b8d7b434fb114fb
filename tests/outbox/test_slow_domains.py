"""A domain that keeps us waiting keeps nobody else waiting (RELIABILITY.md §5, row 34)."""

import threading

import pytest
import time_machine

from advocacy.outbox import delivery
from tests.outbox.posting import NOON, posted
from tests.outbox.relay import Relay

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("count", [2, 130])
def test_a_slow_domain_delays_nobody_else_and_gets_its_mail_once(relay: Relay, count: int):
    """It fills every connection first, and more than a worker takes in hand; it answers when the others have theirs."""
    waiting, over = {"dana@quick.example", "luis@other.example", "ruth@quick.example"}, threading.Event()

    def misbehave(phase: str, to: str) -> None:
        if phase == "rcpt" and to.endswith("@slow.example"):
            over.wait(20)
        if phase == "reply":
            waiting.discard(to)
            if not waiting:
                over.set()

    relay.misbehave = misbehave
    with time_machine.travel(NOON, tick=True):
        slow = [posted(f"person{number}@slow.example") for number in range(count)]
        quick = [posted(address) for address in sorted(waiting)]
        delivery.deliver()

    assert relay.copies == {message.message_id: 1 for message in [*slow, *quick]}
    assert set(relay.recipients[:3]) == {message.recipient for message in quick}
