"""What running work says about itself, and how it learns that it must stop."""

import threading
import time

from django.db import connection
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.jobs.models import Job

# Set when this process is about to end: work in hand stops at its next step and goes back to the queue.
process_is_ending = threading.Event()
# A writer that waits for SQLite's lock backs off and never finds a short gap between two chunks.
PAUSE_FOR_OTHER_WRITERS = 0.05


class Cancelled(Exception):
    """Somebody asked for the job to be cancelled."""


class Interrupted(Exception):
    """The process is ending; the job goes back to the queue."""


class Lost(Exception):
    """The job was silent for so long that another worker has it now; this one must not go on."""


class Progress:
    """The running job as its work sees it. Call `step` after each chunk, outside of any transaction."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @property
    def by(self) -> User | None:
        """Who asked for the work; None when the clock did."""
        return self._job.created_by

    def step(self, done: int, *, of: int | None = None, message: str = "") -> None:
        """Write down how far the work is; also its sign of life, due at least once a minute.

        Raises Cancelled, Interrupted or Lost, which the work lets through after tidying up.
        """
        job = Job.objects.in_hand_as(self._job)
        total = None if of is None else max(of, done)
        changes = {"progress_done": done, "progress_total": total, "message": message[:300]}
        if not job.update(**changes, heartbeat_at=timezone.now()):
            raise Lost
        if job.filter(cancel_requested_at__isnull=False).exists():
            raise Cancelled
        if process_is_ending.is_set():
            raise Interrupted
        if connection.vendor == "sqlite":
            time.sleep(PAUSE_FOR_OTHER_WRITERS)
