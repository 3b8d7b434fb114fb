"""Mail to many that comes back stops itself (RELIABILITY.md §5, row 33)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from advocacy.audit.models import Entry
from advocacy.outbox import arming, delivery, lanes
from advocacy.outbox.actions import events
from advocacy.outbox.actions.events import Report
from advocacy.outbox.models import EventKind, Lane, OutboundMessage
from tests.cast import Cast, browser_of
from tests.outbox.posting import ASK, NOON, posted
from tests.outbox.relay import Relay

pytestmark = pytest.mark.django_db(transaction=True)
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=True) as clock:
        yield clock


def campaign_to(count: int, *, name: str = "asked") -> list[OutboundMessage]:
    return [posted(f"{name}{number}@d{number % 40}.example", of=ASK) for number in range(count)]


def every(share: int) -> Any:
    """Nobody has every so-manyth address."""

    def misbehave(phase: str, to: str) -> str | None:
        number = int("".join(sign for sign in to.partition("@")[0] if sign.isdigit()) or 1)
        return "550 5.1.1 No such user" if phase == "rcpt" and number % share == 0 else None

    return misbehave


def report(message: OutboundMessage, kind: EventKind) -> None:
    told = Report("mailbox", str(message.pk), kind, NOON, message_id=message.message_id)
    assert events.take_in(told, is_trusted=False, now=NOON)


def is_paused() -> bool:
    return Lane.objects.filter(name="stream:campaign", paused_until__gt=NOON + WEEK).exists()


def test_a_campaign_to_dead_addresses_stops_itself_long_before_its_end(relay: Relay):
    relay.misbehave = every(3)
    campaign_to(400)
    duty = posted("dana@example.org")

    delivery.deliver()
    delivery.deliver()

    states = list(OutboundMessage.objects.filter(kind=ASK).values_list("state", flat=True))
    assert is_paused()
    assert states.count("pending") > 200
    assert duty.message_id in relay.copies
    assert [entry.verb for entry in Entry.objects.filter(model="outbox.lane", label="stream:campaign")] == [
        "paused"
    ]
    why, waiting = arming.stopped_with_mail(now=NOON)
    assert (waiting, why.endswith("addresses do not exist.")) == (states.count("pending"), True)


@pytest.mark.parametrize(
    ("kind", "sent", "came_back", "stops"),
    [
        (EventKind.HARD_BOUNCE, 100, 5, True),
        (EventKind.HARD_BOUNCE, 101, 5, False),
        (EventKind.HARD_BOUNCE, 12, 4, False),
        (EventKind.COMPLAINT, 600, 2, True),
        (EventKind.COMPLAINT, 700, 2, False),
        (EventKind.COMPLAINT, 50, 1, False),
        (EventKind.SOFT_BOUNCE, 50, 50, False),
    ],
)
def test_five_in_a_hundred_bounces_and_three_in_a_thousand_complaints_are_too_much(
    db: None, kind: EventKind, sent: int, came_back: int, stops: bool
):
    messages = campaign_to(sent)
    OutboundMessage.objects.update(state="sent", settled_at=NOON)

    for message in messages[:came_back]:
        report(message, kind)

    assert is_paused() == stops


def test_mail_about_duties_does_not_stop_for_bounces(db: None):
    messages = [posted(f"person{number}@example.org") for number in range(20)]
    OutboundMessage.objects.update(state="sent", settled_at=NOON)

    for message in messages:
        report(message, EventKind.HARD_BOUNCE)

    assert not Lane.objects.exists()


def test_staff_let_it_go_on_and_counting_begins_anew(relay: Relay, cast: Cast, noon: Any):
    noon.move_to(NOON)
    messages = campaign_to(40)
    OutboundMessage.objects.update(state="sent", settled_at=NOON)
    for message in messages[:5]:
        report(message, EventKind.HARD_BOUNCE)
    late = posted("late@example.org", of=ASK)
    delivery.deliver()
    held = list(relay.arrived)
    lane = Lane.objects.get(name="stream:campaign")

    noon.shift(timedelta(hours=1))
    staff = browser_of(cast.jordan)
    page = reverse("admin:outbox_lane_change", args=[lane.pk])
    fields = {
        "name": lane.name,
        "per_hour": "",
        "paused_until_0": "",
        "paused_until_1": "",
        "paused_because": "",
    }
    answer = staff.post(page, fields)
    report(messages[6], EventKind.HARD_BOUNCE)
    delivery.deliver()

    assert (held, answer.status_code) == ([], 302)
    assert not is_paused()
    assert relay.arrived == [late.message_id]


def test_a_class_of_mail_can_be_paused_but_not_slowed(cast: Cast):
    fields = {"name": "stream:campaign", "per_hour": "20", "paused_because": ""}

    page = browser_of(cast.jordan).post(reverse("admin:outbox_lane_add"), fields)

    assert "A class of mail can be paused, not slowed." in page.content.decode()
    assert not Lane.objects.exists()
    assert Client().get(reverse("admin:outbox_lane_add")).status_code == 302


def test_the_mail_of_one_campaign_is_held_and_let_go_by_staff_as_well(cast: Cast):
    lanes.hold(
        "scope:campaign:7", because="The campaign is paused.", until=NOON + timedelta(days=9), now=NOON
    )
    lane = Lane.objects.get()
    fields = {
        "name": lane.name,
        "per_hour": "",
        "paused_until_0": "",
        "paused_until_1": "",
        "paused_because": "",
    }

    answer = browser_of(cast.jordan).post(reverse("admin:outbox_lane_change", args=[lane.pk]), fields)

    lane.refresh_from_db()
    assert (answer.status_code, lane.paused_until) == (302, None)
