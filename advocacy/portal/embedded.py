"""The whole portal in one process: the web server in front, worker and clock as threads behind it.

The in-memory broker reaches only the process it lives in. Hence the lock: one portal at a time for each
`var` folder.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication
from wsgiref.util import setup_testing_defaults

from celery.app import app_or_default
from celery.beat import EmbeddedService
from django.core.files import locks
from django.utils import timezone
from waitress.server import create_server

from advocacy.jobs.actions import jobs
from advocacy.jobs.progress import process_is_ending
from advocacy.outbox.ending import is_ending

logger = logging.getLogger(__name__)
WEB_THREADS = 8
WORKER_THREADS = 2
SECONDS_TO_STOP = 2.0


class AlreadyRunning(Exception):
    """Another portal works with the same data."""


@contextmanager
def only_portal(var_dir: Path) -> Iterator[None]:
    """Hold the lock of this `var`. The system releases it with the process, however that ends."""
    with (var_dir / "portal.lock").open("a") as file:
        if not locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
            raise AlreadyRunning
        yield


class Backstage:
    """Worker and clock, as threads over the in-memory broker."""

    def __init__(self) -> None:
        app = app_or_default()
        app.finalize()
        app.loader.import_default_modules()
        self._worker = app.WorkController(
            app=app,
            hostname="embedded@portal",
            pool_cls="threads",
            concurrency=WORKER_THREADS,
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        # The clock keeps nothing: what is due when is data, and a tick missed while we were away is no loss.
        # A thread, as asked for; its annotation allows for a process too.
        self._clock: Any = EmbeddedService(app, thread=True, scheduler_cls="celery.beat:Scheduler")

    def start(self) -> None:
        process_is_ending.clear()
        is_ending.clear()
        threading.Thread(target=self._worker.start, name="worker", daemon=True).start()
        self._clock.start()
        jobs.take_over(now=timezone.now())

    def stop(self) -> bool:
        """Work in hand stops at its next step. False when it did not get there in time."""
        process_is_ending.set()
        is_ending.set()
        until = time.monotonic() + SECONDS_TO_STOP
        stopping = threading.Thread(target=self._worker.stop, name="worker-stop", daemon=True)
        stopping.start()
        self._clock.stop()
        stopping.join(max(0.0, until - time.monotonic()))
        return not stopping.is_alive()


class FrontDoor:
    """The web server. It is bound to its address from the start, so that a taken port is known at once."""

    def __init__(self, application: WSGIApplication, *, host: str, port: int) -> None:
        self._application = application
        # Forwarding headers are left in place: the mailbox page must notice a proxy (outbox/views/mailbox.py).
        self._server = create_server(
            application,
            host=host,
            port=port,
            threads=WEB_THREADS,
            ident="",
            clear_untrusted_proxy_headers=False,
        )

    def warm_up(self, path: str) -> None:
        """Answer one request of our own, so that the first visitor waits for no import and no template."""
        environ = {"PATH_INFO": path, "HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1"}
        setup_testing_defaults(environ)
        status: list[str] = []

        def start_response(line: str, *_: object) -> None:
            status.append(line)

        b"".join(self._application(environ, start_response))  # type: ignore[arg-type]  # we never write through it
        if status[0].startswith("5"):
            logger.error("The first page answered %s.", status[0])

    def serve(self) -> None:
        """Until SIGTERM or Ctrl-C; then requests in hand are finished."""
        self._server.run()
