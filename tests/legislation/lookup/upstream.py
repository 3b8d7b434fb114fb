"""A web server on this machine that answers as the geocoders do, or misbehaves as they might."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.factories.maps import IN_131, IN_147


class Upstream:
    """What to answer next: `answers` by path or by vintage, `status`, and how the body comes."""

    def __init__(self) -> None:
        self.answer: Any = {}
        self.by_vintage: dict[str, Any] = {}
        self.status: list[int] = []
        self.body: bytes | None = None
        self.seconds_between_parts = 0.0
        self.asked: list[str] = []
        self.url = ""

    def answer_to(self, path: str) -> tuple[int, bytes]:
        self.asked.append(path)
        status = self.status.pop(0) if self.status else 200
        vintage = parse_qs(urlsplit(path).query).get("vintage", [""])[0]
        content = self.by_vintage.get(vintage, self.answer)
        return status, self.body if self.body is not None else json.dumps(content).encode()


@contextmanager
def serving() -> Iterator[Upstream]:
    upstream = Upstream()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = upstream.answer_to(self.path)
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", f"{upstream.url}/elsewhere")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self._send(body)
            except OSError:
                # Whoever asked did not wait.
                return

        def _send(self, body: bytes) -> None:
            if not upstream.seconds_between_parts:
                self.wfile.write(body)
                return
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(upstream.seconds_between_parts)

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    upstream.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield upstream
    finally:
        server.shutdown()
        server.server_close()


def layers(
    congress: int = 119, district: str = "4818", house: str = "48131", senate: str = "48013"
) -> dict[str, Any]:
    """The geographies of one place, as the Census writes them."""
    return {
        f"{congress}th Congressional Districts": [
            {"GEOID": district, "CDSESSN": str(congress), "STATE": district[:2], "BASENAME": district[2:]}
        ],
        "2024 State Legislative Districts - Upper": [{"GEOID": senate, "STATE": "48", "BASENAME": "13"}],
        "2024 State Legislative Districts - Lower": [{"GEOID": house, "STATE": "48", "BASENAME": "131"}],
        "Counties": [{"GEOID": "48201", "NAME": "Harris County"}],
    }


def match(point: tuple[float, float] = IN_131, **named: Any) -> dict[str, Any]:
    latitude, longitude = point
    return {"coordinates": {"x": longitude, "y": latitude}, "geographies": layers(**named)}


def census(*matches: dict[str, Any]) -> dict[str, Any]:
    return {
        "result": {"input": {"vintage": {"vintageName": "ACS2025_Current"}}, "addressMatches": list(matches)}
    }


def in_147(**named: Any) -> dict[str, Any]:
    return match(IN_147, district="4807", house="48147", **named)


def boundary(number: str, order: str = "-2023-representation-order") -> dict[str, Any]:
    return {
        "name": f"Riding {number}",
        "external_id": number,
        "boundary_set_name": "Federal electoral district",
        "url": f"/boundaries/federal-electoral-districts{order}/{number}/",
    }


def postcode(centroid: list[dict[str, Any]], concordance: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "code": "K1A0A9",
        "boundaries_centroid": centroid,
        "boundaries_concordance": concordance,
        "representatives_centroid": [],
    }
