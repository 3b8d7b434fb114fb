"""Ringing for a worker. A bell may be lost or ring twice: the rows in the queue are what counts."""

import logging

from celery import current_app

from advocacy.kernel import bells

logger = logging.getLogger(__name__)
DELIVER = "advocacy.outbox.tasks.deliver"


def ring() -> None:
    """Tell a worker that mail waits. A dead broker costs time, not mail: the sweep looks anyway."""
    if not bells.ring(current_app, DELIVER):
        logger.warning("The broker cannot be reached; the mail waits for the next sweep.")
