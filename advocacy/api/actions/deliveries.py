"""Telling webhooks: at least once, later and later, and not for ever."""

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.api import calling, letters, signing, subjects
from advocacy.api.actions import endpoints, events
from advocacy.api.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from advocacy.audit import trail
from members import second_factor

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WAITS = (_MINUTE, 5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, _DAY, _DAY, _DAY, _DAY)
# A worker that is silent for so long has lost what it had in hand: a call takes ten seconds.
LEASE = 2 * _MINUTE
OFF_AFTER = 5 * _DAY
_SECONDS_OF_A_RUN = 50.0
_GONE = 410
_ORDER = (F("endpoint__failing_since").asc(nulls_first=True), "next_at", "pk")


def deliver(*, now: datetime) -> int:
    """Tell what is due, for less than a minute. An address that fails is not tried again in the same run.

    Addresses that answer come first: those that keep a worker waiting for ten seconds each hold up only themselves.
    """
    ends_at = time.monotonic() + _SECONDS_OF_A_RUN
    failing: set[int] = set()
    told = 0
    while time.monotonic() < ends_at:
        due = WebhookDelivery.objects.due(now).exclude(endpoint__in=failing)
        delivery = due.select_related("endpoint__owner", "event").order_by(*_ORDER).first()
        if delivery is None:
            break
        if not _claim(delivery, now):
            continue
        if _tell(delivery, now):
            told += 1
        else:
            failing.add(delivery.endpoint_id)
    return told


def send_again(delivery: WebhookDelivery, *, by: User, now: datetime) -> bool:
    """A person has it told once more, whatever became of it. False while it waits anyway, or its address is off."""
    with transaction.atomic():
        again = WebhookDelivery.objects.filter(pk=delivery.pk, endpoint__disabled_at=None)
        changed = again.exclude(state=DeliveryState.WAITING).update(
            state=DeliveryState.WAITING, next_at=now, attempts=0
        )
        if changed:
            trail.record(
                by=by, verb="sent webhook again", of=delivery.endpoint, reason=str(delivery.event.public_id)
            )
            events.ring_after_commit()
    return changed == 1


def _claim(delivery: WebhookDelivery, now: datetime) -> bool:
    mine = WebhookDelivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.WAITING, next_at=delivery.next_at
    )
    changed = mine.update(next_at=now + LEASE, attempts=F("attempts") + 1, last_at=now)
    delivery.attempts += 1
    return changed == 1


def _tell(delivery: WebhookDelivery, now: datetime) -> bool:
    """False where the address failed."""
    event, endpoint = delivery.event, delivery.endpoint
    if second_factor.is_missing(endpoint.owner) or not subjects.may_be_told(
        endpoint.owner, event.kind, event.subject
    ):
        _settle(delivery, DeliveryState.WITHHELD, problem="")
        _forget_failure(endpoint)
        return True
    body = delivery.payload.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "ChapterAdvocacyPortal-Webhook/1",
        "Webhook-Id": str(event.public_id),
        "Webhook-Signature": signing.signature(endpoint.secret, body, at=timezone.now()),
    }
    try:
        code = calling.post(endpoint.url, body, headers)
    except (calling.NotCalled, calling.CallFailed) as failure:
        return _failed(delivery, None, str(failure), now)
    if 200 <= code < 300:
        _settle(delivery, DeliveryState.DELIVERED, code=code)
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(failing_since=None)
        return True
    return _failed(delivery, code, "", now)


def _failed(delivery: WebhookDelivery, code: int | None, problem: str, now: datetime) -> bool:
    if delivery.attempts > len(WAITS):
        _settle(delivery, DeliveryState.FAILED, code=code, problem=problem)
    else:
        wait = WAITS[delivery.attempts - 1]
        _note(delivery, code, problem, next_at=now + wait)
    endpoint = delivery.endpoint
    since = endpoint.failing_since or now
    WebhookEndpoint.objects.filter(pk=endpoint.pk, failing_since=None).update(failing_since=now)
    if code == _GONE or now - since >= OFF_AFTER:
        _give_up(endpoint, code, now)
    return False


def _forget_failure(endpoint: WebhookEndpoint) -> None:
    """An address is failing while something it refused waits to be tried again; without, the days count anew."""
    refused = endpoint.deliveries.filter(state=DeliveryState.WAITING, attempts__gt=0)
    if not refused.exists():
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(failing_since=None)


def _give_up(endpoint: WebhookEndpoint, code: int | None, now: datetime) -> None:
    with translation.override(endpoint.owner.language), transaction.atomic():
        gone, days = _("It answered that it is gone."), _("It failed for five days.")
        because = gone if code == _GONE else days
        if endpoints.switch_off(endpoint, by=None, now=now, because=because):
            letters.tell_owner(endpoint, because, now=now)


def _settle(
    delivery: WebhookDelivery, state: DeliveryState, *, code: int | None = None, problem: str = ""
) -> None:
    WebhookDelivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING).update(
        state=state, next_at=None, last_code=code, last_problem=problem[:200]
    )


def _note(delivery: WebhookDelivery, code: int | None, problem: str, *, next_at: datetime) -> None:
    WebhookDelivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING).update(
        next_at=next_at, last_code=code, last_problem=problem[:200]
    )
