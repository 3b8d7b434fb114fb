"""What became of letters that were handed to the outbox, taken over into the letters themselves."""

from datetime import datetime, timedelta

from advocacy.outbox.models import NOT_DELIVERED, MessageState, OutboundMessage
from campaigns import letter_mail
from campaigns.models import Confirmation, Letter
from campaigns.models.participation import LetterQuerySet

# A bounce may come days after a server took the mail.
_REPORTS_COME_WITHIN = timedelta(days=10)


def settle(*, now: datetime) -> int:
    """Take over what the outbox knows: handed over, or not to be delivered. Returns how many letters changed."""
    waiting = Letter.objects.filter(confirmation=Confirmation.WAITING)
    sent = waiting.filter(message__state=MessageState.SENT)
    lately = OutboundMessage.objects.filter(
        kind=letter_mail.KIND, state__in=NOT_DELIVERED, settled_at__gte=now - _REPORTS_COME_WITHIN
    )
    lost = Letter.objects.filter(message__in=lately).exclude(confirmation=Confirmation.FAILED)
    return _mark(sent, Confirmation.CONFIRMED) + _mark(lost, Confirmation.FAILED)


def _mark(letters: LetterQuerySet, as_: Confirmation) -> int:
    return Letter.objects.filter(pk__in=letters.order_by().values("pk")).update(confirmation=as_)
