"""Django's mail backend: what other packages send becomes a row like everything else."""

import uuid
from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.translation import gettext

from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from advocacy.outbox.kinds import ACCOUNT


class OutboxBackend(BaseEmailBackend):
    """Posts one message for each recipient, in the caller's transaction. Nothing is asked of a mail server here."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent = [message for message in email_messages if message.recipients()]
        for message in sent:
            text, html = _bodies(message)
            shown = {"Reply-To": ", ".join(message.reply_to)} | message.extra_headers
            for address in sorted({parseaddr(one)[1].lower() for one in message.recipients()}):
                messages.post(
                    ACCOUNT,
                    Letter(
                        to=address,
                        subject=" ".join(str(message.subject).split()),
                        text=text,
                        html=html,
                        why=gettext("It is about your account, or answers something you did in the portal."),
                        sender=message.from_email,
                        headers={name: str(value) for name, value in shown.items() if value},
                    ),
                    key=uuid.uuid4().hex,
                    now=timezone.now(),
                )
        return len(sent)


def _bodies(message: EmailMessage) -> tuple[str, str]:
    body = str(message.body)
    if message.content_subtype == "html":
        return "", body
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    formatted = [str(content) for content, mimetype in alternatives if mimetype == "text/html"]
    return body, formatted[0] if formatted else ""
