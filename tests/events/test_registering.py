"""Registering: places are given in turn, of an address only the districts are kept, and who is forgotten is gone."""

import base64
from datetime import UTC, datetime

import icalendar
import pytest

from advocacy.audit.models import Entry
from advocacy.events.actions import days, places, registrations
from advocacy.events.actions.registrations import Districts, Refused
from advocacy.events.models import AdvocacyEvent, Registration, TeamMember
from advocacy.outbox.models import OutboundMessage
from legislation.models import Seat
from tests.cast import NOW, Cast, browser_of
from tests.factories.advocacy_days import coming, day_of, team
from tests.factories.maps import Houston, houston, remembers

SAID = {"language": "en", "speaks_english": "on", "whereabouts": "none"}


@pytest.fixture
def event(cast: Cast) -> AdvocacyEvent:
    return day_of(cast, cap=2)


@pytest.fixture
def texas(event: AdvocacyEvent) -> Houston:
    return houston()


def page_of(event: AdvocacyEvent) -> str:
    return f"/advocacy-days/{event.pk}/register/"


def statuses() -> list[tuple[str, str]]:
    return list(Registration.objects.order_by("pk").values_list("name", "status"))


def mails() -> list[tuple[str, str]]:
    rows = OutboundMessage.objects.exclude(kind="events.reminder").order_by("pk")
    return list(rows.values_list("recipient", "subject"))


def districts() -> list[tuple[str, str]]:
    rows = Registration.objects.get().districts.order_by("division__name")
    return list(rows.values_list("division__name", "jurisdiction__name"))


def test_a_colleague_registers_and_gets_the_day_for_their_calendar(cast: Cast, event: AdvocacyEvent):
    browser_of(cast.sam).post(page_of(event), SAID | {"access_needs": "Step-free", "arrives_at": "10:30"})

    row, mail = Registration.objects.get(), OutboundMessage.objects.get()
    file = icalendar.Calendar.from_ical(base64.b64decode(mail.attachments[0]["content"]))
    entry = file.walk("VEVENT")[0]
    assert (row.person, row.name, row.email, row.status) == (
        cast.sam,
        "Sam Reed",
        cast.sam.email,
        "registered",
    )
    assert (row.access_needs, mail.subject) == ("Step-free", "You are registered: Health IT Day 2027")
    assert entry["dtstart"].dt == datetime(2027, 4, 14, 15, 30, tzinfo=UTC)
    assert entry["status"] == "CONFIRMED"


def test_the_page_proposes_ones_saved_place_and_keeps_its_districts(
    cast: Cast, event: AdvocacyEvent, texas: Houston
):
    remembers(cast.sam, Seat.objects.get(label="Texas House 131"))
    browser = browser_of(cast.sam)
    page = browser.get(page_of(event))
    browser.post(page_of(event), SAID | {"whereabouts": page.context["form"]["whereabouts"].value()})

    assert "Those of my saved place: Texas House 131" in page.content.decode()
    assert districts() == [("Texas House 131", "Texas")]


def test_a_code_that_lies_in_several_districts_asks_which_and_never_picks(
    cast: Cast, event: AdvocacyEvent, texas: Houston
):
    browser, typed = browser_of(cast.sam), SAID | {"whereabouts": "typed", "place": "77004"}
    page = browser.post(page_of(event), typed)
    (pick,) = [name for name in page.context["form"].fields if name.startswith("district_")]
    registered = Registration.objects.exists()
    browser.post(page_of(event), typed | {pick: str(texas.lower_147.pk)})

    assert (page.status_code, registered) == (422, False)
    assert "It lies in several districts." in page.content.decode()
    assert districts() == [("Texas House 147", "Texas"), ("U.S. House TX-9", "United States")]


def test_who_does_not_know_their_district_comes_with_what_is_certain(
    cast: Cast, event: AdvocacyEvent, texas: Houston
):
    browser, typed = browser_of(cast.sam), SAID | {"whereabouts": "typed", "place": "77004"}
    page = browser.post(page_of(event), typed)
    (pick,) = [name for name in page.context["form"].fields if name.startswith("district_")]
    browser.post(page_of(event), typed | {pick: "0"})

    assert districts() == [("U.S. House TX-9", "United States")]


