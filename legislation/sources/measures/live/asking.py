"""Asking a publisher one question, with all the patience and all the distrust that takes.

Each try is counted before it is made. Whoever asks for time gets it; what comes is checked before anybody reads it.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from random import SystemRandom
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx
from django.utils import timezone
from django.utils.translation import gettext as _

from legislation.models.feed_calls import Limit
from legislation.sources.opening import LARGEST_FILE, Document, FileRefused, parse_json

JSON, XML = "json", "xml"
_VALIDATORS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
_BUSY = {408, 425, 429, 500, 502, 503, 504}
_KEY_REFUSED = {401, 403}
_MOST_REDIRECTS = 3
_SECONDS_BETWEEN_SIGNS = 5.0
_chance = SystemRandom()


class Patience(NamedTuple):
    """How often something is tried, how the waits grow, and how long an answer may be silent and take in all.

    In seconds. Silence is shorter than the time after which a job counts as lost.
    """

    tries: int = 4
    longest_silence: float = 45.0
    first_wait: float = 1.0
    longest_wait: float = 90.0
    longest_answer: float = 300.0


PATIENCE = Patience()


class Broken(FileRefused):
    """This one answer cannot be used; the next question may have a better one."""


class Unavailable(FileRefused):
    """The publisher did not answer, however often it was asked."""


class KeyRefused(FileRefused):
    """The publisher does not accept our key: no other question would fare better."""


class Waits(Exception):
    """No failure: the publisher, or its quota, has us wait until then."""

    def __init__(self, why: str, until: datetime) -> None:
        super().__init__(why)
        self.until = until


class Answer(NamedTuple):
    """What came. Without content it has not changed since the answer whose `version` we named."""

    content: bytes | None
    version: str = ""

    def json(self, name: str) -> Any:
        return parse_json(self.document(name))

    def document(self, name: str) -> Document:
        return Document(name, self.content or b"")


class _Try(Exception):
    """This try failed; another may not. `wait` is how long the publisher asks us to wait."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass
class Asker:
    """One visit's questions to one publisher.

    `take` counts a request and says which limit has no room for it; `pause` waits that many seconds and shows a sign
    of life, and so is where a cancelled visit ends.
    """

    web: httpx.Client
    take: Callable[[], Limit | None]
    pause: Callable[[float], None]
    key_name: str = ""
    key: str = ""
    patience: Patience = PATIENCE
    clock: Callable[[], datetime] = timezone.now
    calls: int = 0

    def ask(
        self,
        url: str,
        params: Sequence[tuple[str, str | int]] = (),
        *,
        want: str = JSON,
        headers: Mapping[str, str] | None = None,
        version: str = "",
        at_most: int = LARGEST_FILE,
    ) -> Answer:
        """Raises Broken, Unavailable, KeyRefused or Waits."""
        asked = httpx.URL(url, params=list(params)) if params else httpx.URL(url)
        given = dict(headers or {}) | _named(version)
        for number in range(1, self.patience.tries + 1):
            try:
                return self._try(asked, given, want, at_most)
            except _Try as problem:
                if problem.wait is not None and problem.wait > self.patience.longest_wait:
                    until = self.clock() + timedelta(seconds=problem.wait)
                    raise Waits(_("The publisher asks us to wait."), until) from problem
                if number == self.patience.tries:
                    raise Unavailable(self._plain(problem)) from problem
                self.pause(self._wait(number) if problem.wait is None else problem.wait)
        raise AssertionError("there is at least one try")

    def _wait(self, number: int) -> float:
        """Longer after each try, and never as long as that of another portal which failed at the same moment."""
        longest: float = self.patience.first_wait * 2.0 ** (number - 1)
        return min(longest, self.patience.longest_wait) * _chance.uniform(0.5, 1.0)

    def _count(self) -> None:
        while (full := self.take()) is not None:
            now = self.clock()
            until = full.period.end(now)
            seconds = (until - now).total_seconds()
            if seconds > self.patience.longest_wait:
                why = _("The quota of %(most)d requests %(period)s is used.")
                raise Waits(why % {"most": full.most, "period": full.period.label}, until)
            self.pause(max(seconds, 0.01))
        self.calls += 1

    def _try(self, url: httpx.URL, headers: dict[str, str], want: str, at_most: int) -> Answer:
        try:
            for _hop in range(_MOST_REDIRECTS + 1):
                self._count()
                with self.web.stream(
                    "GET", url, headers=headers, follow_redirects=False, timeout=self.patience.longest_silence
                ) as answer:
                    if not answer.has_redirect_location:
                        return self._answer(answer, want, at_most)
                    url = _onward(url, answer)
        except httpx.HTTPError as problem:
            raise _Try(_("it cannot be reached (%(problem)s)") % {"problem": _name(problem)}) from problem
        raise Broken(_("%(site)s sends us in a circle.") % {"site": url.host})

    def _answer(self, answer: httpx.Response, want: str, at_most: int) -> Answer:
        status = answer.status_code
        if status == httpx.codes.NOT_MODIFIED:
            return Answer(None)
        if status in _BUSY:
            wait = retry_after(answer.headers.get("Retry-After", ""), self.clock())
            raise _Try(_("it answered %(status)d") % {"status": status}, wait)
        if status in _KEY_REFUSED and self.key_name:
            raise KeyRefused(
                _("%(site)s does not accept the key (%(status)d): check %(name)s.")
                % {"site": answer.url.host, "status": status, "name": self.key_name}
            )
        if status != httpx.codes.OK:
            raise Broken(
                _("%(site)s answered %(status)d to %(path)s.")
                % {"site": answer.url.host, "status": status, "path": answer.url.path}
            )
        content = self._content(answer, at_most)
        _check(content, answer, want)
        return Answer(content, _version_of(answer))

    def _content(self, answer: httpx.Response, at_most: int) -> bytes:
        started = said_at = time.monotonic()
        parts, size = [], 0
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            now = time.monotonic()
            if size > at_most:
                raise Broken(
                    _("What %(site)s sends for %(path)s is larger than it has ever been.")
                    % {"site": answer.url.host, "path": answer.url.path}
                )
            if now - started > self.patience.longest_answer:
                raise _Try(_("its answer takes too long"))
            if now - said_at > _SECONDS_BETWEEN_SIGNS:
                said_at = now
                self.pause(0.0)
        return b"".join(parts)

    def _plain(self, problem: _Try) -> str:
        return _("The publisher was asked %(count)d times: %(problem)s.") % {
            "count": self.patience.tries,
            "problem": problem,
        }


