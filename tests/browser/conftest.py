"""A real Chromium in front of the real portal, for people of the cast.

    dana = sit_down(cast.dana, screen)      # a page, signed in, as wide as `screen`
    dana.goto("/log/new/")

The clock stands at NOW in the server, which runs in this process. Every page is watched (watching.py).
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as project_settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect

from advocacy.accounts.models import User
from tests.browser.curator import OpenContext
from tests.browser.phone import Phone
from tests.browser.serving import Portal
from tests.browser.watching import Watch
from tests.cast import browser_of

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Generous: two busy cores may run a browser, a server and the tests at once.
SECONDS_TO_WAIT = 15
expect.set_options(timeout=SECONDS_TO_WAIT * 1000)


@dataclass(frozen=True)
class Screen:
    name: str
    width: int
    height: int
    is_phone: bool

    def __str__(self) -> str:
        return self.name

    def options(self) -> dict[str, Any]:
        size = {"width": self.width, "height": self.height}
        return {"viewport": size, "is_mobile": self.is_phone, "has_touch": self.is_phone}


PHONE = Screen("phone", 390, 844, is_phone=True)
LAPTOP = Screen("laptop", 1280, 800, is_phone=False)
SitDown = Callable[..., Page]


@pytest.fixture(params=[PHONE, LAPTOP], ids=str)
def screen(request: pytest.FixtureRequest) -> Screen:
    """A 390 px phone and a 1280 px laptop, one after the other."""
    return request.param


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts its browser: the Chromium of this machine, or no browser test at all."""
    return {"executable_path": _chromium(), "args": FLAGS, "headless": True}


def _chromium() -> str:
    given = os.environ.get("CHROMIUM")
    path = given or shutil.which("chromium") or "/usr/bin/chromium"
    if os.access(path, os.X_OK):
        return path
    word = f"no Chromium at {path}: set CHROMIUM"
    if "browser" in os.environ.get("PORTAL_TESTS_REQUIRE", "").split():
        pytest.fail(word)
    pytest.skip(word)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The server's threads open connections of their own; an SQLite database in memory has only one to give."""
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("browser") / "portal.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(name)


def _test_name() -> str | None:
    return connection.settings_dict["TEST"]["NAME"]


@pytest.fixture(scope="session")
def portal(django_db_setup: None, strict_templates: None, test_settings: None) -> Iterator[Portal]:
    """The server, for all tests. It reaches the database only while a test has opened it."""
    if connection.vendor == "sqlite" and connection.settings_dict["NAME"] != _test_name():
        pytest.skip("the tests before these keep their database in memory: run pytest -m browser by itself")
    # Playwright keeps an event loop in this thread; our own calls of the ORM from it are as synchronous as ever.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    server = Portal()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def open_context(browser: Browser, portal: Portal) -> OpenContext:
    """Opens a window of its own for a session, or for a visitor, with the options of Playwright's contexts."""

    def open_one(
        *, session: str = "", screen: Screen = LAPTOP, watch: Watch, **options: Any
    ) -> BrowserContext:
        usual = {"base_url": portal.url, "service_workers": "block"}
        context = browser.new_context(
            locale="en-US",
            timezone_id="America/Chicago",
            reduced_motion="reduce",
            **usual | screen.options() | options,
        )
        context.set_default_timeout(SECONDS_TO_WAIT * 1000)
        watch.over(context)
        if session:
            name = project_settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": session, "url": portal.url}])
        return context

    return open_one


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Whatever goes wrong on any page of the test. `watch.expected.add(500)` where that is what the test wants."""
    watch = Watch()
    yield watch
    assert watch.faults == []


@pytest.fixture
def sit_down(transactional_db: None, open_context: OpenContext, watch: Watch) -> Iterator[SitDown]:
    """`sit_down(cast.dana, screen)`: a page of hers. Its database is one that the server's threads see too."""
    contexts = []

    def sit(user: User | None = None, screen: Screen = LAPTOP, **options: Any) -> Page:
        session = browser_of(user).cookies[project_settings.SESSION_COOKIE_NAME].value if user else ""
        context = open_context(session=session, screen=screen, watch=watch, **options)
        contexts.append(context)
        return context.new_page()

    yield sit
    for context in contexts:
        context.close()


@pytest.fixture
def phone(portal: Portal, sit_down: SitDown, watch: Watch) -> Iterator[Phone]:
    """A phone that keeps pages, before a portal of this test alone."""
    phone = Phone(sit_down, watch, PHONE)
    yield phone
    phone.stop()
