"""A campaign whose workers are killed, that is paused and resumed in between: each person gets one mail, or a reason.

`CHAOS_PEOPLE=5000 CHAOS_CAMPAIGN_KILLS=50 CHAOS_SEED=7` make the run longer, and repeat one.
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from subprocess import Popen
from typing import Any

import pytest
import time_machine
from celery import Celery
from django.db import connection
from django.utils import timezone

from advocacy.jobs.actions import jobs
from advocacy.jobs.models import Job
from advocacy.outbox import arming
from advocacy.outbox.models import FINAL, MessageState, OutboundMessage
from campaigns.actions import campaigns, mailings
from campaigns.models import Campaign, Contact, Mailing, MailingState, Recipient
from tests.campaigns.mailing import live_for
from tests.cast import NOW, Cast, furnish
from tests.chaos.mayhem import Judgement, judge, misfortune, worker_environment
from tests.factories.contacts import ContactFactory
from tests.house.processes import database_url, eventually, free_port, production, running
from tests.house.servers import own_redis
from tests.outbox.relay import Relay, listening

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True), pytest.mark.timeout(3600)]
PEOPLE = int(os.environ.get("CHAOS_PEOPLE", "300"))
KILLS = int(os.environ.get("CHAOS_CAMPAIGN_KILLS", "5"))
SEED = int(os.environ.get("CHAOS_SEED", "1"))
SETTLED = [*FINAL, MessageState.UNCERTAIN]
# What has been silent for so long is given to another worker; here nobody waits for that.
SILENT, HEALED = timedelta(minutes=3), timedelta(minutes=6)
WORKER = [
    *("-m", "celery", "--app=advocacy", "worker"),
    *("--concurrency=2", "--loglevel=INFO", "--without-gossip"),
]
# What each says once it works: one that is killed while it starts proves nothing.
AT_WORK = (" ready.", "The portal is open")


@dataclass
class Installation:
    """The portal's own processes. `ring` is what the clock would do, faster."""

    command: list[str]
    env: dict[str, str]
    folder: Path
    ring: Callable[[], None]
    chance: Random
    kills: int = 0
    stack: ExitStack = field(default_factory=ExitStack)
    process: "Popen[bytes] | None" = None

    def start(self) -> None:
        log = self.folder / f"worker-{self.kills}.log"
        self.process = self.stack.enter_context(running(*self.command, env=self.env, log=log))
        assert eventually(lambda: _says(log, AT_WORK), within=300), log.read_text()

    def kill(self) -> None:
        """Without warning: all of it, or one of the processes below, which the one above starts again."""
        assert self.process is not None
        children = self._children()
        if children and self.chance.random() < 0.8:
            _kill(self.chance.choice(children))
        else:
            for pid in [self.process.pid, *children]:
                _kill(pid)
            self.process.wait(10)
            self.start()
        self.kills += 1

    def _children(self) -> list[int]:
        assert self.process is not None
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        with suppress(OSError):
            return [int(pid) for pid in path.read_text().split()]
        return []


def _says(log: Path, words: tuple[str, ...]) -> bool:
    said = log.read_text()
    return any(word in said for word in words)


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@contextmanager
def installed(folder: Path, relay: Relay, chance: Random) -> Iterator[Installation]:
    """On SQLite the portal in one process; on PostgreSQL a Celery worker with a Redis."""
    shared = worker_environment(folder, relay)
    with ExitStack() as stack:
        if connection.vendor == "sqlite":
            command = ["manage.py", "portal", "--no-demo", f"--port={free_port()}"]
            env, ring = shared | {"REHEARSAL_TICK_SECONDS": "0.2"}, _nothing
        else:
            redis = stack.enter_context(own_redis(folder))
            command = WORKER
            env = shared | production(folder, database_url=database_url(), redis_url=redis.url)
            env |= {name: shared[name] for name in shared if name.startswith(("MAIL_", "EMAIL_", "INSTALL"))}
            rings = stack.enter_context(Celery("rings", broker=redis.url, set_as_current=False))
            ring = _bells(rings)
        yield stack.enter_context(_running(Installation(command, env, folder, ring, chance, stack=stack)))


@contextmanager
def _running(portal: Installation) -> Iterator[Installation]:
    portal.start()
    yield portal


def _nothing() -> None:
    return


