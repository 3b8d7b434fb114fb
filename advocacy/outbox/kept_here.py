"""Delivery without a relay: due messages become kept copies in the same transaction that says they were sent."""

from datetime import datetime

from django.db import transaction

from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import KeptMessage, OutboundMessage, Phase
from advocacy.outbox.verdicts import Outcome, Verdict

_BUNDLE = 200
CARRIER = "mailbox"


def keep(owner: str, *, now: datetime) -> int:
    """Keep everything that is due. Returns how many; nothing of it has left this machine."""
    kept, ledger = 0, Ledger(owner)
    while True:
        with transaction.atomic():
            taken = ledger.claim(_BUNDLE, now=now)
            going = ledger.put_on_wire(taken, now=now)
            taken = [message for message in taken if message.pk in going]
            KeptMessage.objects.bulk_create(_copy(message, now) for message in taken)
            ledger.settle([_kept(message, now) for message in taken], now=now)
        if not taken:
            return kept
        kept += len(taken)


def _copy(message: OutboundMessage, now: datetime) -> KeptMessage:
    return KeptMessage(
        recipient=message.recipient,
        subject=message.subject,
        text=message.text,
        html=message.html,
        headers={"From": message.sender, "To": message.recipient, **message.headers},
        kept_at=now,
    )


def _kept(message: OutboundMessage, now: datetime) -> Outcome:
    return Outcome(
        pk=message.pk,
        fence=message.fence,
        verdict=Verdict.SENT,
        phase=Phase.DONE,
        code=None,
        text="",
        carrier=CARRIER,
        at=now,
        milliseconds=0,
    )
