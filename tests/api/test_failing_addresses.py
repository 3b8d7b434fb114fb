"""Webhooks whose address fails, moves inside, or whose owner may be told no more for a while."""

import socket
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db.models import F

from advocacy.api.actions import deliveries, endpoints, events
from advocacy.api.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from advocacy.interactions.models import Interaction
from tests.api.receiver import Receiver, listening
from tests.api.test_webhooks import hooked, receiver, tell  # noqa: F401  # the fixture is asked for by its name
from tests.cast import NOW, Cast
from tests.factories.log import alma_reyes, logged
from tests.factories.people import with_second_factor

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_a_name_that_leads_inside_after_it_was_added_is_not_connected_to(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    """The domain name system is the world outside; what would be connected to is written down."""
    leads_to, connected = ["8.8.8.8"], list[object]()

    def resolve(*args: object, **kwargs: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (leads_to[0], 443))]

    def connect(address: object, *args: object, **kwargs: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    endpoints.make(by=cast.dana, url="https://hooks.example.org/", events=["interaction.logged"], now=NOW)
    logged(cast.dana, [alma_reyes()])
    events.spread(now=NOW)
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    deliveries.deliver(now=NOW)
    assert connected == [("8.8.8.8", 443)]

    leads_to[0] = "169.254.169.254"
    deliveries.deliver(now=NOW + MINUTE)

    delivery = WebhookDelivery.objects.get()
    assert connected == [("8.8.8.8", 443)]
    assert (delivery.state, delivery.attempts) == (DeliveryState.WAITING, 2)
    assert delivery.last_problem == "This name leads to an address that is not on the open internet."


def test_a_redirect_counts_as_a_failure_and_is_tried_again(cast: Cast, receiver: Receiver):  # noqa: F811
    hooked(cast.dana, receiver)
    with listening() as other:
        receiver.status, receiver.headers = 307, {"Location": other.url}
        logged(cast.dana, [alma_reyes()])

        assert tell() == 0

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.last_code, other.calls) == (DeliveryState.WAITING, 307, [])
    assert delivery.next_at == NOW + MINUTE


def test_what_waits_for_an_address_that_is_switched_off_is_given_up(cast: Cast, receiver: Receiver):  # noqa: F811
    hook = hooked(cast.dana, receiver)
    receiver.status = 500
    logged(cast.dana, [alma_reyes()])
    tell()

    endpoints.switch_off(hook, by=cast.dana, now=NOW)

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.next_at) == (DeliveryState.FAILED, None)


def test_addresses_that_answer_are_called_before_those_that_failed(
    cast: Cast,
    receiver: Receiver,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    clock: time_machine.Traveller,
):
    """The run has time for one call, and the address that failed has waited the longest."""
    reyes = alma_reyes()
    with listening() as broken:
        broken.status = 500
        hooked(cast.dana, broken)
        logged(cast.dana, [reyes])
        tell()
        clock.move_to(NOW + DAY)
        hooked(cast.luis, receiver)
        logged(cast.dana, [reyes])
        events.spread(now=NOW + DAY)
        monkeypatch.setattr(deliveries, "_SECONDS_OF_A_RUN", 0.01)
        receiver.body, receiver.drip_seconds = b"thanks", 0.01

        deliveries.deliver(now=NOW + DAY)

        assert (len(broken.calls), len(receiver.calls)) == (1, 1)


def test_one_failure_long_after_another_that_came_to_nothing_switches_nothing_off(
    cast: Cast,
    receiver: Receiver,  # noqa: F811
    clock: time_machine.Traveller,
):
    hook = hooked(cast.luis, receiver)
    receiver.status, reyes = 500, alma_reyes()
    record = logged(cast.dana, [reyes])
    tell()
    Interaction.objects.filter(pk=record.pk).update(confidentiality="restricted", version=F("version") + 1)
    tell(NOW + MINUTE)
    assert WebhookDelivery.objects.get().state == DeliveryState.WITHHELD
    clock.move_to(NOW + 10 * DAY)

    logged(cast.dana, [reyes])
    tell(NOW + 10 * DAY)

    hook.refresh_from_db()
    assert (hook.is_active, hook.failing_since) == (True, NOW + 10 * DAY)


def test_an_address_goes_on_failing_while_something_else_waits_for_it(cast: Cast, receiver: Receiver):  # noqa: F811
    hooked(cast.luis, receiver)
    receiver.status, reyes = 500, alma_reyes()
    record, _other = logged(cast.dana, [reyes]), logged(cast.dana, [reyes])
    tell()
    tell()
    Interaction.objects.filter(pk=record.pk).update(confidentiality="restricted", version=F("version") + 1)

    tell(NOW + MINUTE)

    assert sorted(WebhookDelivery.objects.values_list("state", flat=True)) == ["waiting", "withheld"]
    assert WebhookEndpoint.objects.get().failing_since == NOW


def test_staff_who_lost_their_second_step_are_told_nothing_until_it_is_back(
    cast: Cast,
    receiver: Receiver,  # noqa: F811
):
    hooked(cast.jordan, receiver)
    logged(cast.dana, [alma_reyes()])
    Authenticator.objects.filter(user=cast.jordan).delete()
    tell()
    assert (receiver.calls, WebhookDelivery.objects.get().state) == ([], DeliveryState.WITHHELD)

    with_second_factor(cast.jordan)
    deliveries.send_again(WebhookDelivery.objects.get(), by=cast.jordan, now=NOW)
    tell()

    assert len(receiver.calls) == 1
