"""The mail to somebody whose webhook was switched off because it failed."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from advocacy.api.addresses import address
from advocacy.api.models import WebhookEndpoint
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from advocacy.outbox.models import OutboundMessage

OFF = "api.webhook_off"


def tell_owner(endpoint: WebhookEndpoint, because: str, *, now: datetime) -> OutboundMessage:
    """In the language in force: the owner's."""
    context = {"endpoint": endpoint, "because": because, "page": address("webhook_list")}
    letter = Letter(
        to=endpoint.owner.email,
        subject=_("A webhook of yours is switched off"),
        text=render_to_string("api/mail/webhook_off.txt", context),
        html=render_to_string("api/mail/webhook_off.html", context),
        user=endpoint.owner,
        why=_("You added this webhook."),
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    return messages.post(OFF, letter, key=f"{endpoint.pk}:{now.isoformat()}", now=now)
