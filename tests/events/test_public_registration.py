"""The public page and the link: no sign-in, no cookie; nothing counts before the address is confirmed."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from advocacy.audit.models import Entry
from advocacy.events import links
from advocacy.events.models import AdvocacyEvent, Registration
from advocacy.outbox.models import OutboundMessage
from campaigns.gate import proof_of_work
from tests.cast import NOW, Cast
from tests.factories.advocacy_days import coming, day_of, team

SOON = NOW + timedelta(seconds=30)


@pytest.fixture
def event(cast: Cast) -> AdvocacyEvent:
    return day_of(cast, is_public=True, cap=2)


class Visitor:
    """Opens the page and sends its form half a minute later."""

    def __init__(self, event: AdvocacyEvent, clock: time_machine.Traveller) -> None:
        self.path, self.clock, self.client = (
            links.public_path_of(event, "en"),
            clock,
            Client(enforce_csrf_checks=True),
        )

    def register(self, *, waits: bool = True, **said: str):
        self.clock.move_to(NOW)
        page = self.client.get(self.path).content.decode()
        found = re.search(r'name="form_token" value="([^"]+)"', page)
        if waits:
            self.clock.move_to(SOON)
        known = {
            "name": "Ann Doe", "email": "ann@example.org", "language": "en", "speaks_english": "on",
            "whereabouts": "none", "form_token": found[1] if found else "",
            "form_work": proof_of_work.answer_to(proof_of_work.challenge(now=NOW)),
        }  # fmt: skip
        return self.client.post(self.path, known | said)


@pytest.fixture
def visitor(event: AdvocacyEvent, clock: time_machine.Traveller) -> Visitor:
    return Visitor(event, clock)


def statuses() -> list[tuple[str, str, bool]]:
    rows = Registration.objects.order_by("pk")
    return [(row.name, row.status, row.proven_at is not None) for row in rows]


def kinds() -> list[str]:
    return list(OutboundMessage.objects.order_by("pk").values_list("kind", flat=True))


def link_in_mail() -> str:
    text = OutboundMessage.objects.order_by("pk").last().text  # type: ignore[union-attr]
    found = re.search(r"https?://[^/]+(/advocacy-days/mine/\S+)", text)
    assert found
    return found[1]


def test_a_stranger_registers_confirms_and_gets_a_place_without_an_account_or_a_cookie(visitor: Visitor):
    answer = visitor.register(access_needs="Captions")
    asked = statuses()
    looked = visitor.client.get(link_in_mail())
    unchanged = statuses()
    pressed = visitor.client.post(link_in_mail(), {"confirm": "1"})

    assert (answer.status_code, answer.cookies, looked.cookies) == (200, {}, {})
    assert "Look in your mail" in answer.content.decode()
    assert asked == unchanged == [("Ann Doe", "waiting", False)]
    assert (pressed.status_code, statuses()) == (303, [("Ann Doe", "registered", True)])
    assert kinds()[:2] == ["events.proof", "events.place"]
    assert Registration.objects.get().access_needs == "Captions"


def test_confirming_twice_is_confirming_once(visitor: Visitor):
    visitor.register()
    link = link_in_mail()
    for _ in range(2):
        visitor.client.post(link, {"confirm": "1"})

    assert kinds().count("events.place") == 1


def test_unconfirmed_people_hold_no_place_and_stand_in_no_queue(event: AdvocacyEvent, visitor: Visitor):
    coming(event, "Bo")
    visitor.register()
    link = link_in_mail()
    coming(event, "Cy")
    visitor.client.post(link, {"confirm": "1"})

    assert statuses()[1] == ("Ann Doe", "waiting", True)
    assert OutboundMessage.objects.get(kind="events.place").subject == (
        "You are on the waiting list: Health IT Day 2027"
    )


def test_the_page_does_not_tell_whether_an_address_is_known(event: AdvocacyEvent, visitor: Visitor):
    coming(event, "Ann Real", email="ANN@example.org")
    known = visitor.register()
    stranger = visitor.register(email="other@example.org")

    assert re.sub("[a-z]+@", "", known.content.decode()) == re.sub("[a-z]+@", "", stranger.content.decode())
    assert statuses()[0] == ("Ann Real", "registered", True)
    assert [
        (row.recipient, row.kind)
        for row in OutboundMessage.objects.exclude(kind="events.reminder").order_by("pk")
    ] == [
        ("ann@example.org", "events.place"),
        ("other@example.org", "events.proof"),
    ]


@pytest.mark.parametrize("said", [{"homepage": "https://spam.example"}, {"waits": False}])
def test_a_robot_is_thanked_and_nothing_is_kept(visitor: Visitor, said):
    answer = visitor.register(**said)

    assert "Look in your mail" in answer.content.decode()
    assert (statuses(), kinds()) == ([], [])


@pytest.mark.parametrize("said", [{"form_token": "forged"}, {"form_work": "forged"}])
def test_a_form_that_is_not_ours_is_refused_in_words(visitor: Visitor, said: dict[str, str]):
    answer = visitor.register(**said)

    assert answer.status_code == 400
    assert "The form did not arrive whole." in answer.content.decode()
    assert statuses() == []


def test_one_address_gets_three_links_an_hour(visitor: Visitor, settings):
    settings.ACTS_A_DAY_FROM_ONE_ADDRESS = 9
    for _ in range(4):
        assert visitor.register().status_code == 200

    assert len(statuses()) == 1
    assert OutboundMessage.objects.filter(kind="events.proof").count() <= 3


@pytest.mark.parametrize("fields", [{"is_public": False}, {"status": "idea"}])
def test_a_day_for_colleagues_or_one_that_is_an_idea_has_no_public_page(
    event: AdvocacyEvent, visitor: Visitor, fields: dict[str, object]
):
    AdvocacyEvent.objects.update(**fields)

    assert visitor.client.get(visitor.path).status_code == 404


def test_a_closed_registration_says_so_and_keeps_nothing(event: AdvocacyEvent, visitor: Visitor):
    AdvocacyEvent.objects.update(status="frozen")

    assert "Registration is closed" in visitor.register().content.decode()
    assert statuses() == []


def test_by_the_link_one_changes_what_one_said_withdraws_and_is_forgotten(event: AdvocacyEvent, cast: Cast):
    row = coming(event, "Ann Doe", diet="Vegan")
    team(event, row)
    path, client = links.path_of(row), Client(enforce_csrf_checks=True)
    said = {"save": "1", "name": "Ann B. Doe", "language": "fr", "speaks_french": "on", "whereabouts": "none"}

    saved = client.post(path, said)
    row.refresh_from_db()
    changed = (row.name, row.language, row.diet)
    client.post(path, {"withdraw": "1"})
    withdrawn = statuses()
    client.post(path, {"forget": "1"})

    assert (saved.status_code, changed) == (303, ("Ann B. Doe", "fr", ""))
    assert withdrawn == [("Ann B. Doe", "withdrawn", True)]
    assert OutboundMessage.objects.filter(kind="events.left", recipient=cast.priya.email).count() == 1
    assert statuses() == [("", "withdrawn", True)]
    assert "Ann" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    "spoil", [lambda path: path[:-5] + "/", lambda path: path.replace("mine/en/", "mine/en/x")]
)
def test_a_link_that_is_cut_or_forged_opens_nothing(event: AdvocacyEvent, spoil):
    row = coming(event, "Ann Doe")

    answer = Client().post(spoil(links.path_of(row)), {"withdraw": "1"})

    assert answer.status_code == 410
    assert statuses() == [("Ann Doe", "registered", True)]


def test_a_colleagues_registration_has_no_link(event: AdvocacyEvent, cast: Cast):
    assert Client().get(links.path_of(coming(event, cast.sam))).status_code == 410


def test_what_nobody_confirmed_is_forgotten_after_a_week(event: AdvocacyEvent, visitor: Visitor):
    old = coming(event, "Typed", status="waiting", proven_at=None)
    Registration.objects.filter(pk=old.pk).update(registered_at=NOW - timedelta(days=8))

    visitor.register()

    assert [name for name, _status, _proven in statuses()] == ["Ann Doe"]


def test_the_language_of_the_page_is_that_of_its_address(event: AdvocacyEvent):
    page = Client().get(links.public_path_of(event, "fr"), headers={"accept-language": "en"}).content.decode()

    assert '<html lang="fr">' in page
    assert "<h1>Journée de la santé numérique 2027</h1>" in page
