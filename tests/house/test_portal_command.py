"""`python3 manage.py portal`: one process that is the whole portal."""

import http.client
import os
import shutil
import signal
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from advocacy.portal.management.commands.portal import lead_to
from tests.house.processes import environment, eventually, free_port, manage, running

pytestmark = pytest.mark.apart

HOUR_AGO = "2020-01-01 00:00:00"
QUEUED = (
    "insert into jobs_job (kind, arguments, state, progress_done, message, attempts, result, error,"
    " created_at, queued_at) values (?, ?, 'queued', 0, '', 0, '{}', '', ?, ?)"
)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path)


@pytest.fixture
def database(tmp_path: Path, env: dict[str, str]) -> Path:
    """Of a portal that has been open before."""
    file = tmp_path / "portal.sqlite3"
    if migrated := os.environ.get("TEST_MIGRATED_DATABASE"):
        shutil.copy(migrated, file)
    else:
        assert manage("migrate", "--verbosity=0", env=env).returncode == 0
    return file


def status_of(port: int, path: str = "/account/login/") -> int | None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        try:
            connection.request("GET", path)
            with connection.getresponse() as response:
                return response.status
        except OSError:
            return None


def wait_until_open(port: int, log: Path) -> None:
    assert eventually(lambda: "The portal is open" in log.read_text(), within=60), log.read_text()
    assert status_of(port) == 200, log.read_text()


def queue(database: Path, kind: str, arguments: str) -> None:
    """As a command in a second shell would: only a row."""
    with sqlite3.connect(database) as connection:
        connection.execute(QUEUED, (kind, arguments, HOUR_AGO, HOUR_AGO))
    connection.close()


def state_of_jobs(database: Path) -> list[str]:
    connection = sqlite3.connect(database)
    try:
        return [state for (state,) in connection.execute("select state from jobs_job order by id")]
    finally:
        connection.close()


def test_it_opens_works_and_stops_within_three_seconds(tmp_path: Path, env: dict[str, str], database: Path):
    port, log = free_port(), tmp_path / "log"
    queue(database, "rehearsal.count", '{"to": 3}')

    with running("manage.py", "portal", "--no-demo", f"--port={port}", env=env, log=log) as portal:
        wait_until_open(port, log)
        assert eventually(lambda: state_of_jobs(database) == ["done"]), log.read_text()

        second = manage("portal", "--no-demo", f"--port={free_port()}", env=env)
        assert (second.returncode, "Another portal is running" in second.stderr) == (1, True)

        began = time.monotonic()
        portal.send_signal(signal.SIGTERM)
        assert portal.wait(10) == 0
        assert time.monotonic() - began < 3
    assert "Nobody can sign in yet" in log.read_text()


@pytest.mark.parametrize(
    ("host", "given", "found"),
    [
        ("127.0.0.1", {}, "http://127.0.0.1:8123"),
        ("::1", {}, "http://[::1]:8123"),
        ("::", {}, "http://127.0.0.1:8123"),
        ("127.0.0.1", {"PORTAL_URL": "https://portal.example.org"}, "http://known.example"),
    ],
)
def test_links_lead_to_where_the_portal_listens_unless_they_were_told_where(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, host: str, given: dict[str, str], found: str
):
    settings.PORTAL_URL = "http://known.example"
    monkeypatch.delenv("PORTAL_URL", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    lead_to(host, 8123)

    assert found == settings.PORTAL_URL


def test_a_job_in_hand_goes_back_to_the_queue_when_the_portal_stops(
    tmp_path: Path, env: dict[str, str], database: Path
):
    port, log = free_port(), tmp_path / "log"
    numbers = tmp_path / "numbers"
    queue(database, "rehearsal.count", f'{{"to": 500, "pause": 0.1, "into": "{numbers}"}}')

    with running("manage.py", "portal", "--no-demo", f"--port={port}", env=env, log=log) as portal:
        assert eventually(numbers.exists, within=60), log.read_text()
        portal.send_signal(signal.SIGINT)
        assert portal.wait(10) == 0

    assert state_of_jobs(database) == ["queued"]


def test_a_job_in_the_middle_of_a_long_step_does_not_hold_the_portal_up(
    tmp_path: Path, env: dict[str, str], database: Path
):
    log, numbers = tmp_path / "log", tmp_path / "numbers"
    queue(database, "rehearsal.count", f'{{"to": 1, "pause": 60, "into": "{numbers}"}}')

    with running("manage.py", "portal", "--no-demo", f"--port={free_port()}", env=env, log=log) as portal:
        assert eventually(numbers.exists, within=60), log.read_text()
        portal.send_signal(signal.SIGTERM)
        assert portal.wait(10) == 0

    assert "A job was in the middle of a step; it begins again at the next start." in log.read_text()
    assert state_of_jobs(database) == ["running"]


def test_a_port_in_use_is_named_with_a_way_out(env: dict[str, str]):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = manage("portal", "--no-demo", f"--port={port}", env=env)

    assert run.returncode == 1
    assert f"Port {port} is in use by another program." in run.stderr
    assert f"--port {port + 1}" in run.stderr


def test_it_refuses_an_installation_of_several_processes(tmp_path: Path):
    env = environment(
        tmp_path,
        REDIS_URL="redis://127.0.0.1:1/0",
        SECRET_KEY="x" * 50,
        SUPPRESSION_SALT="grains-of-sea-salt",
    )

    run = manage("portal", env=env)

    assert run.returncode == 1
    assert "REDIS_URL is set: this installation runs as several processes." in run.stderr
