"""A mail server on loopback, spoken by hand, that misbehaves on demand and writes down what it took over.

It notes the Message-ID before it answers: it is the judge of what has really arrived.
"""

import re
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

CUT = "cut"
Misbehaviour = Callable[["Relay", str, str], str | None]


@dataclass
class Relay:
    """`misbehave(phase, argument)` answers instead of the server: a reply line, CUT, or None for a good server.

    Phases: connect, mail, rcpt, data, body (after half the text), dot (taken over, not yet answered), reply.
    """

    misbehave: Callable[[str, str], str | None] = lambda phase, argument: None
    seconds_to_answer: float = 0.0
    abilities: tuple[str, ...] = ()
    heard: list[str] = field(default_factory=list)
    arrived: list[str] = field(default_factory=list)
    texts: dict[str, bytes] = field(default_factory=dict)
    recipients: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
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

    def _talk(self, relay: Relay) -> None:
        recipient = ""
        while line := self.rfile.readline():
            words = line.decode().strip()
            verb = words[:4].upper()
            relay.heard.append(verb)
            if verb == "EHLO":
                self._greet(relay)
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
            phase = {"MAIL": "mail", "RCPT": "rcpt"}.get(verb, "")
            answer = relay.misbehave(phase, recipient) if phase else None
            if not self._say(answer or "250 OK"):
                return

    def _greet(self, relay: Relay) -> None:
        lines = ["relay.example", *relay.abilities]
        for line in lines[:-1]:
            self._say(f"250-{line}")
        self._say(f"250 {lines[-1]}")

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
