"""Faults of the mail server while a campaign runs: its mail to supporters, and a supporter's letter to an office.

What each answer means for one message is tried in tests/outbox; here it is what staff then read of the campaign. Of
every fault: nobody gets two, the send log explains each, the queue of troubles is true, a pause holds.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.outbox import delivery
from advocacy.outbox.models import OutboundMessage
from campaigns import letter_mail, sendlog, trouble
from campaigns.actions import campaigns, letter_outcomes, mailings
from campaigns.models import Campaign, Confirmation, Contact, Letter, Method, Recipient
from legislation.models import ContactKind
from tests.campaigns.acting import reaches
from tests.campaigns.answering import proven, target_of, to_reyes, took_part
from tests.campaigns.mailing import live_for, write_all
from tests.cast import NOW, Cast
from tests.factories.contacts import ContactFactory
from tests.house.processes import free_port
from tests.outbox.relay import CUT, Relay

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
OFFICE = "alma.reyes@house.example"
PEOPLE = 4


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=True) as clock:
        yield clock


@dataclass
class Running:
    """A live campaign whose mail is written: four to ask, and Jane's letter to Rep. Reyes."""

    campaign: Campaign
    relay: Relay
    clock: Any

    def deliver(self, *, times: int = 1, every: timedelta = 20 * MINUTE) -> None:
        for number in range(times):
            if number:
                self.clock.shift(every)
            delivery.sweep(now=timezone.now())
            delivery.deliver()
        letter_outcomes.settle(now=timezone.now())

    @property
    def states(self) -> dict[str, int]:
        """Of the mail to supporters."""
        rows = Recipient.objects.filter(mailing__campaign=self.campaign)
        return dict(Counter(rows.values_list("message__state", flat=True)))

    @property
    def letter(self) -> tuple[str, str]:
        one = Letter.objects.select_related("message").get()
        return one.confirmation, one.message.state if one.message else ""

    @property
    def sent(self) -> sendlog.Sent:
        (one,) = sendlog.sent(self.campaign)
        return one

    @property
    def lines(self) -> set[tuple[str, str]]:
        """What the send log says of each person: what became of it, and how the last try ended."""
        rows = Recipient.objects.filter(mailing__campaign=self.campaign).select_related("message", "contact")
        found = [sendlog.line(row, timezone.now()) for row in rows]
        return {(one.became, one.said) for one in found}

    @property
    def why_it_waits(self) -> str:
        return sendlog.why_it_waits([self.sent], timezone.now())

    def troubles(self, cast: Cast) -> dict[str, int]:
        found = trouble.found(cast.jordan, timezone.now(), self.campaign)
        return {one.model: one.count for one in found if one.count}


@pytest.fixture
def running(cast: Cast, relay: Relay, clock: Any) -> Running:
    people: list[Contact] = [
        ContactFactory(email=f"person{number}@d{number}.example") for number in range(PEOPLE)
    ]
    campaign = live_for(cast, *people)
    write_all()
    reaches(target_of(campaign).official, ContactKind.EMAIL, OFFICE)  # type: ignore[arg-type]  # it is a person
    jane = took_part(campaign, proven(email="jane@example.org", full_name="Jane Doe"))
    letter = to_reyes(jane, method=Method.PORTAL_EMAIL, confirmation=Confirmation.WAITING)
    letter.message = letter_mail.post(letter, now=NOW)
    letter.save()
    OutboundMessage.objects.exclude(kind__in=("campaigns.appeal", letter_mail.KIND)).delete()
    return Running(campaign, relay, clock)


def at(phase: str, answer: str) -> Callable[[str, str], str | None]:
    return lambda here, _to: answer if here == phase else None


def well(phase: str, to: str) -> None:
    return


def nobody_got_two(relay: Relay) -> bool:
    return set(relay.copies.values()) <= {1} and set(Counter(relay.recipients).values()) <= {1}


NOT_YET = "The mail server did not take it yet; it is tried again"
REFUSED = "Not sent: the mail server refused it"
UNKNOWN = "Nobody knows whether it arrived: the connection was lost while it was sent"


