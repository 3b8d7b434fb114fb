"""When nothing leaves: an installation that is not armed, addresses to be left alone, limits, kinds that take back."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction

from advocacy.outbox import arming, delivery
from advocacy.outbox.actions import messages, suppressions
from advocacy.outbox.kinds import Delivery, Kind, kind
from advocacy.outbox.models import Installation, KeptMessage, Lane, OutboundMessage, Reason, Suppression
from advocacy.outbox.streams import Stream
from tests.outbox.posting import AGAIN, NOON, now_of, posted
from tests.outbox.relay import CUT, Relay

pytestmark = pytest.mark.django_db(transaction=True)
TAKEN_BACK: set[str] = set()


def _taken_back(rows: Any) -> dict[int, str]:
    return {row.pk: "The role has ended." for row in rows if row.recipient in TAKEN_BACK}


kind("rehearsal.role", Kind(Delivery.AT_MOST_ONCE, Stream.DUTY, "reminders", label="R", refusals=_taken_back))


@pytest.fixture(autouse=True)
def noon():
    TAKEN_BACK.clear()
    with time_machine.travel(NOON, tick=True) as clock:
        yield clock


# --- the installation ---


def test_nothing_leaves_an_installation_that_nobody_armed(relay: Relay):
    Installation.objects.all().delete()
    message = posted()

    delivery.deliver()

    assert (relay.connections, now_of(message).state) == (0, "pending")
    assert "armed" in arming.why_not_armed()


def test_a_restored_backup_sends_nothing_until_somebody_looks(relay: Relay, tmp_path: Path, cast):
    posted()
    (tmp_path / "installation").write_text(str(uuid.uuid4()))

    delivery.deliver()
    before = list(relay.arrived)
    arming.arm(by=cast.jordan, now=NOON)
    delivery.deliver()

    assert before == []
    assert len(relay.arrived) == 1


def test_the_kill_switch_stops_the_queue_and_keeps_it(relay: Relay, cast):
    message = posted()
    arming.disarm(by=cast.jordan, because="A wrong link.")

    delivery.deliver()

    assert now_of(message).state == "pending"
    assert arming.why_not_armed() == "A wrong link."


def test_the_switch_outside_the_database_wins(relay: Relay, settings):
    settings.MAIL_MAY_LEAVE = False
    posted()

    delivery.deliver()

    assert relay.connections == 0


def test_without_a_relay_mail_is_kept_here_once(settings, db):
    assert settings.MAIL_TRANSPORT == "mailbox"
    message = posted()

    delivery.deliver()
    delivery.deliver()

    assert now_of(message).state == "sent"
    assert KeptMessage.objects.get().recipient == "dana@example.org"


# --- addresses ---


@pytest.mark.parametrize("when", ["before it is written", "while it waits"])
def test_a_suppressed_address_gets_nothing_and_the_row_says_so(relay: Relay, when: str):
    suppress = lambda: suppressions.add("Dana@Example.org", reason=Reason.COMPLAINT, now=NOON)  # noqa: E731 (said twice)
    if when == "before it is written":
        suppress()
        message = posted()
    else:
        message = posted()
        suppress()

    delivery.deliver()

    assert (now_of(message).state, now_of(message).resolution) == ("suppressed", "Complained")
    assert relay.connections == 0


def test_a_suppression_that_comes_just_before_the_text_still_counts(relay: Relay):
    message = posted()

    def complain_now(phase: str, _to: str) -> str | None:
        if phase == "data":
            suppressions.add("dana@example.org", reason=Reason.UNSUBSCRIBED, stream=Stream.DUTY, now=NOON)
        return None

    relay.misbehave = complain_now
    delivery.deliver()

    assert now_of(message).state == "suppressed"
    assert relay.arrived == []


def test_an_unsubscribed_class_leaves_the_others_alone(relay: Relay):
    suppressions.add("dana@example.org", reason=Reason.UNSUBSCRIBED, stream=Stream.OPTIONAL, now=NOON)
    suppressions.add("luis@example.org", reason=Reason.COMPLAINT, now=NOON)

    duty, account = posted(), posted("luis@example.org", of=AGAIN)
    delivery.deliver()

    assert (now_of(duty).state, now_of(account).state) == ("sent", "sent")


def test_only_a_person_lifts_a_suppression_and_says_why(cast):
    row = suppressions.add("dana@example.org", reason=Reason.HARD_BOUNCE, now=NOON)

    again = suppressions.add("dana@example.org", reason=Reason.HARD_BOUNCE, now=NOON)
    suppressions.lift(row, by=cast.jordan, because="She has a new server.", now=NOON)

    assert again == row
    assert not Suppression.objects.in_force().exists()
    row.refresh_from_db()
    assert (row.lifted_by, row.lifted_because) == (cast.jordan, "She has a new server.")


@pytest.mark.parametrize("address", ["dana@example.org\nBcc: all@example.org", "nobody", "", "a@b@c"])
def test_an_address_that_is_none_is_refused(address: str):
    with pytest.raises(ValidationError), transaction.atomic():
        posted(address, key="k")


def test_a_header_of_two_lines_is_refused():
    with pytest.raises(ValidationError, match="Reply-To"), transaction.atomic():
        posted(headers={"Reply-To": "a@example.org\nBcc: b@example.org"})


# --- kinds and limits ---


@pytest.mark.parametrize("when", ["before the claim", "just before the text"])
def test_a_kind_takes_back_what_has_lost_its_cause(relay: Relay, when: str):
    message = posted(of="rehearsal.role")

    def role_ends(phase: str, to: str) -> str | None:
        if phase == "data":
            TAKEN_BACK.add(to)
        return None

    if when == "before the claim":
        TAKEN_BACK.add("dana@example.org")
    else:
        relay.misbehave = role_ends
    delivery.deliver()

    assert (now_of(message).state, now_of(message).resolution) == ("cancelled", "The role has ended.")
    assert relay.arrived == []


def test_a_limit_lets_so_many_through_and_the_rest_when_time_has_passed(relay: Relay, noon):
    Lane.objects.create(name="domain:slow.example", per_hour=20, tokens=2, filled_at=NOON)
    for number in range(5):
        posted(f"person{number}@slow.example")
    posted("dana@quick.example")

    delivery.deliver()
    at_once = sorted(relay.recipients)
    noon.shift(timedelta(minutes=6))
    delivery.deliver()

    assert at_once == ["dana@quick.example", "person0@slow.example", "person1@slow.example"]
    assert len(relay.recipients) == 5


def test_a_domain_that_asks_for_patience_does_not_delay_the_others(relay: Relay, noon):
    relay.misbehave = lambda phase, to: "452 Slow down" if phase == "rcpt" and "slow" in to else None
    for number in range(4):
        posted(f"person{number}@slow.example")
    posted("dana@quick.example")

    delivery.deliver()
    posted("another@slow.example")
    delivery.deliver()

    assert relay.recipients == ["dana@quick.example"]
    assert Lane.objects.get(name="domain:slow.example").is_paused(NOON + timedelta(minutes=1))
    assert OutboundMessage.objects.get(recipient="another@slow.example").attempts == 0


def test_a_relay_that_never_answers_opens_the_circuit(relay: Relay):
    relay.misbehave = lambda phase, _to: CUT if phase == "connect" else None
    for number in range(20):
        posted(f"person{number}@example.org")

    delivery.deliver()
    tried = relay.connections
    delivery.deliver()

    lane = Lane.objects.get(name="identity:reminders")
    assert lane.is_paused(NOON + timedelta(minutes=9))
    assert relay.connections == tried
    assert set(OutboundMessage.objects.values_list("state", flat=True)) <= {"deferred", "pending"}


def test_a_poisonous_message_steps_aside(relay: Relay, noon):
    poison, good = posted("poison@example.org"), posted()
    OutboundMessage.objects.filter(pk=poison.pk).update(attachments=[{"name": "x"}], priority=0)

    for _ in range(3):
        delivery.deliver()
        noon.shift(timedelta(hours=1))
        delivery.sweep(now=NOON)

    assert (now_of(good).state, now_of(poison).state) == ("sent", "failed")
    assert now_of(poison).last_text == "KeyError"


def test_messages_posted_in_a_transaction_that_fails_do_not_exist(relay: Relay):
    def cause() -> None:
        with transaction.atomic():
            posted()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cause()
    delivery.deliver()

    assert relay.connections == 0


def test_what_waits_can_be_taken_back(relay: Relay):
    message = posted()

    assert messages.take_back([message], because="The meeting was moved.", now=NOON) == 1
    delivery.deliver()

    assert now_of(message).state == "cancelled"
    assert relay.connections == 0
