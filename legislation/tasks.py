"""The bells Celery rings for the public record. Each may ring twice, or be lost."""

from celery import shared_task
from django.utils import timezone

from legislation.actions import feeds


@shared_task(ignore_result=True)
def start_due_syncs() -> None:
    feeds.furnish()
    feeds.start_due(now=timezone.now())
