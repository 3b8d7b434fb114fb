"""How fast the public page is served, and how many supporters can send at once without one being lost or counted twice.

    .venv/bin/python -m benchmarks.action_page                               # SQLite, waitress
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.action_page     # PostgreSQL, gunicorn
    .venv/bin/python -m benchmarks.action_page --people 1000 --seconds 5

`GET`   the page against an empty template on the same server, by turns; the goal is at least 70 % of its rate
`POST`  as many submissions as `--people` from `--connections`; the goal is 10,000 in a minute from 200. Each has a
        puzzle that was answered, words of its own and a letter. Every twentieth is sent twice. Limits are raised.

Afterwards the database is counted: one participation and one letter for each form, and no answer but the receipt.
"""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlencode

FOLDER = Path(tempfile.mkdtemp(prefix="portal-benchmark-"))
MANY = str(10**9)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
os.environ["VAR_DIR"] = str(FOLDER)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'portal.sqlite3'}")
os.environ.setdefault("DEBUG", "false")
for limit in ("HOUR_FROM_ONE_CLIENT", "DAY_FROM_ONE_ADDRESS", "DAY_WITH_ONE_TEXT", "HOUR_IN_ONE_CAMPAIGN"):
    os.environ[f"ACTS_A{'N' if limit.startswith('HOUR') else ''}_{limit}"] = MANY

import django

django.setup()

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from campaigns import place
from campaigns.gate import form_token, proof_of_work
from campaigns.models import Campaign, Letter, Participation
from campaigns.place import Place
from tests.factories.acting import public_campaign
from tests.factories.log import official_in, seat_in
from tests.factories.people import SocietyFactory, UserFactory, state

PAGE_AT_LEAST, PEOPLE_A_MINUTE = 0.7, 10_000
ROUNDS, READERS, EVERY = 5, 16, 20
PORT = 8791


def world() -> Campaign:
    SocietyFactory()
    slug = f"bench-{time.time_ns()}"
    if not Campaign.objects.exists():
        official_in(seat_in(state("tx", "Texas"), f"{time.time_ns() % 10_000}"), "Alma Reyes")
    by, approver = (UserFactory(email=f"{name}-{slug}@example.org") for name in ("dana", "jordan"))
    return public_campaign(by, approver, slug)


@contextmanager
def server() -> Iterator[None]:
    """As the portal runs: waitress in one process beside SQLite, gunicorn in several beside PostgreSQL."""
    module = "benchmarks.action_page_server"
    command = [sys.executable, "-m", module, str(PORT)]
    if connection.vendor == "postgresql":
        # A process for each core: more only take the cores from each other.
        processes = str(os.cpu_count() or 1)
        places = ["-b", f"127.0.0.1:{PORT}", "-k", "gthread", "-w", processes, "--threads", "4"]
        command = [sys.executable, "-m", "gunicorn", *places, "--log-level", "error", f"{module}:application"]
    process = subprocess.Popen(command, env=os.environ)  # noqa: S603  (our own server)
    try:
        _wait_for(lambda: get("/empty/") == 200)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(is_up: Callable[[], bool]) -> None:
    for _try in range(240):
        try:
            if is_up():
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The server does not answer.")


def get(path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)) as line:
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
        return answer.status


def rate(path: str, seconds: float) -> float:
    """Answers in a second, to as many readers as there are, each on a connection of its own."""
    done, until = Counter[int](), time.perf_counter() + seconds

    def read(number: int) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)) as line:
            while time.perf_counter() < until:
                line.request("GET", path)
                answer = line.getresponse()
                answer.read()
                assert answer.status == 200, answer.status
                done[number] += 1

    _together(read, READERS)
    return done.total() / seconds


def reading(campaign: Campaign, seconds: float) -> None:
    page = f"/act/{campaign.slug}/en/"
    rates = {"/empty/": [], page: []}
    for path in rates:
        rate(path, 1)
    for _round in range(ROUNDS):
        for path, found in rates.items():
            found.append(rate(path, seconds))
    ratios = [ours / empty for empty, ours in zip(*rates.values(), strict=True)]
    empty, ours = (statistics.median(found) for found in rates.values())
    ratio = statistics.median(ratios)
    print(f"GET   empty {empty:,.0f}/s   page {ours:,.0f}/s   {ratio:.2f} (goal {PAGE_AT_LEAST})")


def forms(campaign: Campaign, people: int) -> Queue[str]:
    """Filled in beforehand, as browsers do; the puzzles are easy, because only the server's part is measured."""
    proof_of_work._LEAST, proof_of_work._MOST = 0, 1
    opened = timezone.now() - timedelta(seconds=20)
    target = campaign.targets.get().pk
    seal = place.sealed(Place(country="US", region="TX", code="77004", town="77004"), campaign.pk)
    found: Queue[str] = Queue()
    for number in range(people):
        form = {
            "form_token": form_token.issue(campaign.pk, opened),
            "form_work": proof_of_work.answer_to(proof_of_work.challenge(now=timezone.now())),
            "name": "Jane Doe",
            "email": f"person{number}-{campaign.pk}@example.org",
            "place": "77004",
            "seal": seal,
            f"subject_{target}": "Support the bill",
            f"text_{target}": "Dear Representative,\n\nplease cosponsor the bill.\n\nJane Doe",
            f"way_{target}": "web_form" if _has_form(campaign) else "print",
            "own_words": f"I waited {number} days for the records of my mother in room {number * 7}.",
            "acknowledged": "on",
        }
        for _time in range(2 if number % EVERY == 0 else 1):
            found.put(urlencode(form))
    return found


def _has_form(campaign: Campaign) -> bool:
    official = campaign.targets.get().official
    return official is not None and official.contact_points.filter(kind="webform").exists()


def sending(campaign: Campaign, people: int, connections_: int) -> None:
    waiting, statuses, took = forms(campaign, people), Counter[int](), list[float]()
    path = f"/act/{campaign.slug}/en/send/"

    def send(_number: int) -> None:
        # A server closes what was idle for two seconds, and each supporter comes on a connection of their own.
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
        while True:
            try:
                body = waiting.get_nowait()
            except Empty:
                return
            begun = time.perf_counter()
            with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=600)) as line:
                line.request("POST", path, body, headers)
                answer = line.getresponse()
                answer.read()
            took.append(time.perf_counter() - begun)
            statuses[answer.status] += 1

    begun = time.perf_counter()
    _together(send, connections_)
    seconds = time.perf_counter() - begun
    connections.close_all()
    rows = Participation.objects.filter(campaign=campaign)
    kept = rows.count(), Letter.objects.filter(participation__in=rows).count()
    a_minute = 60 * people / seconds
    worst = statistics.quantiles(took, n=100)[98]
    print(
        f"POST  {people:,} people from {connections_} connections in {seconds:.1f} s: {a_minute:,.0f} a minute"
    )
    print(
        f"      goal {PEOPLE_A_MINUTE:,}; median {statistics.median(took):.2f} s, 99 % within {worst:.2f} s"
    )
    print(f"      answers {dict(statuses)}; participations and letters {kept}; held {rows.held().count()}")
    assert set(statuses) == {303}, "an error was answered"
    assert kept == (people, people), "one was lost, or counted twice"


def _together(work: Callable[[int], None], count: int) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=5)
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    campaign = world()
    print(f"{connection.vendor}, {timezone.now():%d %B %Y}")
    with server():
        reading(campaign, asked.seconds)
        sending(campaign, asked.people, asked.connections)


if __name__ == "__main__":
    main()
