"""What 10,000 requests of robots do to the public page, and what becomes of the people beside them.

    .venv/bin/python -m benchmarks.bots                               # SQLite
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.bots     # PostgreSQL
    .venv/bin/python -m benchmarks.bots --robots 1000 --people 20

Beside PostgreSQL two servers, each a process of its own, share the database and the counts; beside SQLite there is one,
as an embedded portal has. This script plays the proxy before them. It writes whatever a robot forges on the left of
X-Forwarded-For, and where the request came from on the right.

`one machine`  from one address, with a page of ours each and no puzzle: as many come in as the limit says
`replay`       one solved puzzle for all, from a hundred addresses: the first comes in for each that was solved
`no page`      no token, or a forged one: none comes in
`trapped`      from as many addresses as it takes, the hidden field filled in: all are held, and nobody is mailed

People come in between, each from home, with a puzzle of their own: every one of them counts. Afterwards no letter has
left, the queue of those held is listed, and refused as one; and the database is weighed.
"""

import argparse
import http.client
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from random import Random
from urllib.parse import urlencode

os.environ.setdefault("TRUSTED_PROXIES", "1")

from benchmarks import action_page as page

for limit in list(os.environ):
    if limit.startswith("ACTS_A"):
        del os.environ[limit]

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from advocacy.outbox.models import OutboundMessage
from campaigns import place
from campaigns.actions import moderation
from campaigns.gate import form_token, proof_of_work
from campaigns.models import Campaign, Participation
from campaigns.place import Place
from tests.factories.people import UserFactory, national_staff

# An embedded portal is one process; SQLite has one writer.
PORTS = (8793, 8794) if connection.vendor == "postgresql" else (8793,)
LINES = 24
FROM_ONE = 60


@dataclass
class Crowd:
    """Its share of the robots, and how often each answer came."""

    name: str
    share: float
    answers: Counter[int] = field(default_factory=Counter)


CROWDS = [Crowd("one machine", 0.4), Crowd("replay", 0.2), Crowd("no page", 0.2), Crowd("trapped", 0.2)]
PEOPLE = Crowd("people", 0)


@contextmanager
def servers() -> Iterator[None]:
    module = "benchmarks.action_page_server"
    quiet = {"env": os.environ, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen([sys.executable, "-m", module, str(port)], **quiet) for port in PORTS]  # noqa: S603  (our own)
    try:
        for page.PORT in PORTS:
            page._wait_for(lambda: page.get("/empty/") == 200)
        yield
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)


class Forms:
    """What each kind sends, and from where."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign, self.chance = campaign, Random(1)
        self.opened = timezone.now() - timedelta(seconds=20)
        self.target = campaign.targets.get().pk
        self.way = "web_form" if page._has_form(campaign) else "print"
        self.seal = place.sealed(Place(country="US", region="TX", code="77004", town="77004"), campaign.pk)
        proof_of_work._LEAST, proof_of_work._MOST = 0, 1
        self.replayed, self.solved, self._solved_at = self._puzzle(), 1, time.monotonic()

    def of(self, crowd: Crowd, number: int) -> tuple[str, str]:
        """The client's address, and the body."""
        name = crowd.name.replace(" ", "")
        said = {
            "email": f"{name}{number}@{name}.example",
            "own_words": f"{crowd.name} {number * 7919} says so.",
        }
        if crowd is PEOPLE:
            return f"203.0.{number // 250}.{number % 250}", self._form(form_work=self._puzzle(), **said)
        if crowd.name == "one machine":
            return "198.51.100.7", self._form(**said)
        if crowd.name == "replay":
            self._keep_fresh()
            return f"192.0.2.{number % 100}", self._form(form_work=self.replayed, **said)
        if crowd.name == "no page":
            return f"192.0.3.{number % 100}", self._form(form_token=self.chance.choice(["", "a:b:c"]), **said)
        return f"10.9.{number // 50 // 250}.{number // 50 % 250}", self._form(
            homepage="https://casino.example", **said
        )

    def _keep_fresh(self) -> None:
        """A puzzle is good for ten minutes; what is tried here is one that is still good."""
        if time.monotonic() - self._solved_at > 300:
            self.replayed, self.solved, self._solved_at = self._puzzle(), self.solved + 1, time.monotonic()

    def _form(self, **said: str) -> str:
        form = {
            "form_token": form_token.issue(self.campaign.pk, self.opened),
            "form_work": "",
            "name": "Jane Doe",
            "place": "77004",
            "seal": self.seal,
            f"subject_{self.target}": "Support the bill",
            f"text_{self.target}": "Dear Representative,\n\nplease cosponsor the bill.\n\nJane Doe",
            f"way_{self.target}": self.way,
            "acknowledged": "on",
        }
        return urlencode(form | said)

    def _puzzle(self) -> str:
        return proof_of_work.answer_to(proof_of_work.challenge(now=timezone.now()))