def _bells(app: Celery) -> Callable[[], None]:
    def ring() -> None:
        for task in ("sweep", "deliver"):
            app.send_task(f"advocacy.outbox.tasks.{task}", ignore_result=True)
        for pk in Job.objects.queued().values_list("pk", flat=True):
            app.send_task("advocacy.jobs.tasks.run_job", args=[pk], ignore_result=True)

    return ring


def people() -> list[Contact]:
    """Every fiftieth lives in Canada and has never agreed to anything."""
    rows = [
        ContactFactory.build(
            email=f"supporter{number}@d{number % 7}.example",
            full_name=f"Supporter {number}",
            country="CA" if number % 50 == 0 else "US",
        )
        for number in range(PEOPLE)
    ]
    return Contact.objects.bulk_create(rows, batch_size=500)


def launch(cast: Cast) -> Campaign:
    with time_machine.travel(NOW, tick=False):
        campaign = live_for(cast, *people())
    # The notice of the approval is dated on the day of the stories, which is not today.
    OutboundMessage.objects.all().delete()
    return campaign


def hold(campaign: Campaign, cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        campaigns.pause(campaign, by=cast.dana, now=NOW)


def let_go(campaign: Campaign, cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        campaigns.resume(campaign, by=cast.dana, now=NOW)


def find_again() -> None:
    """What the sweeps do with work whose worker is gone."""
    # Launched and resumed on the day of the stories: it was asked for today.
    Job.objects.filter(created_at__gt=timezone.now()).update(created_at=timezone.now())
    jobs.sweep(now=timezone.now() + SILENT)
    mailings.keep_going(now=timezone.now() + HEALED)


def is_over() -> bool:
    is_written = Mailing.objects.get().state == MailingState.SENDING
    return is_written and not OutboundMessage.objects.exclude(state__in=SETTLED).exists()


def under_fire(portal: Installation, campaign: Campaign, cast: Cast) -> None:
    pause_at, resume_at = KILLS // 3, 2 * KILLS // 3
    while portal.kills < KILLS:
        portal.ring()
        time.sleep(portal.chance.uniform(0.2, 3.0))
        if portal.kills == pause_at:
            hold(campaign, cast)
        if portal.kills == resume_at:
            let_go(campaign, cast)
        portal.kill()
        find_again()


def run(folder: Path) -> tuple[Judgement, Campaign, Relay]:
    chance, cast = Random(SEED), furnish()
    relay = Relay(misbehave=misfortune(chance), seconds_to_answer=0.005)
    with listening(relay):
        arming.arm(by=None, now=timezone.now())
        campaign, began = launch(cast), time.monotonic()
        with installed(folder, relay, chance) as portal:
            under_fire(portal, campaign, cast)
            recovering = time.monotonic()
            while not is_over():
                portal.ring()
                find_again_where_nobody_works(portal)
                assert time.monotonic() - recovering < 600, logs(folder)
        ended = time.monotonic()
        found = judge(relay, kills=portal.kills, seconds=ended - began, recovered=ended - recovering)
        return found, campaign, relay


def done() -> tuple[int, int]:
    """Mails written, and of these settled."""
    return Recipient.objects.count(), OutboundMessage.objects.filter(state__in=SETTLED).count()


def find_again_where_nobody_works(portal: Installation) -> None:
    before = done()
    if not eventually(is_over, within=10) and done() == before:
        find_again()
        if connection.vendor == "sqlite":
            # Alone in its process, it looks for what it lost when it starts.
            portal.kill()


def logs(folder: Path) -> str:
    return "\n".join(path.read_text()[-2000:] for path in sorted(folder.glob("worker-*.log"))[-2:])


def test_each_person_gets_one_mail_or_a_reason(tmp_path: Path, settings: Any, capsys: Any):
    settings.VAR_DIR = tmp_path

    found, campaign, relay = run(tmp_path)

    rows = Recipient.objects.filter(mailing__campaign=campaign)
    reasons = Counter(rows.values_list("skipped", flat=True))
    with capsys.disabled():
        sys.stdout.write(f"\ncampaign on {connection.vendor}, seed {SEED}: {found}; {dict(reasons)}\n")
    assert (found.duplicates, found.unexplained) == (0, 0)
    assert reasons == {"": PEOPLE - -(-PEOPLE // 50), "no_consent": -(-PEOPLE // 50)}
    assert not rows.filter(skipped="", message=None).exists()
    letters = OutboundMessage.objects.filter(kind="campaigns.appeal")
    assert letters.count() == letters.values("recipient").distinct().count() == reasons[""]
    assert max(Counter(relay.recipients).values()) == 1
    assert found.states["sent"] > PEOPLE / 2
