"""Webhooks: told what their owner may read, signed, at least once, and not for ever."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from pytest_django.fixtures import Settings

from advocacy.accounts.models import User
from advocacy.api.actions import deliveries, endpoints, events
from advocacy.api.models import (
    DeliveryState,
    EventKind,
    KeptAnswer,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from advocacy.interactions.actions import contacts
from advocacy.outbox.models import OutboundMessage
from legislation.actions import measure_events
from legislation.actions.measure_events import Teller
from legislation.models import Stage
from members.models import RoleAssignment
from tests.api.asking import log, send, token_of
from tests.api.receiver import Receiver, listening
from tests.api.test_logging import contact
from tests.api.verifying import verified
from tests.cast import NOW, Cast
from tests.factories.log import alma_reyes, entry_by, logged
from tests.factories.measures import measure, stepped, tracked


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_MAY_CALL_LOOPBACK = True
    with listening() as found:
        yield found


def hooked(owner: User, receiver: Receiver, *kinds: str) -> WebhookEndpoint:
    wanted = kinds or (EventKind.INTERACTION_LOGGED,)
    return endpoints.make(by=owner, url=receiver.url, events=list(wanted), now=NOW)


def tell(now: Any = NOW) -> int:
    events.spread(now=now)
    return deliveries.deliver(now=now)


def test_a_logged_contact_is_told_with_no_more_than_where_to_read_it(cast: Cast, receiver: Receiver):
    hook = hooked(cast.dana, receiver)
    made = logged(cast.dana, [alma_reyes()])

    assert tell() == 1

    (headers, body), delivery = receiver.calls[0], WebhookDelivery.objects.get()
    assert json.loads(body) == {
        "id": str(delivery.event.public_id),
        "type": "interaction.logged",
        "created_at": "2027-02-09T16:00:00+00:00",
        "data": {"id": made.pk, "url": f"http://127.0.0.1:8000/api/v1/interactions/{made.pk}"},
    }
    assert headers["Webhook-Id"] == str(delivery.event.public_id)
    assert verified(hook.secret, headers["Webhook-Signature"], body, now=NOW.timestamp())
    assert (delivery.state, delivery.last_code, delivery.next_at) == (DeliveryState.DELIVERED, 200, None)
    assert tell() == 0
    assert len(receiver.calls) == 1


def test_a_signature_holds_for_this_body_this_secret_and_this_time_only(cast: Cast, receiver: Receiver):
    hook = hooked(cast.dana, receiver)
    logged(cast.dana, [alma_reyes()])
    tell()
    headers, body = receiver.calls[0]
    signature, now = headers["Webhook-Signature"], NOW.timestamp()
    assert verified(hook.secret, signature, body, now=now)

    assert not verified(hook.secret, signature, body + b" ", now=now)
    assert not verified("whsec_other", signature, body, now=now)
    assert not verified(hook.secret, signature, body, now=now + 301)
    assert not verified(hook.secret, signature.replace("t=1", "t=2"), body, now=now)
    for broken in ("", "t=x,v1=y", "v1=", signature[:-1] + ("0" if signature[-1] != "0" else "1")):
        assert not verified(hook.secret, broken, body, now=now)


def test_two_webhooks_have_secrets_of_their_own_that_the_database_does_not_hold(
    cast: Cast, receiver: Receiver
):
    first, second = hooked(cast.dana, receiver), hooked(cast.luis, receiver)

    assert first.secret != second.secret
    assert first.secret not in str(list(WebhookEndpoint.objects.values_list()))
    assert WebhookEndpoint.objects.get(pk=first.pk).secret == first.secret


@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("shared", {"dana", "luis", "tom", "angela", "jordan"}),
        ("chapter", {"dana", "jordan", "tom"}),
        ("restricted", set()),
    ],
)
def test_only_those_are_told_who_may_read_it(cast: Cast, receiver: Receiver, level: str, told: set[str]):
    people = {
        name: getattr(cast, name) for name in ("dana", "luis", "noor", "sam", "tom", "angela", "jordan")
    }
    for person in people.values():
        hooked(person, receiver)
    logged(cast.dana, [alma_reyes()], confidentiality=level)

    tell()

    owners = WebhookDelivery.objects.values_list("endpoint__owner__pk", flat=True)
    assert {name for name, person in people.items() if person.pk in owners} == told


def test_a_draft_or_plan_is_told_once_it_is_logged(cast: Cast, receiver: Receiver):
    hooked(cast.dana, receiver)
    entry = entry_by(cast.dana, [alma_reyes()])
    draft, _ = contacts.save_draft(by=cast.dana, entry=entry, form_key=uuid4(), now=NOW)
    assert not WebhookEvent.objects.exists()

    contacts.edit(by=cast.dana, interaction=draft, entry=entry, version=1, now=NOW, state="logged")
    draft.refresh_from_db()
    contacts.edit(by=cast.dana, interaction=draft, entry=entry, version=draft.version, now=NOW)

    assert WebhookEvent.objects.count() == 1


def test_what_nobody_listens_for_is_not_written_down(cast: Cast, receiver: Receiver):
    hooked(cast.dana, receiver, EventKind.MEASURE_CHANGED)

    logged(cast.dana, [alma_reyes()])

    assert not WebhookEvent.objects.exists()


def test_a_measure_that_is_followed_and_changed_is_told(cast: Cast, receiver: Receiver):
    hooked(cast.dana, receiver, EventKind.MEASURE_CHANGED)
    followed, other = measure("HB 210"), measure("HB 211")
    tracked(followed, cast.gulf_prairie, owner=cast.dana)
    before = measure_events.standing_of([followed.pk, other.pk], NOW.date())
    for bill in (followed, other):
        stepped(bill, Stage.REPORTED_1, NOW.date())

    measure_events.note_changes(before, Teller(NOW, by=cast.jordan))
    tell()

    assert [json.loads(body)["data"]["id"] for _headers, body in receiver.calls] == [followed.pk]


def test_what_fails_is_tried_again_later_and_later(
    cast: Cast, receiver: Receiver, clock: time_machine.Traveller
):
    hook = hooked(cast.dana, receiver)
    receiver.status = 500
    logged(cast.dana, [alma_reyes()])

    moments, now = [], NOW
    for _attempt in range(5):
        clock.move_to(now)
        assert tell(now) == 0
        delivery = WebhookDelivery.objects.get()
        assert tell(now) == 0
        assert delivery.next_at is not None
        moments.append(delivery.next_at - now)
        now = delivery.next_at
    receiver.status = 204
    clock.move_to(now)
    assert tell(now) == 1

    assert moments == list(deliveries.WAITS[:5])
    assert len(receiver.calls) == 6
    assert len({headers["Webhook-Id"] for headers, _body in receiver.calls}) == 1
    hook.refresh_from_db()
    assert hook.failing_since is None


def test_after_five_days_of_failure_it_is_switched_off_and_its_owner_written_to(
    cast: Cast, receiver: Receiver, clock: time_machine.Traveller
):
    hook = hooked(cast.elise, receiver)
    receiver.status = 503
    logged(cast.elise, [alma_reyes()])

    now = NOW
    while WebhookEndpoint.objects.get().is_active and now < NOW + timedelta(days=20):
        clock.move_to(now)
        tell(now)
        now += timedelta(hours=1)

    hook.refresh_from_db()
    assert timedelta(days=5) <= now - NOW < timedelta(days=7)
    assert hook.disabled_because == "L’adresse est en échec depuis cinq jours."
    letter = OutboundMessage.objects.get(kind="api.webhook_off")
    assert letter.recipient == cast.elise.email
    assert receiver.url in letter.text
    calls = len(receiver.calls)
    clock.move_to(now + timedelta(days=1))
    tell(now + timedelta(days=1))
    assert len(receiver.calls) == calls


def test_an_address_that_says_it_is_gone_is_not_called_again(cast: Cast, receiver: Receiver):
    hook = hooked(cast.dana, receiver)
    receiver.status = 410
    logged(cast.dana, [alma_reyes()])

    tell()

    hook.refresh_from_db()
    assert not hook.is_active
    assert OutboundMessage.objects.filter(kind="api.webhook_off").count() == 1


def test_a_role_that_ends_before_the_next_attempt_is_told_nothing(
    cast: Cast, receiver: Receiver, clock: time_machine.Traveller
):
    hooked(cast.dana, receiver)
    receiver.status = 500
    logged(cast.dana, [alma_reyes()])
    tell()
    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=NOW.date())
    clock.move_to(NOW + timedelta(minutes=2))

    tell(NOW + timedelta(minutes=2))

    assert len(receiver.calls) == 1
    assert WebhookDelivery.objects.get().state == DeliveryState.WITHHELD


def test_a_worker_that_dies_with_a_delivery_in_hand_loses_nothing(
    cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
):
    hooked(cast.dana, receiver)
    logged(cast.dana, [alma_reyes()])
    with monkeypatch.context() as broken:
        broken.setattr("socket.create_connection", _dies)
        with pytest.raises(SystemExit):
            tell()
    assert tell() == 0

    clock.move_to(NOW + deliveries.LEASE)
    assert tell(NOW + deliveries.LEASE) == 1
    assert len(receiver.calls) == 1


def _dies(*args: object, **kwargs: object) -> None:
    raise SystemExit


def test_one_address_that_fails_does_not_hold_up_another(cast: Cast, receiver: Receiver):
    with listening() as broken:
        broken.status = 500
        hooked(cast.dana, broken)
        hooked(cast.luis, receiver)
        reyes = alma_reyes()
        for _number in range(3):
            logged(cast.dana, [reyes])

        assert tell() == 3

        assert len(broken.calls) == 1
        assert len(receiver.calls) == 3


def test_a_delivery_is_sent_again_by_hand(cast: Cast, receiver: Receiver):
    hooked(cast.dana, receiver)
    logged(cast.dana, [alma_reyes()])
    tell()

    assert deliveries.send_again(WebhookDelivery.objects.get(), by=cast.dana, now=NOW) is True
    assert deliveries.send_again(WebhookDelivery.objects.get(), by=cast.dana, now=NOW) is False
    tell()

    assert len({headers["Webhook-Id"] for headers, _body in receiver.calls}) == 1
    assert len(receiver.calls) == 2


def test_a_webhook_is_added_and_removed_by_program(cast: Cast, receiver: Receiver):
    secret = token_of(cast.dana, "webhooks")

    made = send(secret, "/webhooks", {"url": receiver.url, "events": ["interaction.logged"]})
    hook = WebhookEndpoint.objects.get()
    again = send(secret, "/webhooks", {"url": receiver.url, "events": ["interaction.logged"]})
    others = send(token_of(cast.luis), f"/webhooks/{hook.public_id}", "", method="DELETE")
    removed = send(secret, f"/webhooks/{hook.public_id}", "", method="DELETE")

    assert (made.status_code, again.status_code, others.status_code) == (201, 422, 404)
    assert made.json()["secret"] == hook.secret
    assert removed.status_code == 204
    hook.refresh_from_db()
    assert not hook.is_active


def test_an_address_inside_is_refused_by_name(cast: Cast):
    answer = send(
        token_of(cast.dana), "/webhooks", {"url": "https://10.0.0.1/", "events": ["interaction.logged"]}
    )

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["url"]
    assert not WebhookEndpoint.objects.exists()


def test_ten_webhooks_are_the_most_that_one_person_has(cast: Cast):
    for number in range(10):
        endpoints.make(
            by=cast.dana, url=f"https://hooks.example.org/{number}", events=["measure.changed"], now=NOW
        )

    with pytest.raises(endpoints.Refused):
        endpoints.make(by=cast.dana, url="https://hooks.example.org/x", events=["measure.changed"], now=NOW)


def test_events_and_kept_answers_are_forgotten_in_their_time(cast: Cast, receiver: Receiver):
    hooked(cast.dana, receiver)
    log(token_of(cast.dana), contact(alma_reyes()))
    tell()

    events.forget(now=NOW + timedelta(days=7, seconds=-1))
    assert (WebhookEvent.objects.count(), KeptAnswer.objects.count()) == (1, 1)
    events.forget(now=NOW + timedelta(days=8))
    assert (WebhookEvent.objects.count(), KeptAnswer.objects.count()) == (1, 0)
    events.forget(now=NOW + timedelta(days=31))
    assert (WebhookEvent.objects.count(), WebhookDelivery.objects.count()) == (0, 0)
