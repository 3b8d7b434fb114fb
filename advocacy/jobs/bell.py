"""Ringing for a worker."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
RUN_JOB = "advocacy.jobs.tasks.run_job"


def ring(job_id: int) -> None:
    """Tell a worker that this job waits. A dead broker costs time, not work: the sweep rings again."""
    try:
        current_app.send_task(RUN_JOB, args=[job_id], retry=False, ignore_result=True)
    except OperationalError:
        logger.warning("The broker cannot be reached; job %s waits for the next sweep.", job_id)
