"""What goes wrong in a chaos run, how often, and the judgement afterwards."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from django.db import connection

from advocacy.outbox import arming
from advocacy.outbox.models import DeliveryAttempt, OutboundMessage
from tests.house.processes import BASE, database_url, environment
from tests.outbox.relay import CUT, Relay

# By phase: how probable each answer is. Together a little over a fifth of all messages meet a fault.
FAULTS = {
    "connect": [(0.01, "421 Too busy")],
    "mail": [(0.02, "421 Closing")],
    "rcpt": [(0.03, "451 Greylisted"), (0.02, "550 No such user")],
    "data": [(0.01, "451 Later"), (0.01, CUT)],
    "body": [(0.002, CUT)],
    "dot": [(0.02, "452 Full"), (0.02, CUT)],
    "reply": [(0.02, CUT)],
}


def misfortune(chance: Random) -> Callable[[str, str], str | None]:
    def misbehave(phase: str, _recipient: str) -> str | None:
        for probability, answer in FAULTS.get(phase, ()):
            if chance.random() < probability:
                return answer
        return None

    return misbehave


def worker_environment(folder: Path, relay: Relay, **more: str) -> dict[str, str]:
    """For workers of the test's own database and relay, with leases of seconds."""
    is_file = connection.vendor == "sqlite"
    chosen = {
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}" if is_file else database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{relay.port}",
        "MAIL_STEP_SECONDS": "0.02",
        "MAIL_LEASE_SECONDS": "1",
        "MAIL_LEASE_ON_WIRE_SECONDS": "2",
        "INSTALLATION_EPOCH": str(arming.installation().epoch),
    }
    return environment(folder, **(chosen | more))


@dataclass
class Workers:
    """A few worker processes, some of which die now and then."""

    environment: dict[str, str]
    log: Path
    chance: Random
    alive: list[int] = field(default_factory=list)
    kills: int = 0
    # Before the module's name: a clock that is wrong, for example.
    under: Sequence[str] = ()

    def __enter__(self) -> "Workers":
        with self.log.open("wb") as log:
            self._nursery = subprocess.Popen(
                [sys.executable, "-m", *self.under, "tests.chaos.nursery"],
                cwd=BASE,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        return self

    def __exit__(self, *_: object) -> None:
        for pid in self.alive:
            self._signal(pid, signal.SIGKILL)
        self._nursery.kill()
        self._nursery.communicate()

    def start(self) -> None:
        asked, answered = self._nursery.stdin, self._nursery.stdout
        assert asked is not None
        assert answered is not None
        asked.write("one more\n")
        asked.flush()
        self.alive.append(int(answered.readline()))

    def kill_one(self) -> None:
        """Without warning, as the kernel does when memory is short."""
        pid = self.alive.pop(self.chance.randrange(len(self.alive)))
        self._signal(pid, signal.SIGKILL)
        self.kills += 1

    def freeze_one(self, seconds: float) -> None:
        """As a virtual machine that is moved: it wakes up believing that no time has passed."""
        pid = self.chance.choice(self.alive)
        self._signal(pid, signal.SIGSTOP)
        time.sleep(seconds)
        self._signal(pid, signal.SIGCONT)

    @staticmethod
    def _signal(pid: int, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


@dataclass(frozen=True)
class Judgement:
    """The ledger against the sink. `unexplained`: what one knows of and the other contradicts.

    `left_on_wire`: what a worker had leave for when it was killed, and so what nobody knows about.
    """

    messages: int
    states: dict[str, int]
    duplicates: int
    unexplained: int
    kills: int
    seconds: float
    seconds_to_recover: float
    left_on_wire: int

    def __str__(self) -> str:
        states = ", ".join(f"{count} {state}" for state, count in sorted(self.states.items()))
        return (
            f"{self.messages} messages, {self.kills} kills: {self.duplicates} duplicates, "
            f"{self.unexplained} unexplained; {states}; {self.seconds:.0f} s, "
            f"recovered in {self.seconds_to_recover:.1f} s; "
            f"{self.left_on_wire / max(self.kills, 1):.1f} left uncertain by a kill"
        )


def judge(relay: Relay, *, kills: int, seconds: float, recovered: float) -> Judgement:
    """Every text that arrived belongs to a message that is sent or uncertain; every sent one arrived once."""
    rows = list(OutboundMessage.objects.values_list("message_id", "state"))
    states: dict[str, int] = {}
    for _id, state in rows:
        states[state] = states.get(state, 0) + 1
    known = dict(rows)
    copies = relay.copies
    unexplained = sum(known.get(arrived) not in {"sent", "uncertain"} for arrived in copies)
    unexplained += sum(state == "sent" and copies[id] == 0 for id, state in rows)
    return Judgement(
        messages=len(rows),
        states=states,
        duplicates=sum(count - 1 for count in copies.values()),
        unexplained=unexplained,
        kills=kills,
        seconds=seconds,
        seconds_to_recover=recovered,
        left_on_wire=DeliveryAttempt.objects.filter(carrier="").count(),
    )
