"""The net must catch: with a leak planted, the slice of the matrix that covers it reports a violation."""

from types import ModuleType

import pytest

from tests.access import planted_log, planted_stances, planted_walls
from tests.access.judge import Judge, in_words
from tests.access.leak import LEAKS, Leak
from tests.access.table import TABLE
from tests.access.visits import Visit, visits
from tests.access.world import World


def slice_of(world: World, leak: Leak) -> list[Visit]:
    """The visits of the matrix that the leak's author should have run."""
    asked = visits(
        world,
        [TABLE[name] for name in leak.pages],
        actors=[world.actors[name] for name in leak.actors],
        methods=leak.methods,
    )
    query = leak.query(world) if leak.query else None
    return [
        Visit(visit.page, visit.actor, visit.method, visit.thing, visit.fixed, query, leak.data)
        for visit in asked
    ]


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_a_planted_leak_is_caught(world: World, monkeypatch: pytest.MonkeyPatch, leak: Leak):
    slice_ = slice_of(world, leak)
    wrong_before = Judge(world).violations(slice_)

    leak.plant(monkeypatch, world)
    caught = Judge(world).violations(slice_)

    assert not wrong_before, in_words(wrong_before)
    assert caught


@pytest.mark.parametrize(
    ("where", "at_least"), [(planted_log, 20), (planted_stances, 5), (planted_walls, 20)]
)
def test_there_are_planted_leaks_of_each_sort(where: ModuleType, at_least: int):
    planted = [leak for leak in LEAKS if leak.plant.__module__ == where.__name__]

    assert len(planted) >= at_least
