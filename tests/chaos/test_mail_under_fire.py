"""Workers are killed and frozen and the relay misbehaves, and still nobody gets the same message twice.

`CHAOS_MESSAGES=2000 CHAOS_KILLS=40 CHAOS_SEED=7` make the run shorter, and repeat one.
"""

import os
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings as project_settings
from django.db import connection
from django.utils import timezone

from advocacy.outbox import arming
from advocacy.outbox.models import FINAL, MessageState, OutboundMessage
from tests.chaos.mayhem import Judgement, Workers, judge, misfortune
from tests.house.processes import database_url, environment
from tests.outbox.posting import ONCE, posted
from tests.outbox.relay import Relay, listening

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True), pytest.mark.timeout(1800)]
MESSAGES = int(os.environ.get("CHAOS_MESSAGES", "10000"))
KILLS = int(os.environ.get("CHAOS_KILLS", "200"))
SEED = int(os.environ.get("CHAOS_SEED", "1"))
WORKERS = 2
SETTLED = [*FINAL, MessageState.UNCERTAIN]


def _environment(folder: Path, relay: Relay) -> dict[str, str]:
    is_file = connection.vendor == "sqlite"
    database = f"sqlite:///{connection.settings_dict['NAME']}" if is_file else database_url()
    return environment(
        folder,
        DATABASE_URL=database,
        EMAIL_URL=f"smtp://127.0.0.1:{relay.port}",
        MAIL_STEP_SECONDS="0.02",
        MAIL_LEASE_SECONDS="1",
        MAIL_LEASE_ON_WIRE_SECONDS="2",
        INSTALLATION_EPOCH=str(arming.installation().epoch),
    )


def _wait_until_settled(seconds: float) -> float:
    """How long it took until nothing waited or was in hand any more."""
    started = time.monotonic()
    while OutboundMessage.objects.exclude(state__in=SETTLED).exists():
        assert time.monotonic() - started < seconds, "mail is still on its way"
        time.sleep(0.1)
    return time.monotonic() - started


def _run(folder: Path) -> Judgement:
    chance = Random(SEED)
    relay = Relay(misbehave=misfortune(chance), seconds_to_answer=0.005)
    with listening(relay):
        arming.arm(by=None, now=timezone.now())
        for number in range(MESSAGES):
            posted(f"person{number}@d{number % 7}.example", of=ONCE, now=timezone.now())
        started = time.monotonic()
        with Workers(_environment(folder, relay), folder / "workers.log", chance) as workers:
            for _ in range(WORKERS):
                workers.start()
            while workers.kills < KILLS:
                time.sleep(chance.uniform(0.05, 0.4))
                if chance.random() < 0.05:
                    workers.freeze_one(seconds=1.5)
                workers.kill_one()
                workers.start()
            recovered = _wait_until_settled(300)
        seconds = time.monotonic() - started
        return judge(relay, kills=workers.kills, seconds=seconds, recovered=recovered)


def test_no_duplicate_and_nothing_unexplained(tmp_path: Path, settings: Any, capsys: Any):
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("the tests before this keep their database in memory: run pytest -m chaos by itself")
    settings.VAR_DIR = tmp_path

    found = _run(tmp_path)

    with capsys.disabled():
        sys.stdout.write(f"\nchaos on {connection.vendor}, seed {SEED}: {found}\n")
    assert found.messages == MESSAGES
    assert (found.duplicates, found.unexplained) == (0, 0)
    assert found.states["sent"] > MESSAGES / 2
    assert project_settings.MAIL_TRANSPORT == "mailbox"  # this process itself sends nothing
