"""Processes that freeze, die after their commit, live in another time, or are copies (RELIABILITY.md §5)."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from advocacy.outbox import arming
from advocacy.outbox.models import FINAL, MessageState, OutboundMessage
from tests.chaos.mayhem import Workers, worker_environment
from tests.house.processes import BASE, database_url, eventually
from tests.outbox.posting import posted
from tests.outbox.relay import Relay, listening

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]
LOOK = (
    "import django; django.setup()\n"
    "from django.utils import timezone\n"
    "from advocacy.outbox import arming, delivery\n"
    "now = timezone.now()\n"
    "delivery.sweep(now=now)\n"
    "print(sum(delivery.deliver().values()), arming.why_not_armed())\n"
)


@pytest.fixture
def relay(settings: Any, tmp_path: Path) -> Iterator[Relay]:
    settings.VAR_DIR = tmp_path
    with listening(Relay()) as relay:
        arming.arm(by=None, now=timezone.now())
        yield relay


def settled() -> bool:
    return not OutboundMessage.objects.exclude(state__in=[*FINAL, MessageState.UNCERTAIN]).exists()


def workers(folder: Path, relay: Relay, **more: Any) -> Workers:
    return Workers(worker_environment(folder, relay), folder / f"log-{len(more)}", Random(1), **more)


def test_a_worker_frozen_past_its_lease_does_not_send_when_it_wakes(relay: Relay, tmp_path: Path):
    """Row 4. It stops between RCPT and DATA; another takes its message and sends it; then it goes on."""
    came, go_on, reached = threading.Event(), threading.Event(), []

    def misbehave(phase: str, _to: str) -> None:
        if phase == "rcpt" and not came.is_set():
            came.set()
            go_on.wait(60)
        if phase == "data":
            reached.append(len(relay.arrived))

    relay.misbehave = misbehave
    message = posted(now=timezone.now())
    with workers(tmp_path, relay) as both:
        both.start()
        assert came.wait(30)
        (frozen,) = both.alive
        os.kill(frozen, signal.SIGSTOP)
        both.start()
        assert eventually(lambda: relay.arrived == [message.message_id])
        go_on.set()
        os.kill(frozen, signal.SIGCONT)
        assert eventually(lambda: reached == [0, 1])
        # It asks for leave, and gets none.
        assert not eventually(lambda: len(relay.arrived) > 1, within=1)

    message.refresh_from_db()
    assert (message.state, relay.copies) == ("sent", {message.message_id: 1})


def test_what_was_committed_is_sent_although_its_process_died_before_the_bell(relay: Relay, tmp_path: Path):
    """Row 5, twenty times."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
    ended = []
    for number in range(20):
        child = os.fork()
        if child == 0:
            with transaction.atomic():
                transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
                posted(f"person{number}@example.org", now=timezone.now())
            os._exit(0)
        ended.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    written = OutboundMessage.objects.waiting().count()

    with workers(tmp_path, relay) as one:
        one.start()
        assert eventually(settled)

    assert (ended, written) == ([-signal.SIGKILL] * 20, 20)
    assert sorted(relay.recipients) == sorted(f"person{number}@example.org" for number in range(20))


@pytest.mark.parametrize("wrong", [timedelta(hours=1), -timedelta(hours=1), timedelta(days=1)])
def test_a_worker_with_a_wrong_clock_sends_nothing_twice(relay: Relay, tmp_path: Path, wrong: timedelta):
    """Row 35: the fence, not the clock, decides who may send."""
    relay.seconds_to_answer = 0.02
    for number in range(60):
        posted(f"person{number}@d{number % 5}.example", now=timezone.now())
    elsewhere = (datetime.now(UTC) + wrong).isoformat()

    with (
        workers(tmp_path, relay) as right,
        workers(tmp_path, relay, under=["tests.house.at", elsewhere]) as off,
    ):
        right.start()
        off.start()
        assert eventually(settled, within=90)

    assert set(relay.copies.values()) == {1}
    states = set(OutboundMessage.objects.values_list("state", flat=True))
    assert states <= {"sent", "uncertain"}
    assert len(relay.arrived) >= 55


def look(env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=BASE, env=env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextmanager
def backed_up(folder: Path) -> Iterator[str]:
    """A copy of the database as it is now, the way each engine makes backups."""
    if connection.vendor == "sqlite":
        place = folder / "restored.sqlite3"
        with sqlite3.connect(connection.settings_dict["NAME"]) as now, sqlite3.connect(place) as then:
            now.backup(then)
        now.close()
        then.close()
        yield f"sqlite:///{place}"
        return
    url = database_url()
    copy = f"{url}_restored"
    with psycopg.connect(url.rpartition("/")[0] + "/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{copy.rpartition("/")[2]}"')
        server.execute(f'CREATE DATABASE "{copy.rpartition("/")[2]}"')
    program = shutil.which("pg_dump") or str(max(Path("/usr/lib/postgresql").glob("*/bin/pg_dump")))
    dumped = subprocess.run([program, "--no-owner", f"--dbname={url}"], check=True, capture_output=True)
    restore = [str(Path(program).with_name("psql")), "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={copy}"]
    subprocess.run(restore, input=dumped.stdout, check=True, capture_output=True)
    yield copy
    with psycopg.connect(url.rpartition("/")[0] + "/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE "{copy.rpartition("/")[2]}" WITH (FORCE)')


@pytest.mark.parametrize("how", ["restored elsewhere", "a clone of the whole folder", "restored in place"])
def test_a_backup_from_the_middle_of_a_campaign_sends_nothing(relay: Relay, tmp_path: Path, how: str):
    """Row 37: whatever is restored or copied waits for a person; the original goes on."""
    original, copy = tmp_path / "original", tmp_path / "copy"
    original.mkdir()
    env = worker_environment(original, relay, INSTALLATION_EPOCH="")
    for number in range(40):
        posted(f"person{number}@example.org", now=timezone.now())
    (tmp_path / "installation").rename(original / "installation")
    with backed_up(tmp_path) as url:
        posted("late@example.org", now=timezone.now())
        first = look(env)
        if how == "a clone of the whole folder":
            shutil.copytree(original, copy)
        folder = original if how == "restored in place" else copy
        there = look(worker_environment(folder, relay, INSTALLATION_EPOCH="", DATABASE_URL=url))
    again = look(env)

    assert (first, again) == ("41", "0")
    assert there.startswith("0 This database comes from a backup or a copy")
    assert len(relay.arrived) == 41
    assert set(relay.copies.values()) == {1}
