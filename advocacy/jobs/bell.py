"""Ringing for a worker."""

import logging

from celery import current_app

from advocacy.kernel import bells

logger = logging.getLogger(__name__)
RUN_JOB = "advocacy.jobs.tasks.run_job"


def ring(job_id: int) -> None:
    """Tell a worker that this job waits. A dead broker costs time, not work: the sweep rings again."""
    if not bells.ring(current_app, RUN_JOB, [job_id]):
        logger.warning("The broker cannot be reached; job %s waits for the next sweep.", job_id)
