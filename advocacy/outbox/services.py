"""Reports of e-mail services, read by django-anymail, which knows how each of them speaks and proves who it is."""

from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.sendgrid import SendGridTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostTrackingWebhookView
from django.dispatch import receiver
from django.utils import timezone

from advocacy.outbox.actions import events
from advocacy.outbox.actions.events import Report
from advocacy.outbox.models import EventKind

SERVICES: dict[str, type[AnymailBaseWebhookView]] = {
    "brevo": BrevoTrackingWebhookView,
    "mailgun": MailgunTrackingWebhookView,
    "mailjet": MailjetTrackingWebhookView,
    "postmark": PostmarkTrackingWebhookView,
    "sendgrid": SendGridTrackingWebhookView,
    "sparkpost": SparkPostTrackingWebhookView,
}


@receiver(tracking, dispatch_uid="outbox")
def note(sender: Any, event: AnymailTrackingEvent, esp_name: str, **kwargs: Any) -> None:
    """What anymail understood, as a report of ours; opens and clicks are none of our business."""
    kind = _kind_of(event)
    if kind is None:
        return
    now = timezone.now()
    number = event.event_id or f"{event.message_id}:{event.recipient}:{event.event_type}:{event.timestamp}"
    report = Report(
        source=esp_name.lower()[:40],
        event_id=str(number),
        kind=kind,
        at=event.timestamp or now,
        recipient=event.recipient or "",
        message_id=event.message_id or "",
        text=event.description or event.mta_response or "",
    )
    events.take_in(report, is_trusted=True, now=now)


def _kind_of(event: AnymailTrackingEvent) -> EventKind | None:
    if event.event_type == EventType.DELIVERED:
        return EventKind.DELIVERED
    if event.event_type == EventType.COMPLAINED:
        return EventKind.COMPLAINT
    if event.event_type in (EventType.BOUNCED, EventType.REJECTED, EventType.FAILED):
        is_hard = event.reject_reason in (RejectReason.BOUNCED, RejectReason.INVALID)
        return EventKind.HARD_BOUNCE if is_hard else EventKind.SOFT_BOUNCE
    return None
