"""Raises workers that deliver mail, quickly, so that many can be killed: `python -m tests.chaos.nursery`.

A line on standard input asks for a worker; its process number comes back on standard output.
"""

import os
import sys
import time

import django
from django.db import InterfaceError, OperationalError, connection, connections

django.setup()

from django.utils import timezone  # noqa: E402 (settings come first)

from advocacy.outbox import delivery  # noqa: E402
from tests.outbox import posting  # noqa: E402

assert posting.ONCE


def work() -> None:
    """Deliver and sweep until somebody kills us."""
    while True:
        try:
            delivery.sweep(now=timezone.now())
            delivery.deliver()
        except (OperationalError, InterfaceError):
            # As a task of Celery fails, and the next one comes.
            connection.close()
        time.sleep(0.05)


def raise_workers() -> None:
    connections.close_all()
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work()
            finally:
                os._exit(1)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    raise_workers()
