"""What the bell and the clock ask of the outbox. Each may come twice, or not at all."""

from celery import shared_task
from django.utils import timezone

from advocacy.outbox import delivery, report_mailbox, retention
from advocacy.outbox.models import KeptMessage


@shared_task(ignore_result=True)
def deliver() -> None:
    """Hand over what is due."""
    delivery.deliver()


@shared_task(ignore_result=True)
def sweep() -> None:
    """Find what was lost, then hand over what is due: the bell may not have been heard."""
    delivery.sweep(now=timezone.now())
    delivery.deliver()


@shared_task(ignore_result=True)
def purge_kept_messages() -> None:
    """Kept mail names people and carries sign-in links: it goes after thirty days."""
    KeptMessage.objects.older_than_kept(timezone.now()).delete()


@shared_task(ignore_result=True)
def read_reports() -> None:
    """Take in what mail servers report about messages that were sent."""
    report_mailbox.read_all(now=timezone.now())


@shared_task(ignore_result=True)
def forget() -> None:
    """Texts and tries are kept for a time, not for ever."""
    retention.forget(now=timezone.now())
