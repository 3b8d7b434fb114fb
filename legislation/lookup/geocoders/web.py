"""How a geocoder is asked: bounded in time, size, attempts and number, and without keeping anybody's address."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import stamina
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from legislation.lookup.geocoders.interface import GeocoderFailed, Located

_ATTEMPTS = 2
_SECONDS_IN_ALL = 8.0
_SECONDS_FOR_ONE_PART = 4.0
_LARGEST_ANSWER = 1_000_000
_DAYS_KEPT = 7
_BUSY = {429, 500, 502, 503, 504}
_HEADERS = {"User-Agent": "chapter-advocacy-portal (address look-up)"}


class Web:
    """The web service of one geocoder. It follows no redirect."""

    def __init__(self, key: str, name: str, address: str, *, calls_a_minute: int) -> None:
        self.key, self.name = key, name
        self._address, self._calls_a_minute = address.rstrip("/"), calls_a_minute

    def get(self, path: str, params: dict[str, str]) -> dict[str, Any]:
        """One answer, as a JSON object. Raises GeocoderFailed."""
        until = time.monotonic() + _SECONDS_IN_ALL
        try:
            for attempt in stamina.retry_context(
                on=_worth_another_try,
                attempts=_ATTEMPTS,
                wait_initial=0.1,
                wait_max=1.0,
                timeout=_SECONDS_IN_ALL,
            ):
                with attempt:
                    return self._get_once(path, params, until)
        except httpx.TimeoutException as problem:
            raise GeocoderFailed(
                self._says(_("%(name)s did not answer in time. Try again later."))
            ) from problem
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise GeocoderFailed(self._says(_("%(name)s cannot be reached. Try again later."))) from problem
        except (ValueError, RecursionError) as problem:
            raise GeocoderFailed(self._says(_("%(name)s gave an answer that cannot be read."))) from problem
        raise GeocoderFailed(self._says(_("%(name)s did not answer in time. Try again later.")))

    def _get_once(self, path: str, params: dict[str, str], until: float) -> dict[str, Any]:
        self._count()
        timeout = httpx.Timeout(max(min(_SECONDS_FOR_ONE_PART, until - time.monotonic()), 0.1))
        with (
            httpx.Client(timeout=timeout, headers=_HEADERS) as client,
            client.stream("GET", f"{self._address}/{path}", params=params) as answer,
        ):
            answer.raise_for_status()
            body = bytearray()
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > _LARGEST_ANSWER:
                    raise ValueError("larger than any answer")
                # The limit of httpx counts from one part to the next: a server that drips never meets it.
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("the answer takes too long")
        content = json.loads(body)
        if not isinstance(content, dict):
            raise ValueError("not a JSON object")
        return content

    def _count(self) -> None:
        """At most so many calls in one minute, over all processes that share the cache."""
        key = f"geocoder:{self.key}:{int(time.time() // 60)}"
        cache.add(key, 0, timeout=120)
        try:
            calls = cache.incr(key)
        except ValueError:
            # The count expired between the two steps.
            return
        if calls > self._calls_a_minute:
            raise GeocoderFailed(
                self._says(_("%(name)s is asked too often at the moment. Try again in a minute."))
            )

    def _says(self, text: str) -> str:
        return text % {"name": self.name}


def remembered(parts: list[str], ask: Callable[[], Located]) -> Located:
    """What was answered before, by a keyed hash of the question: the cache holds nobody's address."""
    key = f"geocoded:{_digest(parts)}"
    known: Located | None = cache.get(key)
    if known is None:
        known = ask()
        cache.set(key, known, timeout=_DAYS_KEPT * 24 * 3600)
    return known


def _digest(parts: list[str]) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def _worth_another_try(problem: Exception) -> bool:
    if isinstance(problem, httpx.HTTPStatusError):
        return problem.response.status_code in _BUSY
    # Whoever waited for a slow server once does not wait twice.
    return isinstance(problem, httpx.TransportError) and not isinstance(problem, httpx.ReadTimeout)
