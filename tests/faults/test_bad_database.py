"""A database that restarts, loses its answers, or takes its time (RELIABILITY.md §5, rows 11 to 13)."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

import psycopg
import pytest

from advocacy.outbox.models import OutboundMessage
from tests.chaos.mayhem import Workers
from tests.faults.conftest import House, Visitor, through
from tests.house.processes import BASE, database_url, eventually
from tests.house.proxy import wire_to
from tests.house.servers import OwnPostgres, own_postgres
from tests.outbox.posting import posted
from tests.outbox.relay import Relay

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]
RESTARTS = int(os.environ.get("CHAOS_RESTARTS", "20"))
MESSAGES = 600


@pytest.fixture
def cluster(armed: House) -> Iterator[OwnPostgres]:
    """A server of our own with the tables of the test database, and the armed installation in them."""
    with own_postgres() as cluster:
        cluster.copy_from(database_url())
        yield cluster


def post_through(url: str, env: dict[str, str], count: int) -> int:
    """How many tries it took to post for so many people."""
    command = [sys.executable, "-m", "tests.faults.posting_through", str(count)]
    done = subprocess.run(
        command, cwd=BASE, env=env | {"DATABASE_URL": url}, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return int(done.stdout)


def rows_in(url: str) -> dict[str, str]:
    """Message-ID and state of every message there."""
    with psycopg.connect(url, connect_timeout=5) as server:
        return dict(server.execute("SELECT message_id, state FROM outbox_outboundmessage").fetchall())


def is_settled(url: str) -> bool:
    try:
        return set(rows_in(url).values()) <= {"sent", "uncertain"}
    except psycopg.OperationalError:
        return False


def judge(relay: Relay, rows: dict[str, str]) -> tuple[int, int]:
    """Duplicates, and what sink and ledger cannot explain to each other."""
    unexplained = sum(rows.get(arrived) not in {"sent", "uncertain"} for arrived in relay.copies)
    unexplained += sum(state == "sent" and not relay.copies[id] for id, state in rows.items())
    return sum(count - 1 for count in relay.copies.values()), unexplained


def test_a_database_that_restarts_again_and_again_loses_and_doubles_nothing(
    armed: House, cluster: OwnPostgres, tmp_path: Path, capsys: Any
):
    relay, chance = armed.relay, Random(7)
    relay.seconds_to_answer = 0.02
    env = armed.env | {"DATABASE_URL": cluster.url}
    post_through(cluster.url, env, MESSAGES)

    with Workers(env, tmp_path / "log", chance) as workers:
        workers.start()
        workers.start()
        restarts = 0
        while restarts < RESTARTS:
            time.sleep(chance.uniform(0.1, 0.5))
            cluster.restart_immediately()
            restarts += 1
        began = time.monotonic()
        if not eventually(lambda: is_settled(cluster.url), within=60):
            raise AssertionError((tmp_path / "log").read_text()[-3000:])
        seconds = time.monotonic() - began

    rows = rows_in(cluster.url)
    duplicates, unexplained = judge(relay, rows)
    states = {state: list(rows.values()).count(state) for state in set(rows.values())}
    with capsys.disabled():
        sys.stdout.write(
            f"\n{restarts} immediate restarts, {len(rows)} messages: {duplicates} duplicates, "
            f"{unexplained} unexplained; {states}; recovered in {seconds:.1f} s\n"
        )
    assert (len(rows), duplicates, unexplained) == (MESSAGES, 0, 0)


def test_a_line_cut_at_commit_neither_loses_nor_doubles(armed: House, capsys: Any, tmp_path: Path):
    """Every second COMMIT reaches the server, and its answer nobody: first for who writes, then for who sends."""
    commits = 0

    def every_second_commit(words: bytes) -> bool:
        nonlocal commits
        is_commit = b"COMMIT" in words
        commits += is_commit
        return is_commit and commits % 2 == 0

    with wire_to(armed.to_database.to_port) as wire:
        wire.cuts_after = every_second_commit
        url = through(wire, database_url())
        tries = post_through(url, armed.env, 40)
        lost = wire.cut
        written = OutboundMessage.objects.count()

        chance = Random(3)
        wire.cuts_after = lambda words: b"COMMIT" in words and chance.random() < 0.3
        with Workers(armed.env | {"DATABASE_URL": url}, tmp_path / "log", Random(1)) as workers:
            workers.start()
            assert eventually(lambda: is_settled(database_url()), within=90), (tmp_path / "log").read_text()[
                -3000:
            ]

    rows = rows_in(database_url())
    with capsys.disabled():
        sys.stdout.write(
            f"\n{lost} answers to COMMIT lost: {written} of 40 written in {tries} tries; "
            f"{wire.cut - lost} lost while sending: {sorted(rows.values()).count('uncertain')} uncertain\n"
        )
    assert (written, tries) == (40, 40 + lost)
    assert lost >= 15
    assert judge(armed.relay, rows) == (0, 0)


def test_a_slow_database_slows_pages_and_breaks_none(armed: House, web: Visitor, capsys: Any):
    """200 ms each way."""
    web.get("/account/login/")
    armed.to_database.seconds = 0.2
    try:
        answers = [web.get("/account/password/reset/") for _ in range(8)]
        posted_answer = web.post("/account/password/reset/", email="nobody@example.org")
    finally:
        armed.to_database.seconds = 0.0
    after = web.get("/account/login/")

    slowest = quantiles([answer.seconds for answer in answers], n=20)[-1]
    with capsys.disabled():
        sys.stdout.write(
            f"\n200 ms each way to the database: p95 {slowest:.1f} s, a form {posted_answer.seconds:.1f} s\n"
        )
    assert {answer.status for answer in answers} == {200}
    assert posted_answer.status == 302
    assert slowest < 10
    assert (after.status, after.seconds < 2) == (200, True)
    assert posted("dana@example.org").state == "pending"
