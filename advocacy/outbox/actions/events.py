"""Taking in a report about a message, and what follows from it (RELIABILITY.md §3.6, §9.3)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from advocacy.outbox import storms
from advocacy.outbox.actions import suppressions
from advocacy.outbox.models import (
    DeliveryEvent,
    EventKind,
    MessageState,
    OutboundMessage,
    Reason,
    fingerprint_of,
)
from advocacy.outbox.streams import Stream

# The source of what the server said while we spoke to it; it shows that it did not take the message.
AT_THE_DOOR = "smtp"
_MOST_SOFT, _SOFT_FOR = 5, timedelta(days=7)
_SOFT_FORGOTTEN = timedelta(days=60)
# A service that knows its own number only still means the last message to that address.
_RECENT = timedelta(days=7)


class Report(NamedTuple):
    """What a report says. `pk` and `message_id` name the message where the report does."""

    source: str
    event_id: str
    kind: EventKind
    at: datetime
    recipient: str = ""
    message_id: str = ""
    pk: int | None = None
    text: str = ""


@transaction.atomic
def take_in(report: Report, *, is_trusted: bool, now: datetime) -> bool:
    """Note a report and do what follows. False where it was noted before, or names no message of ours.

    Anybody can write to a mailbox for bounces: such a report counts only if it names a message by something that
    was told to its recipient alone. A service that proved who it is (`is_trusted`) may name just the address.
    """
    message = _named_in(report)
    meant = message or (_last_to(report.recipient, now=now) if is_trusted else None)
    if meant is None:
        return False
    event = DeliveryEvent(
        source=report.source,
        event_id=report.event_id[:300],
        kind=report.kind,
        at=min(report.at, now),
        noted_at=now,
        message=message,
        address=fingerprint_of(meant.recipient),
        stream=meant.stream,
        text=report.text[:500],
    )
    known = DeliveryEvent.objects.filter(source=event.source, event_id=event.event_id)
    if known.exists():
        return False
    DeliveryEvent.objects.bulk_create([event], ignore_conflicts=True)
    _leave_alone(event, now=now)
    settle_doubts(now=now)
    if event.kind in (EventKind.HARD_BOUNCE, EventKind.COMPLAINT):
        storms.watch(event.stream, now=now)
    return True


def note_unknown_addresses(refused: Collection[tuple[OutboundMessage, str]], *, now: datetime) -> None:
    """A server that says at once that nobody has this address says the same as a report that comes back later."""
    for message, words in refused:
        event = DeliveryEvent(
            source=AT_THE_DOOR,
            event_id=f"{message.pk}.{message.fence}",
            kind=EventKind.HARD_BOUNCE,
            at=now,
            noted_at=now,
            message=message,
            address=fingerprint_of(message.recipient),
            stream=message.stream,
            text=words[:500],
        )
        DeliveryEvent.objects.bulk_create([event], ignore_conflicts=True)
        _leave_alone(event, now=now)
    for stream in sorted({message.stream for message, _words in refused}):
        storms.watch(stream, now=now)


def settle_doubts(*, now: datetime) -> int:
    """Whatever came back about an uncertain message shows that the mail server took it."""
    reported = (
        DeliveryEvent.objects.filter(message__isnull=False).exclude(source=AT_THE_DOOR).values("message")
    )
    doubtful = OutboundMessage.objects.uncertain().filter(pk__in=reported)
    keys = list(doubtful.values_list("pk", flat=True))
    if not keys:
        return 0
    said = _("The mail server has reported about it.")
    rows = OutboundMessage.objects.uncertain().filter(pk__in=keys)
    count = rows.update(state=MessageState.SENT, settled_at=now, resolution=said)
    OutboundMessage.objects.filter(pk__in=keys).forget_account_text()
    return count


def _named_in(report: Report) -> OutboundMessage | None:
    if report.pk is not None:
        return OutboundMessage.objects.filter(pk=report.pk).first()
    if not report.message_id:
        return None
    message_id = report.message_id.strip()
    names = {message_id, f"<{message_id.strip('<>')}>"}
    return OutboundMessage.objects.filter(message_id__in=names).first()


def _last_to(recipient: str, *, now: datetime) -> OutboundMessage | None:
    rows = OutboundMessage.objects.filter(recipient=recipient.strip().lower(), created_at__gt=now - _RECENT)
    return rows.order_by("-pk").first() if recipient else None


def _leave_alone(event: DeliveryEvent, *, now: datetime) -> None:
    stream = event.stream
    if event.kind == EventKind.COMPLAINT:
        reason, stream = Reason.COMPLAINT, ""
    elif event.kind == EventKind.HARD_BOUNCE:
        reason = Reason.HARD_BOUNCE
    elif (
        event.kind == EventKind.SOFT_BOUNCE and stream != Stream.ACCOUNT and _is_soft_for_long(event, now=now)
    ):
        reason = Reason.SOFT_BOUNCES
    else:
        return
    evidence = f"{event.source}: {event.text}"
    suppressions.add_for(event.address, reason=reason, stream=stream, evidence=evidence, now=now)


def _is_soft_for_long(event: DeliveryEvent, *, now: datetime) -> bool:
    rows = DeliveryEvent.objects.soft_bounces_of(event.address, event.stream).filter(
        at__gt=now - _SOFT_FORGOTTEN
    )
    span = rows.aggregate(first=Min("at"), last=Max("at"))
    return rows.count() >= _MOST_SOFT and span["last"] - span["first"] >= _SOFT_FOR
