"""The bells Celery rings for the public record. Each may ring twice, or be lost."""

from celery import shared_task
from django.utils import timezone

from legislation import search_alerts
from legislation.actions import feeds
from legislation.measure_search import index_days_that_came


@shared_task(ignore_result=True)
def start_due_syncs() -> None:
    feeds.furnish()
    feeds.start_due(now=timezone.now())


@shared_task(ignore_result=True)
def look_through_searches() -> None:
    search_alerts.look_through(timezone.now())


@shared_task(ignore_result=True)
def note_days_that_came() -> None:
    index_days_that_came(timezone.now().date())
