"""What every test stands on: strict templates, quick passwords, an empty cache, and the cast on request."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
import time_machine
from django.conf import settings as project_settings
from django.core.cache import cache
from django.db import connection
from django.template import engines
from django.test.utils import override_settings
from hypothesis import HealthCheck, settings
from whitenoise.middleware import WhiteNoiseMiddleware

from advocacy.events import board
from advocacy.events.views import board as board_views
from campaigns import earlier_letters
from campaigns.act import ground
from campaigns.views import act
from tests.cast import NOW, Cast, furnish
from tests.undefined import UndefinedVariableIsAnError

pytest_plugins = ["tests.mail"]
# How long an example takes is a matter of what else the machine does.
settings.register_profile("however loaded", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("however loaded")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Each run begins with a copy of what `manage.py test` has migrated; migrations then find nothing to do."""
    migrated = os.environ.get("TEST_MIGRATED_DATABASE")
    if migrated and connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated
    if not migrated or connection.vendor == "postgresql":
        yield
        return
    name = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(migrated)) as source, closing(sqlite3.connect(name, uri=True)) as copy:
        source.backup(copy)
        yield  # a database in memory lives as long as somebody has it open


@pytest.fixture(autouse=True, scope="session")
def strict_templates() -> None:
    """An undefined variable in a template of ours fails the test."""
    engines["django"].engine.string_if_invalid = UndefinedVariableIsAnError()  # type: ignore[attr-defined]


@pytest.fixture(autouse=True, scope="session")
def test_settings() -> Iterator[None]:
    """Passwords cost nothing here, and an embedded portal keeps its cache in memory."""
    changes = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    if project_settings.EMBEDDED:
        changes["CACHES"] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with override_settings(**changes):
        yield


@pytest.fixture(autouse=True, scope="session")
def static_files_are_looked_up_once() -> Iterator[None]:
    """Each new test client builds the whole chain anew, in which WhiteNoise reads every static file: 10 ms of each."""
    look_up, found = WhiteNoiseMiddleware.add_files_from_finders, dict[str, object]()

    def once(self: WhiteNoiseMiddleware) -> None:
        if not found:
            look_up(self)
            found.update(self.files)
        self.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Rate limits, kept uploads and letters of one test must not reach the next."""
    yield
    cache.clear()
    earlier_letters.forget()
    ground.forget()
    act.pages.clear()
    board.kept.clear()
    board_views.kept_drawings.clear()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Tuesday 9 February 2027, 10:00 in Chicago. The clock stands; `clock.move_to(…)` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(clock: time_machine.Traveller, db: None) -> Cast:
    """The people and chapters of the stories, on the morning they begin."""
    return furnish()
