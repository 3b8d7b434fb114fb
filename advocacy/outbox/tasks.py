"""What the clock asks of the mailbox."""

from celery import shared_task
from django.utils import timezone

from advocacy.outbox.models import KeptMessage


@shared_task(ignore_result=True)
def purge_kept_messages() -> None:
    """Kept mail names people and carries sign-in links: it goes after thirty days."""
    KeptMessage.objects.older_than_kept(timezone.now()).delete()
