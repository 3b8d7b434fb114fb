"""The bells the clock rings for the log. Each may ring twice, or be lost."""

from celery import shared_task
from django.utils import timezone

from advocacy.interactions.actions import proofs


@shared_task(ignore_result=True)
def settle_by_the_record() -> None:
    """What an import has brought since may close what was asked or promised."""
    proofs.settle(now=timezone.now())
