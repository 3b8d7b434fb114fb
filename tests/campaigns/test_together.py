"""The planner against a real mail server, and beside itself."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection, connections

from advocacy.kernel.reminder_rules import Due
from advocacy.kernel.zones import NORTH_AMERICAN_ZONES
from advocacy.outbox import delivery
from advocacy.outbox.models import OutboundMessage
from campaigns.models import Occurrence
from campaigns.reminders import planner
from tests.campaigns.reminding import REHEARSAL, Script, chicago, promised
from tests.cast import Cast
from tests.factories.people import UserFactory
from tests.outbox.relay import Relay

pytestmark = pytest.mark.django_db(transaction=True)
NINE = chicago(2, 11)


def test_a_reminder_reaches_the_relay_once(cast: Cast, relay: Relay, clock: time_machine.Traveller):
    promised(cast.dana, due_on=date(2027, 2, 12))
    for minutes in (0, 1, 2):
        clock.move_to(NINE + timedelta(minutes=minutes))
        planner.tick(NINE + timedelta(minutes=minutes))
        delivery.deliver()

    assert relay.recipients == [cast.dana.email]
    assert OutboundMessage.objects.get().state == "sent"
    (text,) = relay.texts.values()
    assert b"Auto-Submitted: auto-generated" in text


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="threads share no database in memory; its writers take turns"
)
def test_ticks_beside_each_other_make_one_of_everything(
    cast: Cast, rehearsal: Script, clock: time_machine.Traveller
):
    clock.move_to(NINE)
    people = [cast.dana, cast.luis, cast.priya, cast.chris]
    rehearsal.owed = [Due(one.pk, period, date(2027, 2, 11)) for one in people for period in ("a", "b")]
    together = threading.Barrier(4)
    troubles: list[int] = []

    def tick() -> None:
        together.wait()
        troubles.append(planner.tick(NINE)["failed"])
        connections.close_all()

    threads = [threading.Thread(target=tick) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert troubles == [0, 0, 0, 0]
    assert set(Occurrence.objects.values_list("state", flat=True)) == {"mailed"}
    assert Occurrence.objects.count() == 8
    assert sorted(OutboundMessage.objects.values_list("user", flat=True)) == sorted(one.pk for one in people)


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2027, 3, 14), date(2028, 2, 29), date(2027, 1, 31)])
def test_hourly_ticks_around_a_clock_change_tell_everybody_once(
    cast: Cast, rehearsal: Script, clock: time_machine.Traveller, day: date
):
    people = [UserFactory(time_zone=zone) for zone in NORTH_AMERICAN_ZONES]
    rehearsal.owed = [Due(person.pk, f"{day}", day) for person in people]
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
    for hour in [*range(72), *range(60, 84)]:
        clock.move_to(start + timedelta(hours=hour))
        planner.tick(start + timedelta(hours=hour))

    rows = Occurrence.objects.filter(rule=REHEARSAL).order_by("person")
    assert [(row.person_id, row.state) for row in rows] == [(person.pk, "mailed") for person in people]
    assert OutboundMessage.objects.count() == len(people)
