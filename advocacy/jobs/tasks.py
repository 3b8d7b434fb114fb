"""The bells Celery rings. Each may ring twice, or be lost."""

from celery import shared_task
from django.utils import timezone

from advocacy.jobs.actions import jobs


@shared_task(ignore_result=True)
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task(ignore_result=True)
def sweep() -> None:
    jobs.sweep(now=timezone.now())
