"""With the network gone every page still answers, and says what it could not ask."""

import socket
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as project_settings
from django.core.cache import cache
from django.test import Client

from advocacy.jobs.models import Job, State
from advocacy.jobs.progress import Progress
from legislation.actions import feeds
from legislation.models import Feed
from legislation.sources import download
from legislation.sources.opening import FileRefused
from tests.browser import gallery
from tests.browser.curator import cookie_of, hang
from tests.browser.gallery import VISITOR
from tests.cast import NOW, Cast, browser_of
from tests.factories.maps import houston

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tried(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[list[str]]:
    """No name resolves, and no machine but this one is reached. Whom the portal tried to reach."""
    tried: list[str] = []
    resolve, connect = socket.getaddrinfo, socket.socket.connect

    def resolve_ours(host: Any, *args: Any, **options: Any) -> Any:
        if host in ("127.0.0.1", "localhost"):
            return resolve(host, *args, **options)
        tried.append(str(host))
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    def connect_ours(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith("127."):
            tried.append(str(address[0]))
            raise OSError("Network is unreachable")
        connect(self, address)

    monkeypatch.setattr(socket, "getaddrinfo", resolve_ours)
    monkeypatch.setattr(socket.socket, "connect", connect_ours)
    settings.GEOCODER_US = settings.GEOCODER_CA = True
    cache.clear()
    yield tried
    cache.clear()


def test_every_page_answers_and_asks_nobody(tried: list[str]):
    with time_machine.travel(NOW, tick=False):
        people = hang()
        wrong = {}
        for exhibit in [*gallery.OWN_PAGES, *gallery.admin_pages()]:
            user = None if exhibit.who == VISITOR else people[exhibit.who]
            browser = Client()
            if user:
                browser.cookies[project_settings.SESSION_COOKIE_NAME] = cookie_of(user)
            status = browser.get(exhibit.address(user)).status_code
            if status >= 500:
                wrong[str(exhibit)] = status

    assert wrong == {}
    assert tried == []


@pytest.mark.parametrize(
    ("address", "said", "asked"),
    [
        (
            "4800 Calhoun Rd, Houston, TX 77004",
            "U.S. Census geocoder cannot be reached",
            "geocoding.geo.census.gov",
        ),
        ("K1A 0Z9", "Represent cannot be reached", "represent.opennorth.ca"),
    ],
)
def test_the_look_up_says_whom_it_could_not_ask(
    cast: Cast, tried: list[str], address: str, said: str, asked: str
):
    houston()

    page = browser_of(cast.sam).post("/representatives/ask/", {"text": address})

    assert page.status_code == 200
    assert said in unescape(page.content.decode())
    assert set(tried) == {asked}


def test_a_feed_says_that_it_could_not_be_fetched_and_the_record_stays(
    cast: Cast, tried: list[str], settings: Any, tmp_path: Path
):
    settings.VAR_DIR = tmp_path
    feeds.furnish()
    feed = Feed.objects.get(source__key="congress-legislators")
    job = Job.objects.create(
        kind=feeds.SYNC, queued_at=NOW, state=State.RUNNING, started_at=NOW, heartbeat_at=NOW, attempts=1
    )

    with download.client() as web, pytest.raises(FileRefused, match="Is the network reachable"):
        feeds.sync(feed, now=NOW, web=web, progress=Progress(job))

    feed.refresh_from_db()
    assert tried
    assert (feed.failures, feed.last_success_at) == (1, None)
    assert "Is the network reachable" in feed.error