def send_all(campaign: Campaign, robots: int, people: int) -> tuple[float, int]:
    """How many seconds it took, and how many puzzles the replaying robots solved."""
    forms, chance, waiting = Forms(campaign), Random(2), SimpleQueue[tuple[Crowd, int]]()
    turns = [(crowd, number) for crowd in CROWDS for number in range(round(robots * crowd.share))]
    turns += [(PEOPLE, number) for number in range(people)]
    chance.shuffle(turns)
    for turn in turns:
        waiting.put(turn)
    path, lock = f"/act/{campaign.slug}/en/send/", threading.Lock()

    def send(number: int) -> None:
        while True:
            try:
                crowd, turn = waiting.get_nowait()
            except Empty:
                return
            client, body = forms.of(crowd, turn)
            forged = f"172.16.{chance.randrange(256)}.{chance.randrange(256)}"
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Connection": "close",
                "X-Forwarded-For": f"{forged}, {client}",
            }
            port = PORTS[turn % len(PORTS)]
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=600)) as line:
                line.request("POST", path, body, headers)
                answer = line.getresponse()
                answer.read()
            with lock:
                crowd.answers[answer.status] += 1

    begun = time.perf_counter()
    page._together(send, LINES)
    return time.perf_counter() - begun, forms.solved


def weight() -> int:
    """Bytes of the database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    folder = Path(settings.DATABASES["default"]["NAME"]).parent
    return sum(one.stat().st_size for one in folder.glob("*.sqlite3*"))


def look_through(campaign: Campaign) -> None:
    """As staff do: the first page of those held, then all of them refused."""
    staff = national_staff(person=UserFactory(email=f"staff-{campaign.slug}@example.org"))
    browser = Client()
    browser.force_login(staff)
    begun = time.perf_counter()
    answer = browser.get(
        "/admin/campaigns/participation/", {"state__exact": "held"}, headers={"host": "localhost"}
    )
    listed = time.perf_counter() - begun
    held = Participation.objects.held().filter(campaign=campaign)
    count, begun = held.count(), time.perf_counter()
    refused = moderation.refuse(held, by=staff, now=timezone.now())
    seconds = time.perf_counter() - begun
    print(f"queue    {count:,} held: listed in {listed:.2f} s ({answer.status_code})")
    print(f"         {refused:,} refused in {seconds:.1f} s")
    assert (answer.status_code, refused, held.count()) == (200, count, 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--robots", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=200)
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    campaign, before = page.world(), weight()
    with servers():
        connections.close_all()
        seconds, solved = send_all(campaign, asked.robots, asked.people)
    rows = Participation.objects.filter(campaign=campaign)
    by = {
        crowd.name: rows.filter(contact__email__endswith=f"@{crowd.name.replace(' ', '')}.example")
        for crowd in [*CROWDS, PEOPLE]
    }
    total = asked.robots + asked.people
    where = f"{connection.vendor}, server processes: {len(PORTS)}"
    print(f"{where}; {total:,} requests in {seconds:.0f} s ({total / seconds:.0f}/s)")
    for crowd in [*CROWDS, PEOPLE]:
        kept = by[crowd.name]
        print(
            f"{crowd.name:12} {dict(crowd.answers)}; kept {kept.count():,}, counted {kept.counted().count():,}"
        )
    mails = Counter(OutboundMessage.objects.values_list("kind", flat=True))
    grown = weight() - before
    print(f"mail     {dict(mails)}")
    print(
        f"grown    {grown / 1e6:.1f} MB, {grown / max(rows.count(), 1) / 1e3:.1f} kB for each that was kept"
    )
    look_through(campaign)
    assert by["one machine"].count() == min(FROM_ONE, round(asked.robots * 0.4)), "the limit did not hold"
    assert by["replay"].count() <= solved, "a puzzle was good for more than one form"
    assert by["no page"].count() == 0, "one came in without a page of ours"
    assert by["trapped"].counted().count() == 0, "one in the trap counted"
    assert by["people"].counted().count() == asked.people, "a person was kept out"
    assert mails["campaigns.letter"] == 0, "a letter left"


if __name__ == "__main__":
    main()
