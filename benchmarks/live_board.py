"""Two hundred people watch the board of one Advocacy Day while it changes.

    .venv/bin/python -m benchmarks.live_board                               # SQLite in a temporary folder
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.live_board     # PostgreSQL, a test database

A server as the embedded portal runs it answers them. Each watcher is signed in as somebody of their own and asks as the
page does: every few seconds whether anything has changed, and then for the board. Every ten seconds a meeting changes,
and each watcher notes when they have it. Before that the questions to the database are counted, and briefs for all
offices are written.
"""

import argparse
import http.client
import multiprocessing
import os
import re
import socket
import sys
import tempfile
import threading
import time
from datetime import datetime, timedelta
from datetime import time as clock_time
from email.message import Message
from statistics import median, quantiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.utils import timezone
from waitress import serve

from advocacy.events import brief_pdf, briefs
from advocacy.events.board import ASKS_AGAIN_AFTER, kept
from advocacy.events.models import AdvocacyEvent, Appointment, EventStatus
from advocacy.events.papers import Sheet
from legislation.models import Official
from members.access import keep_reach
from tests.cast import Cast, browser_of, furnish, person
from tests.factories.advocacy_days import coming, day_of, meets, team
from tests.factories.log import logged
from tests.factories.people import volunteer_of

AT_MOST_SECONDS = 5.0


class Watcher(threading.Thread):
    """Asks again and again; `shown` says when which version of the board was first seen."""

    def __init__(self, address: tuple[str, int], path: str, cookie: str, delay: float, until: float) -> None:
        super().__init__(daemon=True)
        self.address, self.path, self.cookie, self.delay, self.until = address, path, cookie, delay, until
        self.shown: dict[str, float] = {}
        self.asked = 0
        self.took: list[float] = []

    def run(self) -> None:
        time.sleep(self.delay)
        line = http.client.HTTPConnection(*self.address, timeout=30)
        _headers, page = self._ask(line, self.path)
        while time.monotonic() < self.until:
            begun = time.monotonic()
            headers, _nothing = self._ask(line, _watch_url(page))
            self.took.append(time.monotonic() - begun)
            if headers.get("HX-Trigger"):
                _headers, page = self._ask(line, self.path)
                self.shown.setdefault(_rooms(page), time.monotonic())
            time.sleep(max(0.0, ASKS_AGAIN_AFTER - (time.monotonic() - begun)))

    def _ask(self, line: http.client.HTTPConnection, path: str) -> tuple[Message, bytes]:
        line.request("GET", path, headers={"Cookie": self.cookie, "HX-Request": "true"})
        answer = line.getresponse()
        body = answer.read()
        if answer.status not in (200, 204):
            sys.exit(f"The board answered {answer.status}.")
        self.asked += 1
        return answer.headers, body


def _watch_url(page: bytes) -> str:
    found = re.search(rb'hx-get="(/advocacy-days/guest/board/[^"]+)"', page)
    return found[1].decode() if found else sys.exit("The page does not say where to ask.")


def _rooms(body: bytes) -> str:
    found = re.search(rb"Room (\d+)", body)
    return found[1].decode() if found else ""


def world(offices: int, watchers: int) -> tuple[Cast, AdvocacyEvent, list[str]]:
    cast = furnish()
    today = timezone.now().date()
    event = day_of(
        cast, EventStatus.PUBLISHED, held_on=today, published_at=timezone.now() - timedelta(days=1)
    )
    teams = [team(event, coming(event, f"Guest {number}")) for number in range(40)]
    for number in range(offices):
        official = Official.objects.create(name=f"Official {number}")
        at = clock_time(9 + number % 6, 10 * (number % 6))
        meets(event, official, at, team=teams[number % 40], room="Room 0" if number == 0 else f"E{number}")
        for back in range(4):
            day = today - timedelta(days=30 * (back + 1))
            logged(cast.dana, [official], summary=f"Talk {back}", occurred_on=day)
    people = [
        volunteer_of(cast.gulf_prairie, person=person(f"Watcher {number}")) for number in range(watchers)
    ]
    return (
        cast,
        event,
        [browser_of(one).cookies[settings.SESSION_COOKIE_NAME].OutputString() for one in people],
    )


