"""Forgetting an address: that mail went is kept, to whom is not. A suppression stays, as a fingerprint."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from advocacy.outbox.actions import messages
from advocacy.outbox.models import FINAL, KeptMessage, OutboundMessage

# An address at which nobody is: what was counted keeps a row, and the row needs one.
NOBODYS_DOMAIN = "erased.invalid"
_EMPTY = {"subject": "–", "text": "", "html": "", "attachments": [], "headers": {}}


def forget_address(address: str, *, instead: str, now: datetime) -> int:
    """Cancel what waits for it, and let `instead` stand where it stood. Returns how many messages were emptied.

    What is in the hands of the mail server keeps its address until it is settled, and its text is forgotten in time.
    """
    KeptMessage.objects.filter(recipient=address).delete()
    return _empty(OutboundMessage.objects.filter(recipient=address), instead, now)


def forget_mail(begun_with: Iterable[str], *, to: str, instead: str, now: datetime) -> int:
    """Of the mail to an address only what was sent for one reason: its keys begin with one of these."""
    about = Q(pk__in=[])
    for beginning in begun_with:
        about |= Q(key__startswith=beginning)
    rows = OutboundMessage.objects.filter(about, recipient__iexact=to)
    subjects = list(rows.order_by().values_list("subject", flat=True))
    KeptMessage.objects.filter(recipient__iexact=to, subject__in=subjects).delete()
    return _empty(rows, instead, now)


def empty_texts(begun_with: str) -> int:
    """Somebody else was told of a person: that they were told is kept, what they were told is not."""
    return OutboundMessage.objects.filter(key__startswith=begun_with, state__in=FINAL).update(**_EMPTY)


def _empty(sent: QuerySet[OutboundMessage], instead: str, now: datetime) -> int:
    keys = list(sent.order_by().values_list("pk", flat=True))
    rows = OutboundMessage.objects.filter(pk__in=keys)
    messages.take_back(rows.waiting().only("pk"), because=_("The person asked to be forgotten."), now=now)
    domain = instead.rpartition("@")[2]
    return rows.filter(state__in=FINAL).update(recipient=instead, domain=domain, **_EMPTY)
