"""How often one client, address or token may do a thing: counts that hold across processes and threads.

A window is fixed: the count begins anew at its end, so that a page can say when to come again. Nobody's address is
kept: a count stands under a keyed digest that is another in every window.

Redis counts where there is one. An embedded portal counts in a small database file of its own, because a cache of files
reads, adds and writes, so that two at once count as one, and throws entries away at random when there are many. Where
Redis or the file does not answer, each process counts by itself meanwhile: the limit is looser then, and pages come.
"""

import ipaddress
import logging
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.cache import BaseCache, cache, caches
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)
FILE_NAME = "limits.sqlite3"
# The clocks of two machines may differ: a count is forgotten a little after its window.
_KEPT_AFTERWARDS = timedelta(minutes=1)
_SECONDS_TO_WAIT_FOR_THE_FILE = 5.0
_meanwhile = LocMemCache("while-the-counts-are-away", {"max_entries": 10_000})


class Taken(NamedTuple):
    """Whether this one is within the limit, how many are left, and when the count begins anew."""

    is_allowed: bool
    left: int
    again_at: datetime


def take(name: str, who: str, *, most: int, per: timedelta, now: datetime) -> Taken:
    """Count one. In each window of `per`, exactly the first `most` of `who` are allowed, whoever asks at once.

    `name` says what is limited (`"campaigns.act"`), `who` whose tries are counted together: a client's address, an
    e-mail address, a token's number.
    """
    number, _rest = divmod(now - datetime.fromtimestamp(0, UTC), per)
    ends_at = datetime.fromtimestamp(0, UTC) + (number + 1) * per
    label = f"{name}\n{number}\n{per.total_seconds()}\n{who}"
    key = salted_hmac("kernel.limits", label, algorithm="sha256").hexdigest()
    count = _count(key, ends_at=ends_at, now=now)
    return Taken(count <= most, max(most - count, 0), ends_at)


def _count(key: str, *, ends_at: datetime, now: datetime) -> int:
    if not isinstance(caches["default"], FileBasedCache):
        return _count_in_cache(cache, key, ends_at - now + _KEPT_AFTERWARDS)
    try:
        return count_in_file(settings.VAR_DIR / FILE_NAME, key, ends_at=ends_at, now=now)
    except sqlite3.Error:
        logger.warning("The counts cannot be kept; this process counts by itself.", exc_info=True)
        return _count_in_cache(_meanwhile, key, ends_at - now + _KEPT_AFTERWARDS)


def _count_in_cache(where: BaseCache, key: str, lasting: timedelta) -> int:
    """Both steps are one command of the server: of many at once, each gets a number of its own."""
    for _attempt in range(3):
        where.add(f"limit:{key}", 0, timeout=int(lasting.total_seconds()))
        try:
            return where.incr(f"limit:{key}")
        except ValueError:  # The server went, came back or was emptied between the two.
            continue
    return 1


def count_in_file(path: Path, key: str, *, ends_at: datetime, now: datetime) -> int:
    """One statement counts and answers. A count lost to a power cut hurts nobody, so the disk is not waited for."""
    file = _kept.file(path)
    try:
        count = int(
            file.execute(
                "INSERT INTO taken VALUES (?, 1, ?) ON CONFLICT (key) DO UPDATE SET count = count + 1 RETURNING count",
                (key, ends_at.timestamp()),
            ).fetchone()[0]
        )
        if count == 1:
            file.execute("DELETE FROM taken WHERE ends_at < ?", ((now - _KEPT_AFTERWARDS).timestamp(),))
    except sqlite3.Error:
        _kept.let_go()
        raise
    return count


class _Kept(threading.local):
    """The file of the counts, open in each thread: to open it takes ten times as long as to count."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._file: sqlite3.Connection | None = None

    def file(self, path: Path) -> sqlite3.Connection:
        if self._file is None or self._path != path or not path.exists():
            self.let_go()
            self._path, self._file = path, _opened(path)
        return self._file

    def let_go(self) -> None:
        if self._file is not None:
            self._file.close()
        self._path = self._file = None


def _opened(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=_SECONDS_TO_WAIT_FOR_THE_FILE, isolation_level=None)
    file.execute("PRAGMA journal_mode=WAL")
    file.execute("PRAGMA synchronous=OFF")
    file.execute(
        "CREATE TABLE IF NOT EXISTS taken"
        " (key TEXT PRIMARY KEY, count INTEGER NOT NULL, ends_at REAL NOT NULL) WITHOUT ROWID"
    )
    file.execute("CREATE INDEX IF NOT EXISTS taken_ends_at ON taken (ends_at)")
    return file


_kept = _Kept()


def client_address(request: HttpRequest) -> str:
    """Where the request comes from, as our own proxies saw it; never what a client may write itself.

    Each trusted proxy adds one entry on the right of X-Forwarded-For: only the one that the outermost of them added is
    read. An IPv6 client is its network of 64 bits, because every household has so many addresses of its own.
    """
    connected = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    entries = request.headers.get("X-Forwarded-For", "").split(",")
    if proxies and len(entries) >= proxies:
        return _network_of(entries[-proxies]) or _network_of(connected)
    return _network_of(connected)


def client_digest(request: HttpRequest, *, now: datetime) -> str:
    """What may be kept beside an act: equal for one client on one day (in UTC), and no address."""
    day = now.astimezone(UTC).date().isoformat()
    return salted_hmac(f"kernel.client:{day}", client_address(request), algorithm="sha256").hexdigest()


def _network_of(text: str) -> str:
    """Empty for what is no address, as a server on a socket file gives."""
    try:
        address = ipaddress.ip_address(text.strip().partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
