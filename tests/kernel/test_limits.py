"""Limits hold across threads, processes, forged headers and a Redis that comes and goes (RELIABILITY.md S5, S6)."""

import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from advocacy.kernel import limits
from tests.house.processes import BASE, environment, production
from tests.house.servers import own_redis

NOON = datetime(2027, 2, 9, 12, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FILES = "django.core.cache.backends.filebased.FileBasedCache"
TAKE_MANY = """
import django; django.setup()
from datetime import datetime, timedelta
from advocacy.kernel import limits
now = datetime.fromisoformat("2027-02-09T12:00:30+00:00")
took = [limits.take("acts", "luis", most=50, per=timedelta(minutes=1), now=now) for _ in range(40)]
print(sum(one.is_allowed for one in took))
"""


@pytest.fixture
def counts_in_a_file(settings, tmp_path: Path) -> Path:
    settings.CACHES = {"default": {"BACKEND": FILES, "LOCATION": tmp_path / "cache"}}
    settings.VAR_DIR = tmp_path
    return tmp_path / limits.FILE_NAME


def try_once(who: str = "luis", *, name: str = "acts", now: datetime = NOON) -> limits.Taken:
    return limits.take(name, who, most=2, per=MINUTE, now=now)


def seen(remote: str, forwarded: str = "") -> str:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return limits.client_address(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


@pytest.fixture(params=["memory", "file"])
def either_store(request: pytest.FixtureRequest) -> str:
    if request.param == "file":
        request.getfixturevalue("counts_in_a_file")
    return str(request.param)


def test_the_first_so_many_are_allowed_and_the_rest_are_told_when_to_come_again(either_store: str):
    again_at = datetime(2027, 2, 9, 12, 1, tzinfo=UTC)

    assert [try_once() for _ in range(4)] == [
        (True, 1, again_at),
        (True, 0, again_at),
        (False, 0, again_at),
        (False, 0, again_at),
    ]


def test_the_count_begins_anew_with_the_next_window(either_store: str):
    assert [try_once().is_allowed for _ in range(3)] == [True, True, False]

    assert try_once(now=NOON + timedelta(seconds=29)).is_allowed is False
    assert try_once(now=NOON + timedelta(seconds=30)).left == 1


def test_others_and_other_things_are_counted_apart(either_store: str):
    assert [try_once().is_allowed for _ in range(3)] == [True, True, False]

    assert try_once("noor").left == 1
    assert try_once(name="mails").left == 1
    assert limits.take("acts", "luis", most=2, per=MINUTE * 10, now=NOON).left == 1


def test_of_many_threads_exactly_so_many_are_allowed(either_store: str):
    with ThreadPoolExecutor(16) as pool:
        took = list(
            pool.map(lambda _: limits.take("acts", "luis", most=50, per=MINUTE, now=NOON), range(400))
        )

    assert Counter(one.is_allowed for one in took) == {True: 50, False: 350}


def allowed_in(processes: int, env: dict[str, str]) -> int:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE_MANY], cwd=BASE, env=env, stdout=subprocess.PIPE, text=True
        )
        for _ in range(processes)
    ]
    return sum(int(process.communicate(timeout=120)[0]) for process in running)


@pytest.mark.apart
def test_of_many_processes_exactly_so_many_are_allowed(tmp_path: Path):
    assert allowed_in(4, environment(tmp_path)) == 50


@pytest.mark.services
def test_of_many_processes_on_redis_exactly_so_many_are_allowed(tmp_path: Path):
    with own_redis(tmp_path) as server:
        env = production(tmp_path, database_url="sqlite://:memory:", redis_url=server.url)

        assert allowed_in(4, env) == 50
        assert len(server.kept("*limit:*")) == 1


def test_without_redis_each_process_goes_on_counting(settings):
    backend = "advocacy.kernel.cache.ForgivingRedisCache"
    options = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}
    settings.CACHES = {
        "default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0", "OPTIONS": options}
    }

    assert [try_once().is_allowed for _ in range(3)] == [True, True, False]
    assert caches["default"].is_away


def test_a_file_that_cannot_be_read_stops_nobody(counts_in_a_file: Path):
    counts_in_a_file.write_bytes(os.urandom(4096))

    assert [try_once("dana").is_allowed for _ in range(3)] == [True, True, False]


def test_the_file_names_nobody_and_forgets_windows_that_are_over(counts_in_a_file: Path):
    try_once("luis@example.org")
    assert b"luis" not in counts_in_a_file.read_bytes()
    for day in range(1, 200):
        try_once(now=NOON + timedelta(days=day))

    assert counts_in_a_file.stat().st_size < 20_000


def test_an_embedded_portal_keeps_its_counts_in_the_file(counts_in_a_file: Path):
    try_once()

    assert counts_in_a_file.exists()


def test_nobody_is_believed_who_says_where_they_come_from(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    assert seen("203.0.113.7", "198.51.100.1") == "203.0.113.7"


def test_only_what_our_own_proxies_added_is_read(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert seen("10.0.0.1", "forged, 198.51.100.9, 203.0.113.7") == "203.0.113.7"

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert seen("10.0.0.1", "198.51.100.9, 203.0.113.7, 10.0.0.2") == "203.0.113.7"


@pytest.mark.parametrize("header", ["", "nonsense", "203.0.113.7:99999", "198.51.100.1, unknown"])
def test_without_a_proxys_word_it_is_the_connection_that_counts(settings, header: str):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert seen("10.0.0.1", header) == "10.0.0.1"


def test_fewer_entries_than_proxies_are_the_clients_own(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2

    assert seen("10.0.0.1", "198.51.100.1") == "10.0.0.1"


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
    ],
)
def test_a_household_with_many_addresses_is_one_client(address: str, client: str):
    assert seen(address) == client


def test_what_is_kept_of_a_client_is_equal_for_a_day_and_no_address():
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7")
    other = RequestFactory().get("/", REMOTE_ADDR="203.0.113.8")
    digest = limits.client_digest(request, now=NOON)

    assert len(digest) == 64
    assert digest == limits.client_digest(request, now=NOON + timedelta(hours=11))
    assert digest != limits.client_digest(request, now=NOON + timedelta(hours=12))
    assert digest != limits.client_digest(other, now=NOON)
