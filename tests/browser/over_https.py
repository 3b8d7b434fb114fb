"""The portal as the world meets it: its own process, waitress, the settings of an address with HTTPS.

A proxy ends TLS in front of it; so what it says of itself comes in the header that a proxy writes.
"""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from tests.house.observatory import Grade, Seen, grade
from tests.house.processes import database_url, environment, eventually, free_port, running

HOST, SITE = "portal.example.org", "https://gulf.example"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """As Django's test client gives them, so that the same visitor reads both."""

    status_code: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    content: bytes
    path: str


@dataclass(frozen=True)
class Wire:
    """A browser that keeps no cookies."""

    port: int

    def get(self, path: str, *, scheme: str = "https") -> Answer:
        return self._ask("GET", path, scheme=scheme)

    def post(self, path: str, sent: dict[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(sent), _FORM)

    def graded(self, answer: Answer) -> Grade:
        """As the Observatory sees it: this answer, and where the address without encryption leads."""
        plain = self.get(answer.path, scheme="http")
        text = answer.content.decode(errors="replace")
        return grade(Seen(answer.headers, answer.cookies, text, HOST, plain.headers.get("Location", "")))

    def _ask(
        self,
        method: str,
        path: str,
        body: str | None = None,
        headers: dict[str, str] | None = None,
        *,
        scheme: str = "https",
    ) -> Answer:
        door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        known = {"Host": HOST, "X-Forwarded-Proto": scheme, "Accept-Language": "en"}
        door.request(method, path, body, known | (headers or {}))
        got = door.getresponse()
        cookies = tuple(value for name, value in got.getheaders() if name.lower() == "set-cookie")
        answer = Answer(got.status, dict(got.getheaders()), cookies, got.read(), path)
        door.close()
        return answer


@contextmanager
def portal_over_https(folder: Path, *, now: datetime, **variables: str) -> Iterator[Wire]:
    """It reads the database of the test, and stands at the same moment."""
    port = free_port()
    env = environment(
        folder,
        ALLOWED_HOSTS=HOST,
        CAMPAIGN_FRAME_ANCESTORS=SITE,
        DATABASE_URL=_database(),
        PORTAL_URL=f"https://{HOST}",
        SECRET_KEY=settings.SECRET_KEY,
        SUPPRESSION_SALT=settings.SUPPRESSION_SALT,
        **variables,
    )
    serve = ["waitress", f"--port={port}", "--host=127.0.0.1", "--no-clear-untrusted-proxy-headers"]
    command = ["-m", "tests.house.at", now.isoformat(), *serve, "advocacy.wsgi:application"]
    log, wire = folder / "web.log", Wire(port)
    with running(*command, env=env, log=log) as web:
        # The first look ends when the server is there; it may take long on a busy machine.
        assert eventually(lambda: web.poll() is not None or _answers(wire), within=120), log.read_text()
        assert web.poll() is None, log.read_text()
        yield wire


def _answers(wire: Wire) -> bool:
    try:
        return wire.get("/health/").status_code == 200
    except OSError:
        return False


def _database() -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    return database_url()
