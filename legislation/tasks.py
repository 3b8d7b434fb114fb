"""The bells Celery rings for the public record. Each may ring twice, or be lost."""

from celery import shared_task
from django.utils import timezone

from legislation import search_alerts
from legislation.actions import feeds


@shared_task(ignore_result=True)
def start_due_syncs() -> None:
    feeds.furnish()
    feeds.start_due(now=timezone.now())


@shared_task(ignore_result=True)
def look_through_searches() -> None:
    search_alerts.look_through(timezone.now())
