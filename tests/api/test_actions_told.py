"""What supporters do is told once each, when it counts and is done; only to those who may read it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from advocacy.api.actions import deliveries, endpoints, events
from advocacy.api.models import EventKind, WebhookEvent
from campaigns.actions import letter_outcomes, letters
from campaigns.models import Campaign, Doubt, GateDecision, Letter, Method, Participation
from tests.api.asking import ask, token_of
from tests.api.receiver import Receiver, listening
from tests.api.verifying import verified
from tests.campaigns.acting import live_in_houston
from tests.campaigns.test_letters import act_of, prove, send, target_of, written
from tests.cast import NOW, Cast

HELD = GateDecision.HOLD


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_MAY_CALL_LOOPBACK = True
    with listening() as found:
        yield found


@pytest.fixture
def campaign(cast: Cast, receiver: Receiver) -> Campaign:
    """Dana listens: her chapter is credited with whoever lives in Houston."""
    endpoints.make(by=cast.dana, url=receiver.url, events=[EventKind.ACTION_RECORDED], now=NOW)
    return live_in_houston(cast)


def acting(campaign: Campaign, method: Method = Method.OWN_MAIL, office: str = "Alma Reyes") -> Any:
    return act_of(campaign, written(target_of(office), method))


def told(receiver: Receiver) -> list[int]:
    """The letters that were told of so far."""
    events.spread(now=NOW)
    deliveries.deliver(now=NOW)
    return [json.loads(body)["data"]["id"] for _headers, body in receiver.calls]


@pytest.mark.parametrize("method", [one for one in Method if one != Method.PORTAL_EMAIL])
def test_what_a_supporter_sends_themselves_is_told_at_once(
    campaign: Campaign, receiver: Receiver, method: Method
):
    sent = send(acting(campaign, method))

    assert told(receiver) == [sent.letters[0].pk]


def test_it_is_told_signed_with_no_more_than_where_to_read_it(
    cast: Cast, campaign: Campaign, receiver: Receiver
):
    hook = endpoints.WebhookEndpoint.objects.get()
    letter = send(acting(campaign)).letters[0]

    told(receiver)

    headers, body = receiver.calls[0]
    address = f"http://127.0.0.1:8000/api/v1/actions/{letter.pk}"
    event = WebhookEvent.objects.get()
    assert json.loads(body) == {
        "id": str(event.public_id),
        "type": "action.recorded",
        "created_at": "2027-02-09T16:00:00+00:00",
        "data": {"id": letter.pk, "url": address},
    }
    assert verified(hook.secret, headers["Webhook-Signature"], body, now=NOW.timestamp())
    read = ask(token_of(cast.dana), address.partition("8000")[2]).json()
    assert (read["method"], read["confirmation"]) == ("own_mail", "self_reported")


def test_a_letter_by_the_portal_is_told_once_the_proven_address_lets_it_go(
    campaign: Campaign, receiver: Receiver
):
    letter = send(acting(campaign, Method.PORTAL_EMAIL)).letters[0]
    assert told(receiver) == []

    prove()
    assert told(receiver) == [letter.pk]

    letter_outcomes.settle(now=NOW)
    assert told(receiver) == [letter.pk]


def test_a_letter_that_can_leave_no_more_is_not_told(campaign: Campaign, receiver: Receiver, cast: Cast):
    letter = send(acting(campaign, Method.PORTAL_EMAIL)).letters[0]
    campaign.targets.update(state="left")

    prove()

    letter.refresh_from_db()
    assert (letter.confirmation, told(receiver)) == ("failed", [])


def test_a_double_click_and_the_same_office_again_tell_nothing_more(campaign: Campaign, receiver: Receiver):
    first = send(acting(campaign))
    send(acting(campaign))
    send(acting(campaign), "two")
    second = send(acting(campaign, office="Omar Dell"), "three")

    assert told(receiver) == [first.letters[0].pk, second.letters[0].pk]


def test_what_is_held_is_told_when_staff_let_it_count(campaign: Campaign, receiver: Receiver, cast: Cast):
    letter = send(acting(campaign), "one", HELD, Doubt.LINKS).letters[0]
    assert not WebhookEvent.objects.exists()

    participation = Participation.objects.get()
    assert letters.accept(participation, by=cast.jordan, now=NOW) is True
    assert letters.accept(participation, by=cast.jordan, now=NOW) is False

    assert told(receiver) == [letter.pk]


def test_what_staff_refuse_is_never_told(campaign: Campaign, receiver: Receiver, cast: Cast):
    send(acting(campaign), "one", HELD, Doubt.LINKS)
    letters.refuse(Participation.objects.get(), by=cast.jordan, now=NOW)
    send(acting(campaign, office="Omar Dell"), "two")

    assert told(receiver) == []


def test_what_is_held_for_the_proof_of_the_address_is_told_with_the_proof(
    campaign: Campaign, receiver: Receiver
):
    letter = send(acting(campaign), "one", HELD, Doubt.NO_PUZZLE).letters[0]
    assert not WebhookEvent.objects.exists()

    prove()

    assert told(receiver) == [letter.pk]


def test_only_advocates_of_the_chapter_that_is_credited_and_staff_are_told(
    campaign: Campaign, receiver: Receiver, cast: Cast
):
    people = {name: getattr(cast, name) for name in ("jordan", "luis", "sam", "noor", "angela", "tom")}
    for person in people.values():
        endpoints.make(by=person, url=receiver.url, events=[EventKind.ACTION_RECORDED], now=NOW)
    letter = send(acting(campaign)).letters[0]

    told(receiver)

    owners = {call.endpoint.owner.pk for call in WebhookEvent.objects.get().deliveries.all()}
    readers = {one for one, person in people.items() if letter in Letter.objects.visible_to(person)}
    assert owners == {cast.dana.pk, cast.jordan.pk}
    assert readers == {"jordan"}
