"""What the bell and the clock ask of webhooks. Each may come twice, or not at all."""

from celery import shared_task
from django.utils import timezone

from advocacy.api.actions import deliveries, events


@shared_task(ignore_result=True)
def deliver() -> None:
    """Spread what happened to those who listen, and tell what is due."""
    events.spread(now=timezone.now())
    deliveries.deliver(now=timezone.now())


@shared_task(ignore_result=True)
def forget() -> None:
    """Events and kept answers are kept for a time, not for ever."""
    events.forget(now=timezone.now())
