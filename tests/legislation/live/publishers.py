"""A web server on this machine that answers as the publishers of measures do, or misbehaves as they might."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Reply:
    """`cut`: the line goes dead after so many bytes of a longer answer; `pause`: seconds before each byte."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    pause: float = 0.0


@dataclass
class Question:
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.query[name][0]

    def get(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[0]


class Publisher:
    """`answer` is the publisher as documented; `trouble` is what it does first."""

    def __init__(self) -> None:
        self.answer: Callable[[Question], Reply] = lambda question: Reply(b"{}", 404)
        self.trouble: list[Reply | None] = []
        self.asked: list[Question] = []
        self.url = ""
        self._lock = threading.Lock()

    def reply_to(self, question: Question) -> Reply:
        with self._lock:
            self.asked.append(question)
            first = self.trouble.pop(0) if self.trouble else None
        return first or self.answer(question)

    @property
    def paths(self) -> list[str]:
        return [question.path for question in self.asked]


@contextmanager
def publishing() -> Iterator[Publisher]:
    publisher = Publisher()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            question = Question(
                parts.path, parse_qs(parts.query), {k.lower(): v for k, v in self.headers.items()}
            )
            reply = publisher.reply_to(question)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.body:
                self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            try:
                self._send(reply)
            except OSError:
                # Whoever asked did not wait.
                return

        def _send(self, reply: Reply) -> None:
            body = reply.body if reply.cut is None else reply.body[: reply.cut]
            if not reply.pause:
                self.wfile.write(body)
                return
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(reply.pause)

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    publisher.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
