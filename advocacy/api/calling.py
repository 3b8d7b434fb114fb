"""Calling an address that a person gave us, without being turned against our own network (RELIABILITY.md §6).

The name is resolved here, every address it has is checked against a list of networks, and exactly a checked one is
connected to: a name that resolves to something else the next moment gains nothing. No redirect is followed, the whole
call ends after ten seconds however slowly a name server answers or the other side drips, and of its answer a megabyte
is read.
"""

import ipaddress
import re
import socket
import time
from collections.abc import Iterable, Mapping
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import httpcore
from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 10.0
MOST_READ = 1_000_000
_PORTS = ("443", "8443")
_SHAPE = re.compile(r"https://[A-Za-z0-9.-]+(?::(?P<port>[0-9]+))?(?:/[!-~]*)?")
_LOOPBACK = re.compile(r"http://127\.0\.0\.1(?::[0-9]{1,5})?(?:/[!-~]*)?")
_CLOSED_4 = [
    ipaddress.IPv4Network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
# Of IPv6 only what is handed out to networks of the internet is open, less what lies in it for other ends: tunnels
# (Teredo, 6to4) lead to an IPv4 address that this list would not see. Mapped and translated ones lie outside.
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = [ipaddress.IPv6Network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]


class NotCalled(Exception):
    """This address is not one we call."""


class CallFailed(Exception):
    """The address could not be reached, or did not answer in time."""


def is_open(address: str) -> bool:
    """Whether this address lies on the open internet."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in _CLOSED_4)
    return found in _OPEN_6 and not any(found in network for network in _CLOSED_6)


def check(url: str) -> None:
    """Raises NotCalled for what can never be called. Where its name leads is seen at each call."""
    if _may_call_loopback(url):
        _check_port_of_loopback(url)
        return
    shape = _SHAPE.fullmatch(url)
    if shape is None:
        raise NotCalled(_("Give an address that begins with https://, with a name and no sign-in in it."))
    if (shape["port"] or "443") not in _PORTS:
        raise NotCalled(_("Only the ports 443 and 8443 are called."))
    host = urlsplit(url).hostname or ""
    last = host.rpartition(".")[2]
    if "." not in host or not last[:1].isalpha():
        raise NotCalled(
            _("Give a name that the internet knows, such as hooks.example.org, and not a number.")
        )


def _may_call_loopback(url: str) -> bool:
    return bool(settings.WEBHOOKS_MAY_CALL_LOOPBACK and _LOOPBACK.fullmatch(url))


def _check_port_of_loopback(url: str) -> None:
    try:
        urlsplit(url).port  # noqa: B018  (reading it is what raises)
    except ValueError as beyond:
        raise NotCalled(_("There is no such port: the last one is 65535.")) from beyond


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer. Raises NotCalled, CallFailed."""
    check(url)
    parts = urlsplit(url)
    target = httpcore.URL(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port,
        target=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
    )
    backend = GuardedBackend(is_loopback=_may_call_loopback(url), deadline=time.monotonic() + SECONDS)
    sent = [("Host", parts.netloc), ("Content-Length", str(len(body))), *headers.items()]
    try:
        with (
            httpcore.ConnectionPool(network_backend=backend) as pool,
            pool.stream("POST", target, headers=sent, content=body) as answer,
        ):
            _read_some(answer.iter_stream())
            return int(answer.status)
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as failure:
        raise CallFailed(type(failure).__name__) from failure


def _read_some(chunks: Iterable[bytes]) -> None:
    """Nobody reads it; a short answer lets the connection end well, and a long one is cut."""
    read = 0
    for chunk in chunks:
        read += len(chunk)
        if read > MOST_READ:
            return


class GuardedBackend(httpcore.NetworkBackend):
    """Connects only to checked addresses, and gives everything on the way what is left of the time."""

    def __init__(self, *, is_loopback: bool, deadline: float) -> None:
        self._is_loopback = is_loopback
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(host)
        for address in self._addresses(host, port):
            try:
                stream = self._inner.connect_tcp(address, port, timeout=left(self._deadline))
            except httpcore.ConnectError as problem:
                failure = problem
            else:
                return TimedStream(stream, self._deadline)
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        """All the name leads to; one closed address among them closes it."""
        found = _looked_up(host, port, seconds=left(self._deadline))
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not self._is_loopback and not all(is_open(address) for address in addresses):
            raise NotCalled(_("This name leads to an address that is not on the open internet."))
        return addresses


def _looked_up(host: str, port: int, *, seconds: float) -> list[Any]:
    """What the system answers about this name.

    It has no deadline of its own and cannot be interrupted, so a thread asks; where it is silent, the thread is left
    behind.
    """
    answers: SimpleQueue[list[Any] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as unknown:
            answers.put(unknown)

    Thread(target=ask, name="look up the name of a webhook", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise httpcore.ConnectTimeout(host) from None
    if isinstance(answer, Exception):
        raise httpcore.ConnectError(host) from answer
    return answer


class TimedStream(httpcore.NetworkStream):
    """A connection whose every step may take no longer than what is left of the whole."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, timeout=left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout=left(self._deadline))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._inner.start_tls(ssl_context, server_hostname, timeout=left(self._deadline))
        return TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def left(deadline: float) -> float:
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise httpcore.ReadTimeout(SECONDS)
    return remaining