@pytest.mark.parametrize(
    ("phase", "answer", "said"),
    [
        ("connect", "421 Too busy", "421 Too busy"),
        ("mail", "451 4.3.0 Try later", "451 4.3.0 Try later"),
        ("rcpt", "450 4.2.0 Greylisted", "450 4.2.0 Greylisted"),
        ("data", "452 4.3.1 Disk full", "452 4.3.1 Disk full"),
        ("dot", "452 4.2.2 Mailbox full", "452 4.2.2 Mailbox full"),
    ],
)
def test_not_now_is_explained_waited_for_and_then_sent_once(
    running: Running, cast: Cast, phase: str, answer: str, said: str
):
    running.relay.misbehave = at(phase, answer)
    running.deliver(times=2)
    waits = running.sent.left, running.sent.waiting, running.troubles(cast), running.letter

    explained = (NOT_YET, said) in running.lines
    running.relay.misbehave = well
    running.deliver(times=12)

    assert waits[:3] == (0, PEOPLE, {})
    assert waits[3][0] == "waiting"
    assert explained
    assert (running.states, running.letter) == ({"sent": PEOPLE}, ("confirmed", "sent"))
    assert (running.sent.left, running.why_it_waits, running.lines) == (PEOPLE, "", {("Sent", "")})
    assert len(running.relay.arrived) == PEOPLE + 1
    assert nobody_got_two(running.relay)


@pytest.mark.parametrize(
    ("phase", "answer", "said"),
    [
        ("mail", "550 5.7.1 Policy", "550 5.7.1 Policy"),
        ("rcpt", "550 5.1.1 No such user", "550 5.1.1 No such user"),
        ("data", "554 5.7.1 Refused", "554 5.7.1 Refused"),
        ("dot", "552 5.2.2 Mailbox full", "552 5.2.2 Mailbox full"),
    ],
)
def test_a_no_for_good_is_in_the_queue_of_troubles_with_the_servers_words(
    running: Running, cast: Cast, phase: str, answer: str, said: str
):
    running.relay.misbehave = at(phase, answer)

    running.deliver(times=8)

    assert (running.states, running.letter) == ({"rejected": PEOPLE}, ("failed", "rejected"))
    assert running.lines == {(REFUSED, said)}
    assert running.troubles(cast) == {"recipient": PEOPLE, "letter": 1}
    assert running.sent.left == 0
    assert running.relay.arrived == []


@pytest.mark.parametrize("phase", ["body", "dot", "reply"])
def test_a_line_cut_after_the_text_began_leaves_it_to_a_person_and_sends_no_second(
    running: Running, cast: Cast, phase: str
):
    running.relay.misbehave = at(phase, CUT)
    running.deliver()
    running.relay.misbehave = well
    running.deliver(times=6)

    uncertain = running.states.get("uncertain", 0)
    assert uncertain + running.states.get("sent", 0) == PEOPLE
    assert uncertain + (running.letter[1] == "uncertain") >= 1
    assert UNKNOWN in {became for became, _said in running.lines} or running.letter[1] == "uncertain"
    of_letter = {"letter": 1} if running.letter[1] == "uncertain" else {}
    of_mail = {"recipient": uncertain} if uncertain else {}
    assert running.troubles(cast) == of_mail | of_letter
    assert nobody_got_two(running.relay)


def test_a_line_cut_before_the_text_costs_a_try_and_nothing_else(running: Running, cast: Cast):
    running.relay.misbehave = at("data", CUT)
    running.deliver()
    running.relay.misbehave = well
    running.deliver(times=12)

    assert (running.states, running.letter[0], running.troubles(cast)) == (
        {"sent": PEOPLE},
        "confirmed",
        {},
    )
    assert nobody_got_two(running.relay)


def _no_server(settings: Any) -> None:
    settings.EMAIL_PORT = free_port()


