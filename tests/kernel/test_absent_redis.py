"""A Redis that is gone, or takes the call and never answers, keeps nobody waiting (RELIABILITY.md §5, rows 6 and 8)."""

import time
from collections.abc import Iterator

import pytest
from celery import Celery
from django.conf import settings

from advocacy.kernel import bells
from advocacy.kernel.cache import ForgivingRedisCache
from tests.house.processes import free_port
from tests.house.proxy import Wire, wire_to

OPTIONS = {"OPTIONS": {"socket_timeout": 0.3, "socket_connect_timeout": 0.3}}


@pytest.fixture
def silent() -> Iterator[Wire]:
    """Somebody who takes every call and says nothing."""
    with wire_to(free_port()) as nobody, wire_to(nobody.port) as wire:
        wire.is_swallowing = True
        yield wire


def ringing(port: int) -> Celery:
    app = Celery("rings", broker=f"redis://127.0.0.1:{port}/0", set_as_current=False)
    app.conf.broker_transport_options = settings.REDIS_TRANSPORT_OPTIONS
    return app


def test_many_bells_at_a_silent_broker_cost_less_than_two_seconds(silent: Wire):
    with ringing(silent.port) as app:
        began = time.monotonic()
        heard = [bells.ring(app, "any.task") for _ in range(50)]

    assert not any(heard)
    assert time.monotonic() - began < 2


def test_a_cache_without_redis_remembers_in_its_own_process(silent: Wire):
    cache = ForgivingRedisCache(f"redis://127.0.0.1:{silent.port}/0", OPTIONS)
    began = time.monotonic()

    assert cache.get("tries", 0) == 0
    assert cache.add("tries", 1)
    assert cache.incr("tries") == 2
    cache.set_many({"a": 1, "b": 2})
    assert (cache.get_many(["a", "b"]), "a" in cache) == ({"a": 1, "b": 2}, True)
    assert cache.touch("a", 10)
    assert cache.delete("a")
    cache.delete_many(["b"])
    assert (cache.get("tries"), cache.get("a"), cache.get("b")) == (2, None, None)
    cache.clear()
    assert cache.get("tries") is None

    assert cache.is_away
    assert time.monotonic() - began < 1.5
