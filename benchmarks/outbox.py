"""How fast the outbox hands mail over with its once-only guarantee, beside a loop and two packages without it.

    .venv/bin/python -m benchmarks.outbox                               # SQLite in a temporary folder
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.outbox     # makes and drops databases test_bench…
    .venv/bin/python -m benchmarks.outbox --messages 2000 --rounds 3 --parts relay

`relay`    a mail server that answers the dot after 20 ms, as a relay does: the rate against an smtplib loop that keeps
           no books and has as many connections
`instant`  one that answers at once: the same, and the same messages through django-post-office and django-mailer
           (`uv pip install --group bench`)
`workers`  two workers against one, on PostgreSQL
`memory`   the most memory one worker has used for 1,000 messages and for 100,000

Every program is a process of its own, and so is the mail server, which counts: all must arrive, none twice.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="portal-benchmark-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
os.environ["VAR_DIR"] = str(FOLDER)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'portal.sqlite3'}")

import django

django.setup()

from django.db import connection
from django.utils import timezone

from advocacy.outbox import arming
from benchmarks.mail import portal_queue
from benchmarks.mail.database import made_for
from benchmarks.mail.stopwatch import Program, Run

RELAY_MS, RELAY_AT_LEAST = 20, 0.8
MEMORY_AT_MOST = 1.2


class Sink:
    """The mail server, which judges whether everything arrived once."""

    def __init__(self, program: Program) -> None:
        self._program, self.port = program, int(program.greeting)

    def must_have(self, count: int) -> None:
        self._program.say("what came?")
        arrived, again = map(int, self._program.hear().split())
        assert (arrived, again) == (count, 0), f"{arrived} arrived, {again} of them again, instead of {count}"


@contextmanager
def sink(milliseconds: float) -> Iterator[Sink]:
    with Program("sink", milliseconds, env=dict(os.environ)) as program:
        yield Sink(program)


def heading(words: str) -> None:
    print(f"\n{connection.vendor}: {words} (load {os.getloadavg()[0]:.1f})")
    print(f"{'':<46}{'sent/s':>8}{'ratio':>8}{'CPU ms':>8}{'queued/s':>10}{'peak MB':>9}", flush=True)


def told(name: str, run: Run, beside: float | None = None) -> None:
    ratio = f"{run.rate / beside:.2f}" if beside else ""
    queued = f"{run.sent / run.queued_seconds:.0f}" if run.queued_seconds else ""
    each = run.processor_seconds / run.sent * 1000
    print(f"{name:<46}{run.rate:>8.0f}{ratio:>8}{each:>8.2f}{queued:>10}{run.peak_mb:>9.0f}", flush=True)


def verdict(words: str, figure: float, is_reached: bool) -> None:
    print(f"{words}: {figure:.2f}, {'reached' if is_reached else 'MISSED'}", flush=True)


class Benchmark:
    def __init__(self, url: str, options: argparse.Namespace) -> None:
        self._url, self._messages, self._connections = url, options.messages, options.connections
        self._rounds, self._sizes = options.rounds, options.sizes
        self._queued_seconds = 0.0

    def relay(self) -> None:
        queued = self._posted()
        heading(f"a relay that answers after {RELAY_MS} ms, {self._connections} connections")
        ratios = []
        with sink(RELAY_MS) as server:
            for _round in range(self._rounds):
                plain, ours = self._loop(server), self._outbox(server, queued)
                told("smtplib loop, mails written before", plain)
                told("outbox", ours, beside=plain.rate)
                ratios.append(ours.rate / plain.rate)
                portal_queue.fresh()
        found = statistics.median(ratios)
        verdict(f"outbox / loop, at least {RELAY_AT_LEAST}", found, found >= RELAY_AT_LEAST)

    def instant(self) -> None:
        queued = self._posted()
        heading(f"a server that answers at once, {self._connections} connections")
        with sink(0) as server:
            for _round in range(self._rounds):
                plain = self._loop(server)
                told("smtplib loop, mails written before", plain)
                told("smtplib loop, each mail written as it goes", self._loop(server, "write"), plain.rate)
                ours = self._in_each_shape(server, queued)
                rivals = self._rivals(server)
                for name, run in (ours | rivals).items():
                    told(name, run, plain.rate)
                ahead = max(run.rate for run in ours.values()) / max(run.rate for run in rivals.values())
                verdict("the faster outbox / the faster package, over 1", ahead, ahead > 1)

    def workers(self) -> None:
        if connection.vendor == "sqlite":
            print("\nworkers: SQLite has one writer; left out")
            return
        portal_queue.fill(self._messages)
        for milliseconds in (RELAY_MS, 0):
            heading(f"workers with {self._connections} connections each, answers after {milliseconds} ms")
            with sink(milliseconds) as server:
                one = self._outbox(server)
                told("one worker", one)
                portal_queue.fresh()
                two = self._two_workers(server, self._connections)
                told("two workers", two, one.rate)
                portal_queue.fresh()
            verdict("two / one, over 1", two.rate / one.rate, two.rate > one.rate)
        portal_queue.clear()

    def memory(self) -> None:
        heading(f"memory of one worker, {self._connections} connections, a server that answers at once")
        peaks = []
        with sink(0) as server:
            for size in self._sizes:
                portal_queue.fill(size)
                run = self._outbox(server, count=size)
                told(f"outbox, {size:,} messages", run)
                peaks.append(run.peak_mb)
        portal_queue.clear()
        grown = peaks[-1] / peaks[0]
        verdict(f"peak / peak, at most {MEMORY_AT_MOST}", grown, grown <= MEMORY_AT_MOST)

    def _posted(self) -> float:
        """The seconds it took to queue the messages, which happens once."""
        if not self._queued_seconds:
            self._queued_seconds = portal_queue.post(self._messages)
        return self._queued_seconds

    def _loop(self, server: Sink, *more: str) -> Run:
        arguments = (server.port, self._connections, self._messages, *more)
        with Program("smtplib_loop", *arguments, env=dict(os.environ)) as program:
            run = program.run()
        server.must_have(self._messages)
        return run

    def _outbox(self, server: Sink, queued: float = 0.0, *, count: int | None = None) -> Run:
        with portal_queue.worker(self._url, port=server.port, connections=self._connections) as worker:
            run = worker.run()
        server.must_have(self._messages if count is None else count)
        return run._replace(queued_seconds=queued)

    def _in_each_shape(self, server: Sink, queued: float) -> dict[str, Run]:
        """The outbox in one process and, as the packages, in two with as many connections between them."""
        found = {f"outbox, 1 × {self._connections} connections": self._outbox(server, queued)}
        portal_queue.fresh()
        if connection.vendor != "sqlite":
            each = max(1, self._connections // 2)
            found[f"outbox, 2 × {each} connections"] = self._two_workers(server, each)
            portal_queue.fresh()
        return found

    def _two_workers(self, server: Sink, connections: int) -> Run:
        def start() -> Program:
            return portal_queue.worker(self._url, port=server.port, connections=connections)

        with start() as one, start() as other:
            begun = time.perf_counter()
            one.say()
            other.say()
            runs = one.result(), other.result()
            seconds = time.perf_counter() - begun
        server.must_have(self._messages)
        sent, worked = sum(run.sent for run in runs), sum(run.processor_seconds for run in runs)
        return Run(sent, seconds, worked, max(run.peak_mb for run in runs))

    def _rivals(self, server: Sink) -> dict[str, Run]:
        """The packages, with the connections of the others where they can have several."""
        found = {}
        for processes, batch in ((1, 100), (2, 1_000)):
            threads = max(1, self._connections // processes)
            name = f"django-post-office, {processes} × {threads} threads, batch {batch}"
            sizes = {"THREADS_PER_PROCESS": str(threads), "BATCH_SIZE": str(batch)}
            found[name] = self._rival(server, "post_office_sender", processes, env=sizes)
        found["django-mailer"] = self._rival(server, "mailer_sender")
        return found

    def _rival(self, server: Sink, module: str, *arguments: object, env: dict[str, str] | None = None) -> Run:
        settings = os.environ | {"SINK_PORT": str(server.port)} | (env or {})
        with Program(module, FOLDER, self._messages, *arguments, env=settings) as program:
            run = program.run()
        server.must_have(self._messages)
        assert run.sent == self._messages, (module, run)
        return run


PARTS = {
    "relay": Benchmark.relay,
    "instant": Benchmark.instant,
    "workers": Benchmark.workers,
    "memory": Benchmark.memory,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast the outbox hands mail over, and beside what.")
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=1, help="of relay and instant; the median counts")
    parser.add_argument(
        "--sizes", type=int, nargs=2, default=(1_000, 100_000), help="of the queues for memory"
    )
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    with made_for("bench_outbox", FOLDER) as url:
        arming.arm(by=None, now=timezone.now())
        benchmark = Benchmark(url, options)
        for part in options.parts:
            PARTS[part](benchmark)


if __name__ == "__main__":
    main()