def _no_name(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.invalid"


def _no_encryption(settings: Any) -> None:
    settings.EMAIL_USE_TLS = True


@pytest.mark.parametrize("breaks", [_no_server, _no_name, _no_encryption])
def test_where_no_server_can_be_trusted_or_reached_the_send_log_says_why_mail_waits(
    running: Running, cast: Cast, settings: Any, breaks: Callable[[Any], None]
):
    good = settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS
    breaks(settings)
    for _minute in range(6):
        running.deliver()
        running.clock.shift(MINUTE)
    why, page = running.why_it_waits, _send_log(cast, running.campaign)
    waits = running.sent.left, running.sent.waiting, running.troubles(cast)

    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = good
    running.deliver(times=12)

    assert waits == (0, PEOPLE, {})
    assert why
    assert f"Mail waits: {why}. Nothing is lost" in page
    assert (running.states, running.letter[0]) == ({"sent": PEOPLE}, "confirmed")
    assert "Mail waits" not in _send_log(cast, running.campaign)
    assert nobody_got_two(running.relay)


def _send_log(cast: Cast, campaign: Campaign) -> str:
    browser = Client()
    browser.force_login(cast.jordan)
    page = browser.get(reverse("campaigns:campaign_sendlog", args=[campaign.pk])).content.decode()
    return " ".join(page.replace("&#x27;", "'").split())


def test_paused_in_a_fault_nothing_leaves_until_it_is_resumed(running: Running, cast: Cast):
    running.relay.misbehave = at("rcpt", "450 4.2.0 Greylisted")
    running.deliver()

    campaigns.pause(running.campaign, by=cast.dana, now=timezone.now())
    running.relay.misbehave = well
    running.deliver(times=6)
    while_paused = list(running.relay.arrived), running.sent.mailing.state
    campaigns.resume(running.campaign, by=cast.dana, now=timezone.now())
    running.deliver(times=6)

    assert while_paused == ([], "paused")
    assert (running.states, running.letter[0]) == ({"sent": PEOPLE}, "confirmed")
    assert sorted(running.relay.recipients) == sorted(
        [OFFICE, *(f"person{number}@d{number}.example" for number in range(PEOPLE))]
    )


def test_an_uncertain_letter_is_found_in_the_list_behind_its_number(running: Running, cast: Cast):
    running.relay.misbehave = at("reply", CUT)
    running.deliver(times=3)
    OutboundMessage.objects.filter(kind=letter_mail.KIND).update(
        state="uncertain", settled_at=None, maybe_delivered=True
    )
    browser = Client()
    browser.force_login(cast.jordan)

    page = browser.get(reverse("admin:campaigns_letter_changelist"), {"mail": "trouble"}).content.decode()

    assert UNKNOWN in page
    assert "1 letter" in page


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a full disk of PostgreSQL needs a disk of its own")
def test_a_full_disk_stops_the_writing_between_two_people_and_not_within_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, relay: Relay
):
    monkeypatch.setattr(mailings, "CHUNK", 25)
    people = [ContactFactory(email=f"person{number}@example.org") for number in range(100)]
    campaign = live_for(cast, *people)
    (mailing,) = campaign.mailings.all()
    mailings.write_more(mailing.pk, now=NOW)

    with _full():
        for _try in range(3):
            with pytest.raises(DatabaseError, match="full"):
                write_on(mailing.pk)
        written = mailing.recipients.count()
        kept = OutboundMessage.objects.filter(kind="campaigns.appeal").count()
    write_on(mailing.pk)

    assert (written % 25, kept) == (0, written)
    assert 25 <= written < 100
    mailing.refresh_from_db()
    mails = OutboundMessage.objects.filter(kind="campaigns.appeal").values_list("recipient", flat=True)
    assert (mailing.state, sorted(mails)) == ("sending", sorted(one.email for one in people))


def write_on(mailing: int) -> None:
    while mailings.write_more(mailing, now=NOW):
        pass


class _full:
    """The database has no page left, and none is to be had."""

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            (pages,) = cursor.fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages}")

    def __exit__(self, *_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
