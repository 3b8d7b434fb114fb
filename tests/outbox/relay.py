"""A mail server on loopback, spoken by hand, that misbehaves on demand and writes down what it took over.

It notes the Message-ID before it answers: it is the judge of what has really arrived.
"""

import re
import socket
import socketserver
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

CUT = "cut"
Misbehaviour = Callable[["Relay", str, str], str | None]


@dataclass
class Relay:
    """`misbehave(phase, argument)` answers instead of the server: a reply line, CUT, or None for a good server.

    Phases: connect, auth, mail, rcpt, data, body (after half the text), dot (taken over, not yet answered), reply.
    """

    misbehave: Callable[[str, str], str | None] = lambda phase, argument: None
    seconds_to_answer: float = 0.0
    arrived: list[str] = field(default_factory=list)
    texts: dict[str, bytes] = field(default_factory=dict)
    recipients: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    # Encryption: offered after STARTTLS where there is a certificate. What was said before it is kept.
    certificate: ssl.SSLContext | None = None
    offers: tuple[str, ...] = ()
    in_plain_text: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    @property
    def copies(self) -> Counter[str]:
        return Counter(self.arrived)


class _Session(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        relay: Relay = self.server.relay
        relay.connections += 1
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if self._say(relay.misbehave("connect", "") or "220 relay.example ESMTP"):
                self._talk(relay)
        except OSError:
            return
        finally:
            # Who misbehaves may have asked the database, in this thread of its own.
            connections.close_all()

    def _talk(self, relay: Relay) -> None:
        recipient = ""
        while line := self.rfile.readline():
            words = line.decode().strip()
            verb = words[:4].upper()
            if not isinstance(self.connection, ssl.SSLSocket):
                relay.in_plain_text.append(words)
            if verb == "EHLO":
                self._say(
                    "\r\n".join(["250-relay.example", *(f"250-{one}" for one in relay.offers), "250 HELP"])
                )
                continue
            if verb == "STAR" and relay.certificate:
                self._encrypt(relay.certificate)
                continue
            if verb == "MAIL":
                relay.senders.append(words.partition("<")[2].partition(">")[0])
            if verb == "RCPT":
                recipient = words.partition("<")[2].partition(">")[0]
            if verb == "QUIT":
                self._say("221 Bye")
                return
            if verb == "DATA":
                if not self._data(relay, recipient):
                    return
                continue
            phase = {"MAIL": "mail", "RCPT": "rcpt", "AUTH": "auth"}.get(verb, "")
            answer = relay.misbehave(phase, recipient) if phase else None
            if not self._say(answer or ("235 Welcome" if phase == "auth" else "250 OK")):
                return

    def _data(self, relay: Relay, recipient: str) -> bool:
        answer = relay.misbehave("data", recipient)
        if not self._say(answer or "354 Go on"):
            return False
        if answer:
            return True
        text = b""
        while not text.endswith(b"\r\n.\r\n"):
            part = self.rfile.readline()
            if not part:
                return False
            text += part
            if relay.misbehave("body", recipient) == CUT:
                return self._say(CUT)
        if relay.seconds_to_answer:
            time.sleep(relay.seconds_to_answer)
        answer = relay.misbehave("dot", recipient)
        if answer and answer != CUT:
            return self._say(answer)
        found = re.search(rb"^Message-ID: *(<[^>]+>)", text, re.MULTILINE | re.IGNORECASE)
        message_id = found[1].decode() if found else ""
        relay.arrived.append(message_id)
        relay.texts[message_id] = text
        relay.recipients.append(recipient)
        if answer == CUT or relay.misbehave("reply", recipient) == CUT:
            return self._say(CUT)
        return self._say("250 2.0.0 Taken over")

    def _encrypt(self, certificate: ssl.SSLContext) -> None:
        self._say("220 Go on")
        self.connection = certificate.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.connection.close()

    def _say(self, answer: str) -> bool:
        if answer == CUT:
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        self.wfile.write(answer.encode() + b"\r\n")
        return not answer.startswith("421")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 50
    relay: Relay


@contextmanager
def listening(relay: Relay) -> Iterator[Relay]:
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.relay = relay
        relay.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield relay
        finally:
            server.shutdown()
