"""An IMAP server on loopback that speaks just enough, and remembers which mails were marked as seen."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class PostOffice:
    mails: list[bytes]
    seen: set[int] = field(default_factory=set)
    port: int = 0


class _Session(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        office: PostOffice = self.server.office
        self._say("* OK ready")
        while line := self.rfile.readline().decode():
            tag, _space, command = line.strip().partition(" ")
            if command.startswith("CAPABILITY"):
                self._say("* CAPABILITY IMAP4rev1")
            elif command.startswith("SELECT"):
                self._say(f"* {len(office.mails)} EXISTS")
            elif command.startswith("UID SEARCH"):
                unseen = [str(n) for n in range(1, len(office.mails) + 1) if n not in office.seen]
                self._say(" ".join(["* SEARCH", *unseen]))
            elif found := re.match(r"UID FETCH (\d+)", command):
                mail = office.mails[int(found[1]) - 1]
                self._say(f"* {found[1]} FETCH (UID {found[1]} BODY[]<0> {{{len(mail)}}}")
                self.wfile.write(mail)
                self._say(")")
            elif found := re.match(r"UID STORE (\d+) \+FLAGS \(\\Seen\)", command):
                office.seen.add(int(found[1]))
            self._say(f"{tag} OK done")
            if command == "LOGOUT":
                return

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    office: PostOffice


@contextmanager
def open_at(office: PostOffice) -> Iterator[PostOffice]:
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.office, office.port = office, server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield office
        finally:
            server.shutdown()
