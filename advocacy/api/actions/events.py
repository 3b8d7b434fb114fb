"""Events for webhooks: written down with their cause, and spread to the addresses that may be told."""

import json
import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from celery import current_app
from django.db import connection, transaction

from advocacy.api import subjects
from advocacy.api.models import EventKind, KeptAnswer, WebhookDelivery, WebhookEndpoint, WebhookEvent
from advocacy.kernel import bells

logger = logging.getLogger(__name__)
DELIVER = "advocacy.api.tasks.deliver"
_AT_ONCE = 100
_KEPT_FOR = timedelta(days=30)


def note(name: str, keys: Collection[int], at: datetime) -> None:
    """Write the events down where some address listens for them; the rest is a worker's."""
    if name not in EventKind.values:
        return
    wanted = WebhookEndpoint.objects.active().order_by().values_list("events", flat=True)
    if not any(name in events for events in wanted):
        return
    WebhookEvent.objects.bulk_create(
        [WebhookEvent(kind=name, subject=key, at=at) for key in keys], batch_size=500
    )
    ring_after_commit()


def ring_after_commit() -> None:
    if not any(ring in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(ring, robust=True)


def ring() -> None:
    """A dead broker costs a minute, not an event: the clock looks anyway."""
    if not bells.ring(current_app, DELIVER):
        logger.warning("The broker cannot be reached; webhooks wait for the next minute.")


def spread(*, now: datetime) -> int:
    """A delivery for each address that listens and whose owner may read what happened. Says how many events."""
    done = 0
    while events := list(WebhookEvent.objects.filter(spread_at=None).order_by("pk")[:_AT_ONCE]):
        with transaction.atomic():
            endpoints = list(WebhookEndpoint.objects.active().select_related("owner").order_by("pk"))
            deliveries = [one for event in events for one in _deliveries(event, endpoints, now)]
            WebhookDelivery.objects.bulk_create(deliveries, ignore_conflicts=True)
            WebhookEvent.objects.filter(pk__in=[event.pk for event in events]).update(spread_at=now)
        done += len(events)
    return done


def _deliveries(
    event: WebhookEvent, endpoints: list[WebhookEndpoint], now: datetime
) -> list[WebhookDelivery]:
    return [
        WebhookDelivery(endpoint=endpoint, event=event, payload=_payload(event), next_at=now)
        for endpoint in endpoints
        if event.kind in endpoint.events
        and event.at >= endpoint.created_at
        and subjects.may_be_told(endpoint.owner, event.kind, event.subject)
    ]


def _payload(event: WebhookEvent) -> str:
    """What happened, and where it is read; nothing of what stands there."""
    said = {
        "id": str(event.public_id),
        "type": event.kind,
        "created_at": event.at.isoformat(),
        "data": {"id": event.subject, "url": subjects.where(event.kind, event.subject)},
    }
    return json.dumps(said, separators=(",", ":"))


def forget(*, now: datetime) -> None:
    """Events go with their deliveries after thirty days, answers kept for retries after seven."""
    WebhookEvent.objects.filter(at__lt=now - _KEPT_FOR).delete()
    KeptAnswer.objects.older_than_kept(now).delete()
