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
from tests.chaos.mayhem import Judgement, Workers, judge, misfortune, worker_environment
from tests.outbox.posting import ONCE, posted
from tests.outbox.relay import Relay, listening

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True), pytest.mark.timeout(1800)]
MESSAGES = int(os.environ.get("CHAOS_MESSAGES", "10000"))
KILLS = int(os.environ.get("CHAOS_KILLS", "200"))
SEED = int(os.environ.get("CHAOS_SEED", "1"))
WORKERS = 2
SETTLED = [*FINAL, MessageState.UNCERTAIN]


def _wait_until_it_flows(relay: Relay) -> float:
    """How long it takes after the last kill until the next message arrives; none may be left to."""
    started, arrived = time.monotonic(), len(relay.arrived)
    while len(relay.arrived) == arrived and OutboundMessage.objects.exclude(state__in=SETTLED).exists():
        assert time.monotonic() - started < 60, "no mail flows a minute after the last kill"
        time.sleep(0.05)
    return time.monotonic() - started


def _wait_until_settled(seconds: float) -> None:
    """Until nothing waits or is in hand any more."""
    started = time.monotonic()
    while OutboundMessage.objects.exclude(state__in=SETTLED).exists():
        assert time.monotonic() - started < seconds, "mail is still on its way"
        time.sleep(0.1)


def _run(folder: Path) -> Judgement:
    chance = Random(SEED)
    relay = Relay(misbehave=misfortune(chance), seconds_to_answer=0.005)
    with listening(relay):
        arming.arm(by=None, now=timezone.now())
        for number in range(MESSAGES):
            posted(f"person{number}@d{number % 7}.example", of=ONCE, now=timezone.now())
        started = time.monotonic()
        with Workers(worker_environment(folder, relay), folder / "workers.log", chance) as workers:
            for _ in range(WORKERS):
                workers.start()
            while workers.kills < KILLS:
                time.sleep(chance.uniform(0.05, 0.4))
                if chance.random() < 0.05:
                    workers.freeze_one(seconds=1.5)
                workers.kill_one()
                workers.start()
            recovered = _wait_until_it_flows(relay)
            _wait_until_settled(900)
        seconds = time.monotonic() - started
        return judge(relay, kills=workers.kills, seconds=seconds, recovered=recovered)


def test_no_duplicate_and_nothing_unexplained(tmp_path: Path, settings: Any, capsys: Any):
    settings.VAR_DIR = tmp_path

    found = _run(tmp_path)

    with capsys.disabled():
        sys.stdout.write(f"\nchaos on {connection.vendor}, seed {SEED}: {found}\n")
    assert found.messages == MESSAGES
    assert (found.duplicates, found.unexplained) == (0, 0)
    assert found.states["sent"] > MESSAGES / 2
    assert project_settings.MAIL_TRANSPORT == "mailbox"  # this process itself sends nothing