def test_finding_shows_the_districts_and_keeps_nothing_until_they_are_sent(
    cast: Cast, event: AdvocacyEvent, texas: Houston
):
    typed = SAID | {"whereabouts": "typed", "place": "77004"}
    browser = browser_of(cast.sam)
    asked = browser.post(page_of(event), typed).context["form"]
    (pick,) = [name for name in asked.fields if name.startswith("district_")]
    found = browser.post(page_of(event) + "find/", typed | {pick: str(texas.lower_131.pk)})
    sealed = found.context["form"]["seal"].value()
    kept = Registration.objects.exists()
    browser.post(page_of(event), SAID | {"whereabouts": "typed", "seal": sealed})

    assert not kept
    assert "As just looked up: " in found.content.decode()
    assert 'value="77004"' not in found.content.decode()
    assert ("Texas House 131", "Texas") in districts()


def test_a_forged_seal_makes_nobody_a_constituent(cast: Cast, event: AdvocacyEvent, texas: Houston):
    page = browser_of(cast.sam).post(page_of(event), SAID | {"whereabouts": "typed", "seal": "forged"})

    assert page.status_code == 422
    assert not Registration.objects.exists()


def test_nothing_of_a_typed_address_is_kept(cast: Cast, event: AdvocacyEvent, texas: Houston):
    place = "2100 Mulberry Lane, Houston, TX 77004"
    browser_of(cast.sam).post(page_of(event), SAID | {"whereabouts": "typed", "place": place})
    browser_of(cast.sam).post(page_of(event), SAID)

    kept = [*Registration.objects.values(), *Entry.objects.values(), *OutboundMessage.objects.values()]
    assert "Mulberry" not in str(kept)


def test_whoever_comes_when_all_places_are_taken_waits_and_moves_up_in_turn(cast: Cast, event: AdvocacyEvent):
    for person in (cast.sam, cast.luis, cast.dana, cast.ruth):
        browser_of(person).post(page_of(event), SAID)
    browser_of(cast.sam).post(page_of(event), {"withdraw": "1"})

    assert statuses() == [
        ("Sam Reed", "withdrawn"),
        ("Luis Ortega", "registered"),
        ("Dana Whitfield", "registered"),
        ("Ruth Abel", "waiting"),
    ]
    day = "Health IT Day 2027"
    assert mails() == [
        (cast.sam.email, f"You are registered: {day}"),
        (cast.luis.email, f"You are registered: {day}"),
        (cast.dana.email, f"You are on the waiting list: {day}"),
        (cast.ruth.email, f"You are on the waiting list: {day}"),
        (cast.sam.email, f"You have withdrawn: {day}"),
        (cast.dana.email, f"You are registered: {day}"),
    ]


def test_more_places_go_to_those_who_wait(cast: Cast, event: AdvocacyEvent):
    for number, status in enumerate(("registered", "registered", "waiting", "waiting")):
        coming(event, f"Guest {number}", status=status)

    days.change(event, by=cast.priya, now=NOW, hosts=event.hosts.all(), cap=3)

    assert [status for _name, status in statuses()] == ["registered"] * 3 + ["waiting"]


def test_who_withdraws_leaves_the_team_and_the_coordinator_hears_of_it(cast: Cast, event: AdvocacyEvent):
    row = coming(event, cast.sam)
    team(event, row, coming(event, "Ann"))

    assert registrations.withdraw(row, by=cast.sam, now=NOW)
    assert not registrations.withdraw(row, by=cast.sam, now=NOW)

    told = OutboundMessage.objects.get(kind="events.left")
    assert TeamMember.objects.count() == 1
    assert told.recipient == cast.priya.email
    assert (
        "Sam Reed has withdrawn and is no longer in Team 1. They were its captain: choose another."
        in told.text
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"registration_until": "2027-02-08"}, "Registration is over."),
        ({"status": "frozen"}, "Registration is closed: the schedule is being made."),
        ({"status": "announced"}, "Registration is not open yet."),
        ({"status": "cancelled", "cancelled_reason": "Storm."}, "This Advocacy Day is cancelled."),
    ],
)
def test_outside_of_registration_it_is_refused_in_words(
    cast: Cast, event: AdvocacyEvent, fields: dict[str, str], words: str
):
    AdvocacyEvent.objects.update(**fields)

    page = browser_of(cast.sam).post(page_of(event), SAID)

    assert page.status_code == 409
    assert words in page.content.decode()
    assert not Registration.objects.exists()


