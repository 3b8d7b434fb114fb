"""Ringing for a worker. A bell may be lost or ring twice: the rows in the queue are what counts."""

import logging

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
DELIVER = "advocacy.outbox.tasks.deliver"


def ring_after_commit() -> None:
    """Once for each transaction, however many messages it writes: the worker looks for all of them."""
    if all(call is not ring for _savepoints, call, _robust in connection.run_on_commit):
        transaction.on_commit(ring, robust=True)


def ring() -> None:
    """Tell a worker that mail waits. A dead broker costs time, not mail: the sweep looks anyway."""
    try:
        current_app.send_task(DELIVER, retry=False, ignore_result=True)
    except OperationalError:
        logger.warning("The broker cannot be reached; the mail waits for the next sweep.")
