"""Verbs for tests of the outbox: a message in the queue, of a kind that is sent at most once or at least once."""

from datetime import UTC, datetime, timedelta
from typing import Any

from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from advocacy.outbox.kinds import Delivery, Kind, kind
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.streams import Stream

ONCE, AGAIN = "rehearsal.once", "rehearsal.again"
kind(ONCE, Kind(Delivery.AT_MOST_ONCE, Stream.DUTY, "reminders", label="Rehearsal"))
kind(AGAIN, Kind(Delivery.AT_LEAST_ONCE, Stream.ACCOUNT, "account", label="Rehearsal", priority=0))
DIGEST, ASK, LETTER = "rehearsal.digest", "rehearsal.ask", "rehearsal.letter"
kind(DIGEST, Kind(Delivery.AT_MOST_ONCE, Stream.OPTIONAL, "digests", label="Rehearsal"))
kind(ASK, Kind(Delivery.AT_MOST_ONCE, Stream.CAMPAIGN, "news", label="Rehearsal"))
kind(LETTER, Kind(Delivery.AT_MOST_ONCE, Stream.LETTER, "letters", label="Rehearsal"))
NOON = datetime(2027, 2, 9, 12, tzinfo=UTC)
LATER = timedelta(hours=2)


def posted(
    to: str = "dana@example.org", *, key: str = "", of: str = ONCE, now: datetime = NOON, **fields: Any
) -> OutboundMessage:
    when = {name: fields.pop(name) for name in ("not_before", "expires_at") if name in fields}
    letter = Letter(to=to, subject="Your month", text="In plain text.", **fields)
    return messages.post(of, letter, key=key or to, now=now, **when)


def now_of(message: OutboundMessage) -> OutboundMessage:
    return OutboundMessage.objects.get(pk=message.pk)
