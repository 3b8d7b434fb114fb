"""Reading what mail servers send back: delivery reports (RFC 3464) and complaints (ARF, RFC 5965)."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parsedate_to_datetime
from typing import Any

from advocacy.outbox import bounce_address
from advocacy.outbox.actions.events import Report
from advocacy.outbox.models import EventKind

SOURCE = "mailbox"
_NO_SUCH_ADDRESS = "5.1."
_WHERE_IT_CAME = ("To", "Delivered-To", "X-Original-To", "Envelope-To")


def read(content: bytes, *, now: datetime) -> list[Report]:
    """What this mail reports; nothing where it is no report. Raises nothing, whatever stands in it."""
    mail: Any = message_from_bytes(content, policy=default)
    try:
        return list(_reports(mail, content, now))
    except (ValueError, LookupError, AttributeError, TypeError):
        # Python's parser gives way in many places where a header is not what it claims to be.
        return []


def _reports(mail: EmailMessage, content: bytes, now: datetime) -> Iterator[Report]:
    name = str(mail["Message-ID"] or "").strip() or hashlib.sha256(content).hexdigest()
    addresses = " ".join(str(value) for header in _WHERE_IT_CAME for value in mail.get_all(header, []))
    blank = Report(
        SOURCE,
        name,
        EventKind.COMPLAINT,
        _moment(mail, now),
        message_id=_original_id(mail),
        pk=bounce_address.message_named_in(addresses),
    )
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            for number, block in enumerate(_blocks(part)):
                if (kind := _kind_of(block)) is not None:
                    text = f"{block['Status'] or ''} {block['Diagnostic-Code'] or ''}"
                    yield blank._replace(
                        event_id=f"{name}#{number}",
                        kind=kind,
                        recipient=_address(block["Final-Recipient"]),
                        text=" ".join(text.split()),
                    )
        elif part.get_content_type() == "message/feedback-report":
            fields = next(iter(_blocks(part)), Message())
            if str(fields["Feedback-Type"] or "").strip().lower() == "abuse":
                yield blank._replace(recipient=_address(fields["Original-Rcpt-To"]))


def _blocks(part: Any) -> list[Message]:
    """The groups of fields: Python's parser reads a delivery status as one message for each."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return payload
    return [message_from_bytes(str(payload).encode())]


def _kind_of(block: Message) -> EventKind | None:
    """What became of one recipient. A delay is no end: the last word comes in another report."""
    action = str(block["Action"] or "").strip().lower()
    status = str(block["Status"] or "").strip()
    if action == "delivered":
        return EventKind.DELIVERED
    if action == "failed":
        return EventKind.HARD_BOUNCE if status.startswith(_NO_SUCH_ADDRESS) else EventKind.SOFT_BOUNCE
    return None


def _address(field: Any) -> str:
    """`rfc822; dana@example.org`."""
    return str(field or "").rpartition(";")[2].strip(" <>").lower()


def _original_id(mail: EmailMessage) -> str:
    """The Message-ID of ours, from the message or the headers that came back."""
    for part in mail.walk():
        if part.get_content_type() == "text/rfc822-headers":
            returned = message_from_bytes(str(part.get_payload()).encode())
            return str(returned["Message-ID"] or "").strip()
        if part.get_content_type() == "message/rfc822":
            inner: Any = part.get_payload(0)
            return str(inner["Message-ID"] or "").strip()
    return ""


def _moment(mail: EmailMessage, now: datetime) -> datetime:
    try:
        said = parsedate_to_datetime(str(mail["Date"]))
    except (ValueError, TypeError):
        return now
    return said if said.tzinfo else said.replace(tzinfo=UTC)
