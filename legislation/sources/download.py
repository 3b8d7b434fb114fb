"""Fetching the sources from their publishers. Nothing here runs while a page is being served."""

import time
from collections.abc import Callable
from pathlib import Path

import httpx
import stamina
from django.utils.translation import gettext as _

from legislation.sources import canada, congress, congress_files, openstates
from legislation.sources.opening import LARGEST_ARCHIVE, FileRefused

_CONGRESS = "https://unitedstates.github.io/congress-legislators/{}"
_FILES = {
    congress.SOURCE: {f"{part}.yaml": _CONGRESS.format(f"{part}.yaml") for part in congress_files.ALL},
    openstates.SOURCE: {
        "openstates-people.tar.gz": "https://github.com/openstates/people/archive/refs/heads/main.tar.gz"
    },
    canada.SOURCE: {
        "house-of-commons.json": "https://represent.opennorth.ca/representatives/house-of-commons/?limit=1000"
    },
}
_TIMEOUT = httpx.Timeout(20.0, read=120.0)
_HEADERS = {"User-Agent": "chapter-advocacy-portal (public record import)"}
_ATTEMPTS = 3
_LONGEST_WAIT = 60.0
_SECONDS_BETWEEN_SIGNS = 5.0
_OVERLOADED = {429, 500, 502, 503, 504}


class QuotaUsed(FileRefused):
    """As many requests as one day allows have been made."""


def client() -> httpx.Client:
    return httpx.Client(timeout=_TIMEOUT, headers=_HEADERS, follow_redirects=True)


def fetch(source: str, folder: Path, web: httpx.Client) -> Path:
    """Download what `source` publishes into `folder`; returns the path to import. Raises FileRefused."""
    return Publisher(web).fetch(source, folder)


class Publisher:
    """One visit to the publisher of a source.

    `validators` are those of earlier visits, by address: a file that is still in the folder and has not changed is
    not sent again. `has_changed` says whether anything new came; `calls` counts requests, at most `calls_left`.
    """

    def __init__(
        self,
        web: httpx.Client,
        validators: dict[str, dict[str, str]] | None = None,
        calls_left: int | None = None,
        on_progress: Callable[[str], None] = lambda name: None,
    ) -> None:
        self._web = web
        self._calls_left = calls_left
        self._on_progress = on_progress
        self._said_at = 0.0
        self.validators = dict(validators or {})
        self.calls = 0
        self.has_changed = False

    def fetch(self, source: str, folder: Path) -> Path:
        """Bring `folder` up to date; returns the path to import. Raises FileRefused, QuotaUsed."""
        files = _FILES[source]
        try:
            for name, address in files.items():
                self._save(address, folder / name)
        except httpx.HTTPError as problem:
            raise FileRefused(
                _("The download failed: %(problem)s. Is the network reachable? You can also give a PATH.")
                % {"problem": problem}
            ) from problem
        return folder if len(files) > 1 else folder / next(iter(files))

    def _save(self, address: str, target: Path) -> None:
        for attempt in stamina.retry_context(
            on=_worth_waiting_for, attempts=_ATTEMPTS, wait_max=_LONGEST_WAIT
        ):
            with attempt:
                self._save_once(address, target)

    def _save_once(self, address: str, target: Path) -> None:
        self._count()
        known = self.validators.get(address, {}) if target.exists() else {}
        with self._web.stream("GET", address, headers=known) as answer:
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return
            answer.raise_for_status()
            self._write(answer, target)
        self.has_changed = True
        self.validators[address] = _validators_of(answer)

    def _count(self) -> None:
        if self._calls_left is not None and self.calls >= self._calls_left:
            raise QuotaUsed(_("As many requests as one day allows have been made. It goes on tomorrow."))
        self.calls += 1

    def _write(self, answer: httpx.Response, target: Path) -> None:
        """The whole answer, or nothing: half a file never takes the place of a complete one."""
        part = target.with_name(f"{target.name}.part")
        size = 0
        with part.open("wb") as file:
            for chunk in answer.iter_bytes():
                size += len(chunk)
                if size > LARGEST_ARCHIVE:
                    raise FileRefused(
                        _("%(url)s is larger than this source has ever been.") % {"url": answer.url}
                    )
                file.write(chunk)
                self._say(target.name)
        part.replace(target)

    def _say(self, name: str) -> None:
        """A sign of life every few seconds, however long a file takes."""
        if time.monotonic() - self._said_at > _SECONDS_BETWEEN_SIGNS:
            self._said_at = time.monotonic()
            self._on_progress(name)


def _validators_of(answer: httpx.Response) -> dict[str, str]:
    """What to send next time to ask whether the file has changed."""
    asked_by = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
    return {ask: answer.headers[given] for given, ask in asked_by.items() if given in answer.headers}


def _worth_waiting_for(problem: Exception) -> bool | float:
    """Whether to try again, or after how many seconds where the publisher says so."""
    if isinstance(problem, httpx.HTTPStatusError):
        wait = problem.response.headers.get("Retry-After", "")
        if problem.response.status_code not in _OVERLOADED:
            return False
        return min(float(wait), _LONGEST_WAIT) if wait.isdecimal() else True
    return isinstance(problem, httpx.TransportError)
