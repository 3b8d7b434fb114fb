"""A row as the bytes of a mail."""

import base64
from email.message import Message
from email.utils import format_datetime, parseaddr

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from advocacy.outbox import bounce_address
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.transports.interface import Parcel


def parcel_of(message: OutboundMessage) -> Parcel:
    return Parcel(
        pk=message.pk,
        fence=message.fence,
        sender=return_path_of(message),
        recipient=message.recipient,
        content=lambda: content_of(message).as_bytes(linesep="\r\n"),  # type: ignore[call-arg]  # Django's own class
    )


def return_path_of(message: OutboundMessage) -> str:
    """Where bounces go: an address that names the message where a domain is set up for that, else the sender."""
    own = message.headers.get("Return-Path") or bounce_address.address_for(message.pk)
    return parseaddr(str(own or message.sender))[1]


def content_of(message: OutboundMessage) -> Message:
    """The mail with its two forms and attachments; the Message-ID is the row's on every attempt."""
    headers = {name: value for name, value in message.headers.items() if name != "Return-Path"}
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=message.sender,
        to=[message.recipient],
        headers={
            **headers,
            "Message-ID": message.message_id,
            "Date": format_datetime(timezone.now()),
        },
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for part in message.attachments:
        mail.attach(part["name"], base64.b64decode(part["content"]), part["type"])
    return mail.message()
