"""The mails of this floor: one function for each kind, three templates each, in the reader's language."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from members.models import Invitation, Society


def send_invitation(invitation: Invitation, *, link: str) -> None:
    """Mail the link. Raises what the mail server raises: an invitation that could not be sent is not kept."""
    society = Society.objects.first()
    zone = ZoneInfo(invitation.chapter.time_zone if invitation.chapter else "UTC")
    with translation.override(invitation.language), timezone.override(zone):
        _send(
            "invitation",
            to=invitation.email,
            context={"invitation": invitation, "link": link, "society": society},
        )


def _send(kind: str, *, to: str, context: dict[str, Any]) -> None:
    subject = render_to_string(f"members/mail/{kind}_subject.txt", context)
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"members/mail/{kind}.txt", context),
        to=[to],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    message.attach_alternative(render_to_string(f"members/mail/{kind}.html", context), "text/html")
    message.send()
