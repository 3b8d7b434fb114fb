"""What can be done with a job: ask for it, cancel it, run it, find it again."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.jobs.bell import ring
from advocacy.jobs.kinds import kinds
from advocacy.jobs.models import Job, JobQuerySet, State
from advocacy.jobs.progress import Cancelled, Interrupted, Lost, Progress

logger = logging.getLogger(__name__)
WAITED_LONG = timedelta(seconds=30)
SILENT_LONG = timedelta(minutes=2)
MOST_ATTEMPTS = 3
MOST_BELLS_AT_ONCE = 100


class UnknownKind(LookupError):
    """No app offers this kind of work."""


def enqueue(kind: str, *, by: User | None, **arguments: Any) -> Job:
    """Ask for work, in the caller's transaction. `by` is None only when the clock asks."""
    if kind not in kinds:
        raise UnknownKind(kind)
    job: Job = Job.objects.create(kind=kind, arguments=arguments, created_by=by, queued_at=timezone.now())
    transaction.on_commit(lambda: ring(job.pk), robust=True)
    return job


def cancel(job: Job, *, at: datetime) -> bool:
    """Stop the job: at once while it waits, after its present chunk while it runs. False when it is over."""
    stopped = Job.objects.queued().filter(pk=job.pk).update(state=State.CANCELLED, finished_at=at)
    if stopped:
        return True
    return bool(Job.objects.running().filter(pk=job.pk).update(cancel_requested_at=at))


def run(job_id: int) -> None:
    """Do the work of one job if it still waits; a second call finds nothing to do."""
    job = Job.objects.claim(job_id, at=timezone.now())
    if job is None:
        return
    try:
        result = kinds[job.kind](Progress(job), **job.arguments)
    except Interrupted:
        _put_back(Job.objects.in_hand_as(job), attempts=job.attempts - 1)
    except Lost:
        logger.warning("%s was silent for too long and is in other hands.", job)
    except Cancelled:
        _finish(job, State.CANCELLED)
    except Exception as error:
        logger.exception("%s failed.", job)
        _finish(job, State.FAILED, error=f"{type(error).__name__}: {error}")
    else:
        _finish(job, State.DONE, result=result or {})


def sweep(*, now: datetime) -> None:
    """Find what was lost: jobs whose worker fell silent, and jobs whose bell nobody heard."""
    _recover(Job.objects.running().filter(heartbeat_at__lt=now - SILENT_LONG), now=now)
    _ring_for(Job.objects.queued().filter(queued_at__lt=now - WAITED_LONG))


def take_over(*, now: datetime) -> None:
    """After the start of the only process there is: what seems to run belongs to one that died."""
    _recover(Job.objects.running(), now=now)
    _ring_for(Job.objects.queued())


def _recover(lost: JobQuerySet, *, now: datetime) -> None:
    lost.filter(cancel_requested_at__isnull=False).update(
        state=State.CANCELLED, heartbeat_at=None, finished_at=now
    )
    lost.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=State.FAILED,
        heartbeat_at=None,
        finished_at=now,
        error=_("The worker stopped in the middle of this job %(count)d times.") % {"count": MOST_ATTEMPTS},
    )
    _put_back(lost)


def _put_back(jobs: JobQuerySet, **changes: Any) -> None:
    """To the queue, as old as it was: the next sweep rings for it."""
    jobs.update(state=State.QUEUED, started_at=None, heartbeat_at=None, **changes)


def _ring_for(jobs: JobQuerySet) -> None:
    for job_id in jobs.order_by("queued_at", "pk").values_list("pk", flat=True)[:MOST_BELLS_AT_ONCE]:
        ring(job_id)


def _finish(job: Job, state: State, **changes: Any) -> None:
    Job.objects.in_hand_as(job).update(state=state, heartbeat_at=None, finished_at=timezone.now(), **changes)
