"""A hearing on the way to whoever must be there: through the planner, the outbox and a real mail server, once."""

from datetime import datetime, timedelta

import pytest
import time_machine

from advocacy.outbox import delivery
from advocacy.outbox.models import OutboundMessage
from campaigns.reminders import planner
from legislation.actions import hearings
from tests.campaigns.reminding import chicago
from tests.cast import Cast
from tests.factories.hearings import hearing_on
from tests.factories.measures import measure, tracked
from tests.outbox.relay import Relay

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


def go(clock: time_machine.Traveller, *moments: datetime) -> None:
    """At each of these moments the planner ticks and the worker hands over, three times in a row."""
    for moment in moments:
        for number in range(3):
            clock.move_to(moment + number * MINUTE)
            planner.tick(moment + number * MINUTE)
            delivery.deliver()


def test_a_hearing_reaches_its_people_once_on_each_day_and_follows_a_move(
    cast: Cast, relay: Relay, clock: time_machine.Traveller
):
    bill = measure("HB 210")
    tracked(bill, cast.gulf_prairie, owner=cast.dana)
    hearing = hearing_on(bill, starts_at=chicago(2, 18, 9))
    days_before = chicago(2, 12), chicago(2, 17)

    go(clock, *days_before)
    clock.move_to(chicago(2, 17, 10))
    hearings.move(hearing, by=cast.jordan, now=chicago(2, 17, 10), starts_at=chicago(2, 18, 13))
    # Two hours before the old time, the morning after the move, and two hours before the new time.
    go(clock, chicago(2, 18, 7), chicago(2, 18, 9), chicago(2, 18, 11), chicago(2, 18, 13))

    said = "HB 210 (90R): hearing of Public Health, Thursday Feb. 18, 2027, "
    rows = list(OutboundMessage.objects.order_by("pk").values_list("subject", "stream", "state"))
    assert rows == [(said + at, "alert", "sent") for at in ("09:00", "09:00", "13:00", "13:00")]
    assert relay.recipients == [cast.dana.email] * 4
