"""Planners of alerts beside each other: one alert and one mail of everything."""

import threading

import pytest
from django.db import connection, connections

from advocacy.outbox.models import OutboundMessage
from advocacy.positions.alerts import planner
from advocacy.positions.models import Alert, PlannedEvent, Tier
from tests.cast import NOW, Cast
from tests.factories.measures import measure
from tests.positions.test_alerts import followed, moved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="threads share no database in memory; its writers take turns"
)
def test_planners_beside_each_other_make_one_of_everything(cast: Cast):
    for number in range(5):
        bill = measure(f"HB {number}")
        followed(bill, cast, Tier.LEAD, cast.luis, cast.priya, cast.chris)
        moved(bill, cast.jordan)
    together = threading.Barrier(4)
    troubles: list[int] = []

    def tick() -> None:
        together.wait()
        troubles.append(planner.tick(NOW)["failed"])
        connections.close_all()

    threads = [threading.Thread(target=tick) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    told = sorted(OutboundMessage.objects.values_list("user", "subject"))
    readers = sorted(one.pk for one in (cast.dana, cast.luis, cast.priya, cast.chris))
    assert troubles == [0, 0, 0, 0]
    assert told == [(pk, "5 changes on measures you follow") for pk in readers]
    assert (Alert.objects.count(), PlannedEvent.objects.count()) == (20, 5)
    assert set(Alert.objects.values_list("state", flat=True)) == {"mailed"}