def test_who_is_registered_corrects_what_they_said_after_registration_has_closed(
    cast: Cast, event: AdvocacyEvent
):
    coming(event, cast.sam)
    AdvocacyEvent.objects.update(status="frozen")

    browser_of(cast.sam).post(page_of(event), SAID | {"diet": "Vegan"})

    assert Registration.objects.get().diet == "Vegan"
    assert "Vegan" not in str(list(Entry.objects.values()))


def test_who_withdrew_comes_again_at_the_end_of_the_queue(cast: Cast, event: AdvocacyEvent):
    coming(event, cast.sam, status="withdrawn")
    for number, status in enumerate(("registered", "registered", "waiting")):
        coming(event, f"Guest {number}", status=status)

    row = registrations.register(event, by=cast.sam, now=NOW, districts=Districts())

    assert (row.status, Registration.objects.count()) == ("waiting", 4)


def test_a_colleague_takes_over_what_was_registered_with_their_address(cast: Cast, event: AdvocacyEvent):
    coming(event, "Sam Reed", email=cast.sam.email.upper(), diet="Vegan")

    row = registrations.register(event, by=cast.sam, now=NOW, districts=None, topics="Data")

    assert (row.person, row.diet, Registration.objects.count()) == (cast.sam, "Vegan", 1)


def test_whoever_runs_it_gives_a_place_on_top_and_nobody_else_does(cast: Cast, event: AdvocacyEvent):
    coming(event, "Ann")
    coming(event, "Bo")
    row = coming(event, "Wei", status="waiting")

    assert not places.move_up(row, by=cast.sam, now=NOW)
    assert places.move_up(row, by=cast.priya, now=NOW)
    assert not places.move_up(row, by=cast.priya, now=NOW)
    assert statuses()[-1] == ("Wei", "registered")


def test_who_asks_to_be_forgotten_is_gone_and_the_next_one_moves_up(
    cast: Cast, event: AdvocacyEvent, texas: Houston
):
    row = coming(
        event,
        "Ann Doe",
        lives_in=[Seat.objects.get(label="Texas House 131")],
        diet="Vegan",
        phone="+15125550100",
    )
    team(event, row)
    coming(event, "Bo")
    coming(event, "Wei", status="waiting")

    assert registrations.erase(row, by=cast.priya, now=NOW)
    assert not registrations.erase(row, by=cast.priya, now=NOW)

    kept = [*Registration.objects.filter(pk=row.pk).values(), *Entry.objects.values()]
    assert [word in str(kept) for word in ("Ann", "ann.doe", "Vegan", "+1512")] == [False] * 4
    assert not row.districts.exists()
    assert [status for _name, status in statuses()] == ["withdrawn", "registered", "registered"]


def test_who_was_there_and_is_forgotten_is_still_counted(cast: Cast, event: AdvocacyEvent):
    AdvocacyEvent.objects.update(status="closed", held_on="2027-02-02")
    row = coming(event, "Ann Doe")

    registrations.erase(row, by=cast.priya, now=NOW)

    assert statuses() == [("", "registered")]


def test_nobody_is_withdrawn_changed_or_forgotten_by_a_stranger(cast: Cast, event: AdvocacyEvent):
    row = coming(event, "Ann")

    for act in (
        lambda: registrations.withdraw(row, by=cast.sam, now=NOW),
        lambda: registrations.erase(row, by=cast.sam, now=NOW),
        lambda: registrations.change(row, by=cast.sam, now=NOW, districts=None, diet="None"),
        lambda: registrations.add(
            event, by=cast.sam, now=NOW, email="x@example.org", districts=Districts(), name="X"
        ),
    ):
        with pytest.raises(PermissionError):
            act()


def test_people_are_added_by_hand_after_registration_has_closed_and_not_twice(
    cast: Cast, event: AdvocacyEvent
):
    AdvocacyEvent.objects.update(status="frozen")
    event.refresh_from_db()
    said = {"name": "Kim Ito", "email": "kim@example.org"}
    registrations.add(event, by=cast.priya, now=NOW, districts=Districts(), **said)

    with pytest.raises(Refused):
        registrations.add(event, by=cast.priya, now=NOW, districts=Districts(), **said)
    assert statuses() == [("Kim Ito", "registered")]