def serve_on(listening: socket.socket) -> None:
    """As the embedded portal does, in a process of its own."""
    many = {"threads": 8, "connection_limit": 1_000, "clear_untrusted_proxy_headers": False}
    serve(get_wsgi_application(), sockets=[listening], **many)


def watch(event: AdvocacyEvent, cookies: list[str], seconds: int) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    connections.close_all()
    server = multiprocessing.get_context("fork").Process(target=serve_on, args=(listening,), daemon=True)
    server.start()
    address, path = listening.getsockname(), f"/advocacy-days/{event.pk}/board/"
    until = time.monotonic() + seconds
    watchers = [
        Watcher(address, path, cookie.split(";")[0], ASKS_AGAIN_AFTER * number / len(cookies), until)
        for number, cookie in enumerate(cookies)
    ]
    for one in watchers:
        one.start()
    changed: dict[str, float] = {}
    for number in range(1, seconds // 10):
        time.sleep(10)
        Appointment.objects.filter(room__startswith="Room").update(room=f"Room {number}")
        changed[str(number)] = time.monotonic()
    for one in watchers:
        one.join()
    server.terminate()
    server.join()
    late = [one.shown[key] - at for key, at in changed.items() for one in watchers if key in one.shown]
    missing = len(changed) * len(watchers) - len(late)
    took = sorted(seconds for one in watchers for seconds in one.took)
    print(
        f"{len(watchers)} watchers, {sum(one.asked for one in watchers)} questions in {seconds} s; "
        f"answers: median {median(took) * 1000:.0f} ms, 95% {quantiles(took, n=20)[-1] * 1000:.0f} ms"
    )
    print(
        f"a change is seen after {median(late):.1f} s (median), {max(late):.1f} s at the latest; missed {missing}"
    )
    if missing or max(late) > AT_MOST_SECONDS:
        sys.exit(f"Every watcher should have seen every change within {AT_MOST_SECONDS:g} s.")


def queries(cast: Cast, event: AdvocacyEvent) -> None:
    browser, path = browser_of(cast.dana), f"/advocacy-days/{event.pk}/board/"
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(path, headers={"HX-Request": "true"}).content
    print(f"queries of the part that is drawn anew: {len(asked)}")
    for words in ("the first in a second", "all others in it"):
        if words.startswith("the first"):
            kept.clear()
        with CaptureQueriesContext(connection) as asked:
            browser.get(_watch_url(page))
        print(f"queries of asking whether anything changed, {words}: {len(asked)}")


def paper(cast: Cast, event: AdvocacyEvent) -> None:
    keep_reach(cast.dana)
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        rows = list(event.appointments.with_office())
        found = briefs.to_print(rows, cast.dana, timezone.now().date())
    gathered = time.perf_counter() - begun
    brief_pdf.written(
        found, language="en", sheet=Sheet.LETTER, moment=datetime.now(tz=timezone.get_current_timezone())
    )
    whole = time.perf_counter() - begun
    print(f"briefs of {len(rows)} offices: {whole:.1f} s, of it {gathered:.1f} s for {len(asked)} queries")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--watchers", type=int, default=200)
    parser.add_argument("--offices", type=int, default=120)
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    setup_test_environment()
    real = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
    else:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        cast, event, cookies = world(given.offices, given.watchers)
        queries(cast, event)
        paper(cast, event)
        watch(event, cookies, given.seconds)
    finally:
        connections.close_all()
        if connection.vendor != "sqlite":
            connection.creation.destroy_test_db(real, verbosity=0)


if __name__ == "__main__":
    main()
