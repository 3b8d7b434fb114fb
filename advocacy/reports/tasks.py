"""The bell Celery rings; it may ring twice, or be lost."""

from celery import shared_task
from django.utils import timezone

from advocacy.reports.actions import reports


@shared_task(ignore_result=True)
def open_reports() -> None:
    reports.open_due(now=timezone.now())
