"""Two at once: of many who want the last place, one has it and the others wait."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from advocacy.events.actions import registrations
from advocacy.events.actions.registrations import Districts
from advocacy.events.models import Registration
from tests.cast import NOW, Cast
from tests.factories.advocacy_days import coming, day_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="threads share no database in memory; its writers take turns"
    ),
]


def test_of_many_who_want_the_last_place_one_has_it(cast: Cast):
    event = day_of(cast, cap=2)
    coming(event, "First")
    people = [cast.sam, cast.luis, cast.dana, cast.ruth]
    start = Barrier(len(people))

    def race(person):
        start.wait()
        try:
            registrations.register(event, by=person, now=NOW, districts=Districts())
        finally:
            connection.close()

    racers = [Thread(target=race, args=(person,)) for person in people]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    found = sorted(Registration.objects.values_list("status", flat=True))
    assert found == ["registered"] * 2 + ["waiting"] * 3
