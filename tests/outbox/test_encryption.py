"""A relay that cannot be trusted gets no word of a mail, and staff are told once (RELIABILITY.md §5, row 31)."""

import logging
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from advocacy.audit.models import Entry
from advocacy.outbox import arming, delivery
from advocacy.outbox.models import Lane
from tests.outbox import certificates
from tests.outbox.posting import AGAIN, NOON, now_of, posted
from tests.outbox.relay import Relay

pytestmark = pytest.mark.django_db(transaction=True)
SAFE = ("STARTTLS", "AUTH PLAIN LOGIN")


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=True) as clock:
        yield clock


@pytest.fixture
def safe_relay(relay: Relay, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Relay:
    """We insist on encryption and sign in; this machine trusts the relay's certificate."""
    trusted, relay.certificate = certificates.made_in(tmp_path)
    relay.offers = SAFE
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = True, "portal", "secret"
    return relay


def strip(relay: Relay, folder: Path) -> None:
    """As somebody in between does, so that all that follows can be read."""
    relay.offers = ("AUTH PLAIN LOGIN",)


def forge(relay: Relay, folder: Path) -> None:
    (folder / "stranger").mkdir(exist_ok=True)
    relay.certificate = certificates.made_in(folder / "stranger")[1]


def name_another_host(relay: Relay, folder: Path) -> None:
    trusted, relay.certificate = certificates.made_in(folder, host="127.0.0.2")
    (folder / "127.0.0.1.pem").write_bytes(trusted.read_bytes())


def deny(relay: Relay, folder: Path) -> None:
    relay.misbehave = lambda phase, _to: "535 5.7.8 Bad credentials" if phase == "auth" else None


def offer_no_sign_in(relay: Relay, folder: Path) -> None:
    relay.offers = ("STARTTLS",)


def test_mail_goes_encrypted_to_a_relay_that_proves_who_it_is(safe_relay: Relay):
    message = posted()

    delivery.deliver()

    assert now_of(message).state == "sent"
    assert [words.split()[0].upper() for words in safe_relay.in_plain_text] == ["EHLO", "STARTTLS"]


@pytest.mark.parametrize("betray", [strip, forge, name_another_host, deny, offer_no_sign_in])
def test_a_relay_that_cannot_be_trusted_stops_all_mail_and_staff_are_told_once(
    safe_relay: Relay, tmp_path: Path, betray: Any, noon: Any, caplog: pytest.LogCaptureFixture
):
    betray(safe_relay, tmp_path)
    messages = [posted(f"person{number}@example.org") for number in range(8)]
    messages.append(posted("code@example.org", of=AGAIN))

    with caplog.at_level(logging.ERROR, logger="advocacy.outbox.lanes"):
        for _hour in range(3):
            delivery.deliver()
            noon.shift(timedelta(hours=1, minutes=1))

    assert (safe_relay.arrived, safe_relay.recipients, safe_relay.senders) == ([], [], [])
    assert not any("secret" in words or "AUTH" in words.upper() for words in safe_relay.in_plain_text)
    assert {now_of(message).state for message in messages} <= {"pending", "deferred"}
    assert safe_relay.connections <= 3 * 2  # each hour, at most one for each connection there may be
    assert list(Entry.objects.filter(model="outbox.lane").values_list("verb", "label")) == [("paused", "all")]
    assert len(caplog.messages) == 1


def test_a_relay_that_is_not_trusted_any_more_gets_nothing_of_what_was_handed_out_ahead(
    safe_relay: Relay, tmp_path: Path, settings: Any
):
    """It takes ten messages on a connection, and then somebody stands in between."""
    settings.MAIL_CONNECTIONS, safe_relay.seconds_to_answer = 1, 0.02
    taken: list[str] = []

    def close(phase: str, to: str) -> str | None:
        if phase != "mail" or len(taken) < 10:
            taken.extend([to] if phase == "mail" else [])
            return None
        strip(safe_relay, tmp_path)
        return "421 Closing"

    safe_relay.misbehave = close
    messages = [posted(f"person{number}@example.org") for number in range(30)]

    delivery.deliver()

    found = Counter((row.state, row.attempts) for row in map(now_of, messages))
    tried = found["deferred", 1]
    assert found == {("sent", 1): 10, ("deferred", 1): tried, ("pending", 0): 20 - tried}
    # Without what comes back it would be all three. One more may have been on its way to the connection.
    assert tried <= 2


def test_staff_see_why_nothing_leaves_and_it_goes_on_by_itself_when_it_is_mended(
    safe_relay: Relay, tmp_path: Path, noon: Any
):
    deny(safe_relay, tmp_path)
    message = posted()
    delivery.deliver()
    told = arming.stopped_with_mail(now=NOON)

    safe_relay.misbehave = lambda phase, _to: None
    noon.shift(timedelta(hours=1, minutes=1))
    delivery.deliver()

    assert told == ("The mail server cannot be trusted: 5.7.8 Bad credentials", 1)
    assert now_of(message).state == "sent"
    assert arming.stopped_with_mail(now=NOON + timedelta(hours=2)) == ("", 0)
    assert Lane.objects.get(name="all").failures == 0


def test_a_sign_in_that_fails_for_now_is_no_distrust(safe_relay: Relay):
    safe_relay.misbehave = lambda phase, _to: "454 4.7.0 Not now" if phase == "auth" else None
    message = posted()

    delivery.deliver()

    assert now_of(message).state == "deferred"
    assert not Lane.objects.filter(name="all").exists()
