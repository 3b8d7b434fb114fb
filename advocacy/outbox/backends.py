"""Django's mail backend of an installation without a relay."""

from collections.abc import Iterable, Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from advocacy.outbox.models import KeptMessage


class MailboxBackend(BaseEmailBackend):
    """Keeps each message for the mailbox page instead of sending it, one copy for each recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent = [message for message in email_messages if message.recipients()]
        KeptMessage.objects.bulk_create(copy for message in sent for copy in _copies(message))
        return len(sent)


def _copies(message: EmailMessage) -> Iterable[KeptMessage]:
    text, html = _bodies(message)
    shown = {"From": message.from_email, "To": ", ".join(message.to), "Cc": ", ".join(message.cc)}
    shown |= {"Reply-To": ", ".join(message.reply_to)} | message.extra_headers
    headers = {name: str(value) for name, value in shown.items() if value}
    addresses = {parseaddr(recipient)[1].lower() for recipient in message.recipients()}
    for address in sorted(addresses):
        yield KeptMessage(
            recipient=address,
            subject=" ".join(str(message.subject).split())[:998],
            text=text,
            html=html,
            headers=headers,
            kept_at=timezone.now(),
        )


def _bodies(message: EmailMessage) -> tuple[str, str]:
    body = str(message.body)
    if message.content_subtype == "html":
        return "", body
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    formatted = [str(content) for content, mimetype in alternatives if mimetype == "text/html"]
    return body, formatted[0] if formatted else ""
