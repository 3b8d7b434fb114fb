"""Webhook addresses: added, switched off, and by themselves when they fail for days."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.api import calling
from advocacy.api.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from advocacy.audit import trail

MOST_OF_ONE_PERSON = 10


class Refused(ValueError):
    """This address is not called; the text says why."""


@transaction.atomic
def make(*, by: User, url: str, events: Sequence[str], now: datetime) -> WebhookEndpoint:
    """Raises Refused."""
    try:
        calling.check(url)
    except calling.NotCalled as refused:
        raise Refused(str(refused)) from refused
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one new webhook of this person at a time
    if WebhookEndpoint.objects.owned_by(by).active().count() >= MOST_OF_ONE_PERSON:
        raise Refused(_("You have ten webhooks. Switch one off first."))
    endpoint = WebhookEndpoint(owner=by, url=url, events=list(dict.fromkeys(events)), created_at=now)
    try:
        with transaction.atomic():
            endpoint.full_clean(exclude=["url"], validate_constraints=True)
            endpoint.save()
            trail.record(by=by, verb="added webhook", of=endpoint, changes={"events": [[], endpoint.events]})
    except ValidationError as invalid:
        raise Refused(" ".join(invalid.messages)) from invalid
    except IntegrityError as taken:
        raise Refused(_("You have a webhook to this address already.")) from taken
    return endpoint


def switch_off(endpoint: WebhookEndpoint, *, by: User | None, now: datetime, because: str = "") -> bool:
    """It is told nothing from now on, and what waits for it is given up. False when that was so already.

    `by` is None where it failed for days.
    """
    reason = because or _("Switched off by hand.")
    with transaction.atomic():
        changed = WebhookEndpoint.objects.filter(pk=endpoint.pk, disabled_at=None).update(
            disabled_at=now, disabled_because=reason[:200]
        )
        if changed:
            waiting = WebhookDelivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING)
            waiting.update(state=DeliveryState.FAILED, next_at=None)
            trail.record(by=by, verb="switched webhook off", of=endpoint, reason=reason)
    return changed == 1
