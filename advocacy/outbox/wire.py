"""A row as the bytes of a mail."""

import base64
import io
import secrets
from email.generator import BytesGenerator
from email.message import Message
from email.policy import Compat32
from email.utils import format_datetime, parseaddr

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from advocacy.outbox import bounce_address
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.transports.interface import Parcel

# RFC 5322, 2.1.1: what should fit on a line, and what must.
_LINE, _LONGEST_LINE = 78, 990


class _Swift(Compat32):
    """Python's policy for Django's mails, but a plain header that fits on its line, or is one long word, stands as
    it is. Otherwise most of the time a mail takes goes into looking where headers could be folded that are not.
    """

    def fold_binary(self, name: str, value: object) -> bytes:
        if isinstance(value, str) and _needs_no_folding(name, value):
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)  # type: ignore[arg-type]  # what the message gave us


_swift = _Swift()


def parcel_of(message: OutboundMessage) -> Parcel:
    return Parcel(
        pk=message.pk,
        fence=message.fence,
        sender=return_path_of(message),
        recipient=message.recipient,
        content=bytes_of(content_of(message)),
    )


def bytes_of(mail: Message) -> bytes:
    """The mail as it goes on the wire: what Django would write, sooner."""
    for part in mail.walk():
        if part.is_multipart():
            # Chance alone keeps it out of the text; the generator would compile a pattern and search for it.
            part.set_boundary(f"==={secrets.token_hex(16)}==")
    written = io.BytesIO()
    BytesGenerator(written, mangle_from_=False, policy=_swift).flatten(mail, linesep="\r\n")
    return written.getvalue()


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


def _needs_no_folding(name: str, value: str) -> bool:
    is_plain = value.isascii() and value.isprintable() and value == value.strip()
    most = _LINE if " " in value else _LONGEST_LINE
    return is_plain and len(name) + len(": ") + len(value) <= most
