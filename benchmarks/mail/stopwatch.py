"""How a program that sends is started, told to go, and timed: "ready", a line from outside, then what it found."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

BASE = Path(__file__).resolve().parents[2]


class Run(NamedTuple):
    """What a program sent after it was told to, in how long, with how much of a processor, and the most memory it has
    used since it began. Seconds of the processor are its own and its children's: others on the machine do not count.
    """

    sent: int
    seconds: float
    processor_seconds: float
    peak_mb: float
    queued_seconds: float = 0.0

    @property
    def rate(self) -> float:
        return self.sent / self.seconds


def peak_mb() -> float:
    """Of this program alone: getrusage would begin with what its parent had."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


def wait_for_go(send: Callable[[], int], *, queued_seconds: float = 0.0) -> None:
    """Within the program: each line from outside is one run."""
    print("ready", flush=True)
    for _line in sys.stdin:
        begun, worked = time.perf_counter(), sum(os.times()[:4])
        sent = send()
        seconds, processor_seconds = time.perf_counter() - begun, sum(os.times()[:4]) - worked
        run = Run(sent, seconds, processor_seconds, peak_mb(), queued_seconds)
        print(json.dumps(run), flush=True)


class Program:
    """A program on its starting line, from outside."""

    def __init__(self, module: str, *arguments: object, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (our own modules)
            [sys.executable, "-m", f"benchmarks.mail.{module}", *map(str, arguments)],
            cwd=BASE,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.greeting = self.hear()

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def say(self, line: str = "go") -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def hear(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if not line:
            raise RuntimeError(f"{self._process.args} ended without a word")
        return line

    def run(self) -> Run:
        self.say()
        return self.result()

    def result(self) -> Run:
        return Run(*json.loads(self.hear()))