def retry_after(written: str, now: datetime) -> float | None:
    """Seconds, whether the publisher writes seconds or a date; None where it says nothing we understand."""
    written = written.strip()
    if written.isascii() and written.isdigit():
        return float(min(int(written), 10**7))
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return max((moment - now).total_seconds(), 0.0)


def _onward(url: httpx.URL, answer: httpx.Response) -> httpx.URL:
    """Where it sends us: only within the same site, which our key may know."""
    onward = urljoin(str(url), answer.headers.get("Location", ""))
    if urlsplit(onward).netloc != urlsplit(str(url)).netloc:
        raise Broken(_("%(site)s sends us to another site.") % {"site": url.host})
    return httpx.URL(onward)


def _check(content: bytes, answer: httpx.Response, want: str) -> None:
    """That it is data at all: sites answer with a page for people, and 200, when something is wrong."""
    kind = answer.headers.get("Content-Type", "").lower()
    head = content[:500].lstrip().lower()
    where = {"site": answer.url.host, "path": answer.url.path}
    if "html" in kind or head.startswith((b"<!doctype html", b"<html")):
        raise Broken(_("%(site)s answered with a web page instead of data to %(path)s.") % where)
    if kind and want not in kind and "octet-stream" not in kind and "text/plain" not in kind:
        raise Broken(
            _("%(site)s answered with %(kind)s to %(path)s.") % {**where, "kind": kind.split(";")[0][:80]}
        )
    if not head:
        raise _Try(_("its answer is empty"))
    if want == JSON:
        try:
            parse_json(Document(answer.url.path, content))
        except FileRefused as problem:
            # Most often the line was cut: the next try brings the rest.
            raise _Try(_("its answer breaks off or is no JSON")) from problem


def _version_of(answer: httpx.Response) -> str:
    """What to ask by whether it has changed."""
    return next((f"{name} {answer.headers[name]}" for name in _VALIDATORS if name in answer.headers), "")[
        :120
    ]


def _named(version: str) -> dict[str, str]:
    name, _space, value = version.partition(" ")
    return {_VALIDATORS[name]: value} if name in _VALIDATORS and value else {}


def _name(problem: httpx.HTTPError) -> str:
    """Without the address, in which the key may stand."""
    if isinstance(problem, httpx.TimeoutException):
        return _("no answer in time")
    return type(problem).__name__
