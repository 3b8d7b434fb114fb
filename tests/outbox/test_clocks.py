"""Moments at which clocks are known to break: mail goes once, and its links hold as long as they should (row 35)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from advocacy.outbox import delivery
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.stop_links import VALID_FOR
from tests.outbox.posting import ASK, now_of, posted
from tests.outbox.relay import Relay

pytestmark = pytest.mark.django_db(transaction=True)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOMENTS = {
    "the last second of 32 bits": datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC),
    "leap day": datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC),
    "the hour that comes twice": datetime(2026, 11, 1, 5, 59, 59, tzinfo=UTC),
    "New Year": datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC),
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS.keys())
def test_mail_goes_once_and_its_link_holds_for_half_a_year(relay: Relay, moment: datetime):
    with time_machine.travel(moment, tick=True) as clock:
        message = posted(of=ASK, now=moment)
        for _second in range(3):
            delivery.sweep(now=datetime.now(UTC))
            delivery.deliver()
            clock.shift(timedelta(seconds=1))
        link = urlsplit(message.headers["List-Unsubscribe"].strip("<>")).path
        at_once = Client().get(link).status_code
        clock.move_to(moment + VALID_FOR - DAY)
        late = Client().get(link).status_code
        clock.move_to(moment + VALID_FOR + DAY)
        too_late = Client().post(link, {"List-Unsubscribe": "One-Click"}).status_code

    assert (now_of(message).state, relay.copies) == ("sent", {message.message_id: 1})
    assert (at_once, late, too_late) == (200, 200, 410)


@pytest.mark.parametrize("jump", [HOUR, -HOUR, DAY, -DAY])
def test_a_clock_that_jumps_while_mail_waits_sends_it_once(relay: Relay, jump: timedelta):
    start = MOMENTS["leap day"]
    with time_machine.travel(start, tick=True) as clock:
        relay.misbehave = lambda phase, to: (
            "451 Later" if phase == "rcpt" and to.startswith("waits") else None
        )
        messages = [posted(f"{name}@{name}.example", now=start) for name in ("waits", "goes")]
        delivery.deliver()
        relay.misbehave = lambda phase, to: None
        clock.shift(jump)
        messages.append(posted("new@new.example", now=datetime.now(UTC)))
        delivery.sweep(now=datetime.now(UTC))
        delivery.deliver()
        clock.move_to(start + HOUR)
        for _ in range(2):
            delivery.sweep(now=datetime.now(UTC))
            delivery.deliver()

    assert set(OutboundMessage.objects.values_list("state", flat=True)) <= {"sent", "pending"}
    expected = {message.message_id: 1 for message in messages}
    if jump == DAY:
        # What was written tomorrow waits for tomorrow.
        expected |= {messages[2].message_id: 1}
    assert relay.copies == expected


def test_a_lease_taken_by_a_clock_that_runs_ahead_is_not_stuck_for_ever(relay: Relay, settings: Any):
    start = MOMENTS["New Year"]
    with time_machine.travel(start + DAY, tick=False):
        message = posted(now=start)
        OutboundMessage.objects.filter(pk=message.pk).update(
            state="leased", lease_owner="ahead", lease_until=start + DAY + settings.MAIL_LEASE, fence=1
        )
    with time_machine.travel(start + DAY + 2 * settings.MAIL_LEASE, tick=True):
        delivery.sweep(now=datetime.now(UTC))
        delivery.deliver()

    assert now_of(message).state == "sent"
