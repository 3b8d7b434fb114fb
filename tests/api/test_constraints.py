"""Each rule of the API's tables, broken once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from advocacy.api.models import ApiToken, KeptAnswer, WebhookDelivery, WebhookEndpoint, WebhookEvent
from tests.cast import NOW, Cast


def token(cast: Cast, **fields: Any) -> ApiToken:
    known = {"owner": cast.dana, "name": "x", "prefix": "cap_", "digest": "d" * 64, "scopes": ["log:read"]}
    return ApiToken(**(known | {"created_at": NOW, "expires_at": NOW + timedelta(days=1)} | fields))


def endpoint(cast: Cast, **fields: Any) -> WebhookEndpoint:
    known = {"owner": cast.dana, "url": "https://hooks.example.org/", "events": ["measure.changed"]}
    return WebhookEndpoint(**(known | {"created_at": NOW} | fields))


def stored(row: Any) -> Any:
    row.save()
    return row


def answer(cast: Cast) -> KeptAnswer:
    made_by = ApiToken.objects.first() or stored(token(cast))
    return KeptAnswer(token=made_by, key="k", request_digest="d", made=1, at=NOW)


def delivery(cast: Cast, **fields: Any) -> WebhookDelivery:
    hook = WebhookEndpoint.objects.first() or stored(endpoint(cast))
    event = WebhookEvent.objects.first() or stored(WebhookEvent(kind="measure.changed", subject=1, at=NOW))
    return WebhookDelivery(**({"endpoint": hook, "event": event, "payload": "{}", "next_at": NOW} | fields))


BROKEN: dict[str, tuple[Callable[[Cast], models.Model], str]] = {
    "a token that ran out before it was made": (
        lambda cast: token(cast, expires_at=NOW),
        "works until a day after",
    ),
    "a token revoked by somebody at no time": (
        lambda cast: token(cast, revoked_by=cast.jordan),
        "Only a revoked token",
    ),
    "a token like another": (lambda cast: token(cast, name=stored(token(cast)).name), "already exists"),
    "a key used twice": (lambda cast: stored(answer(cast)) and answer(cast), "used before"),
    "an address twice": (lambda cast: stored(endpoint(cast)) and endpoint(cast), "to this address already"),
    "switched off without a reason": (lambda cast: endpoint(cast, disabled_at=NOW), "says why"),
    "a reason without being switched off": (lambda cast: endpoint(cast, disabled_because="x"), "says why"),
    "told twice": (lambda cast: stored(delivery(cast)) and delivery(cast), "told of this event already"),
    "waiting for no moment": (lambda cast: delivery(cast, next_at=None), "Only a delivery that waits"),
    "delivered and to be tried": (
        lambda cast: delivery(cast, state="delivered"),
        "Only a delivery that waits",
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_rule_is_said_in_words_and_refused_by_the_database(cast: Cast, broken: str):
    make, sentence = BROKEN[broken]
    row = make(cast)

    with pytest.raises(ValidationError, match=sentence):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_an_address_that_was_switched_off_can_be_added_again(cast: Cast):
    stored(endpoint(cast, disabled_at=NOW, disabled_because="By hand."))

    endpoint(cast).save()

    assert WebhookEndpoint.objects.count() == 2
