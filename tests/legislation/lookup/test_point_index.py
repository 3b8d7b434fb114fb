"""The index of points in memory: never an outdated answer, a few days kept, and nobody waits for another's day."""

import threading
from datetime import date

import pytest
import shapely
from django.db import connection

from legislation.lookup import points
from legislation.lookup.points import Areas, Hit, PointIndex, divisions_at
from legislation.models import Division, DivisionShape, EditionFile, MapEdition
from tests.factories.maps import area, division, edition, houston
from tests.factories.people import united_states

BEFORE, AFTER = date(2026, 11, 21), date(2027, 1, 4)
HERE = (29.72, -95.34)


@pytest.fixture
def builds(monkeypatch) -> list[int]:
    """How many areas each index was built from, as they are built."""
    built: list[int] = []

    class Counted(PointIndex):
        def __init__(self, editions: list[Areas]) -> None:
            built.append(sum(len(one.hits) for one in editions))
            super().__init__(editions)

    monkeypatch.setattr(points, "PointIndex", Counted)
    monkeypatch.setattr(points, "_kept", points._Kept())
    return built


@pytest.mark.django_db
def test_two_days_in_turn_are_built_once_each(builds: list[int], django_assert_num_queries):
    houston()
    first = [divisions_at(*HERE, BEFORE), divisions_at(*HERE, AFTER)]

    with django_assert_num_queries(20):
        again = [divisions_at(*HERE, day) for _turn in range(10) for day in (BEFORE, AFTER)]

    assert len(builds) == 2
    assert again == first * 10
    assert first[0] != first[1]


@pytest.mark.django_db
def test_days_share_the_areas_of_the_editions_they_have_in_common(
    builds: list[int], django_assert_num_queries
):
    houston()
    divisions_at(*HERE, BEFORE)

    # Which editions are in force, and the shapes of the 120th Congress: those of Texas are there.
    with django_assert_num_queries(2):
        divisions_at(*HERE, AFTER)


@pytest.mark.django_db
def test_only_a_few_days_are_kept(builds: list[int]):
    us = united_states()
    for year in range(2001, 2001 + 10):
        lines = edition(f"e{year}", us, "lower", date(year, 1, 1), date(year + 1, 1, 1))
        area(lines, division("ocd-division/country:us/state:tx/cd:1"), -96, 29, -95, 30)
        divisions_at(*HERE, date(year, 6, 1))

    assert len(builds) == 10
    assert len(points._kept._entries) == points._MOST_KEPT
    assert len(points._kept._areas) == points._MOST_KEPT


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["shapes", "dates", "gone"])
def test_a_change_is_seen_by_the_next_look_up(builds: list[int], change: str):
    here = houston()
    wanted = Hit(here.cd119.pk, here.tx18.pk)
    assert wanted in divisions_at(*HERE, BEFORE)

    if change == "shapes":
        DivisionShape.objects.filter(edition=here.cd119, division=here.tx18).delete()
        area(here.cd119, division("ocd-division/country:us/state:tx/cd:99"), -96, 40, -95, 41)
    elif change == "dates":
        MapEdition.objects.filter(pk=here.cd119.pk).update(valid_until=BEFORE)
    else:
        here.cd119.delete()

    assert wanted not in divisions_at(*HERE, BEFORE)


@pytest.mark.django_db(transaction=True)
def test_a_look_up_does_not_wait_for_the_index_of_another_day(monkeypatch):
    houston()
    kept = points._Kept()
    monkeypatch.setattr(points, "_kept", kept)
    expected = divisions_at(*HERE, BEFORE)
    building, may_go_on = threading.Event(), threading.Event()

    class Slow(PointIndex):
        def __init__(self, editions: list[Areas]) -> None:
            building.set()
            may_go_on.wait(timeout=20)
            super().__init__(editions)

    monkeypatch.setattr(points, "PointIndex", Slow)
    found: dict[str, list[Hit]] = {}

    def ask(name: str) -> None:
        found[name] = divisions_at(*HERE, AFTER)
        connection.close()

    waiting = [threading.Thread(target=ask, args=[name]) for name in ("one", "other")]
    for thread in waiting:
        thread.start()
    assert building.wait(timeout=20)

    # While the other day is being built, this one answers.
    assert divisions_at(*HERE, BEFORE) == expected
    assert found == {}

    may_go_on.set()
    for thread in waiting:
        thread.join(timeout=20)
    assert found["one"] == found["other"] != []


@pytest.mark.django_db
def test_a_build_that_fails_is_tried_again(monkeypatch):
    houston()
    monkeypatch.setattr(points, "_kept", points._Kept())

    class Failing(PointIndex):
        def __init__(self, editions: list[Areas]) -> None:
            raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(points, "PointIndex", Failing)
        with pytest.raises(MemoryError):
            divisions_at(*HERE, BEFORE)

    assert divisions_at(*HERE, BEFORE)


@pytest.mark.django_db
def test_every_load_is_another_version_although_the_bytes_are_the_same():
    here = houston()
    before = EditionFile.objects.get(edition=here.cd119).version

    area(here.cd119, Division.objects.create(ocd_id="x", name="x"), -96, 40, -95, 41)

    assert EditionFile.objects.get(edition=here.cd119).version != before


def test_an_index_of_nothing_answers_nothing():
    assert PointIndex([]).at(29, -95) == []
    assert PointIndex([Areas([(1, 2, shapely.to_wkb(shapely.box(0, 0, 1, 1)))])]).at(0.5, 0.5) == [Hit(1, 2)]
