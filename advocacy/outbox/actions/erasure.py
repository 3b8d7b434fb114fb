"""Forgetting an address: that mail went is kept, to whom is not. A suppression stays, as a fingerprint."""

from datetime import datetime

from django.utils.translation import gettext as _

from advocacy.outbox.actions import messages
from advocacy.outbox.models import FINAL, KeptMessage, OutboundMessage


def forget_address(address: str, *, instead: str, now: datetime) -> int:
    """Cancel what waits for it, and let `instead` stand where it stood. Returns how many messages were emptied.

    What is in the hands of the mail server keeps its address until it is settled, and its text is forgotten in time.
    """
    sent = OutboundMessage.objects.filter(recipient=address)
    messages.take_back(sent.waiting().only("pk"), because=_("The person asked to be forgotten."), now=now)
    KeptMessage.objects.filter(recipient=address).delete()
    emptied = {"text": "", "html": "", "attachments": [], "headers": {}}
    domain = instead.rpartition("@")[2]
    return sent.filter(state__in=FINAL).update(recipient=instead, domain=domain, subject="–", **emptied)
