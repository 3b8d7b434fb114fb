"""Hearings: set, moved, called off; one entry in a calendar, whatever becomes of them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core.exceptions import ValidationError
from django.urls import reverse

from advocacy.audit.models import Entry
from legislation.actions import hearings
from legislation.models import Committee, Hearing, HearingMove, HearingStatus
from tests.cast import NOW, Cast, browser_of
from tests.factories.hearings import CHICAGO, NEXT_TUESDAY, hearing_on
from tests.factories.measures import measure
from tests.factories.people import state
from tests.legislation.admin_form import form_of

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)


def announced(**fields):
    known = {
        "jurisdiction": state("tx", "Texas"),
        "committee_name": "Public Health",
        "starts_at": NEXT_TUESDAY,
        "zone": CHICAGO,
    }
    return Hearing(**(known | fields))


def told() -> list[tuple[str, dict]]:
    return list(Entry.objects.order_by("pk").values_list("verb", "changes"))


def test_a_hearing_is_set_with_its_measures_and_leaves_a_trace(cast: Cast):
    bills = [measure("HB 1"), measure("SB 2")]

    hearing = hearings.schedule(announced(), by=cast.jordan, now=NOW, measures=bills)

    assert set(hearing.measures.all()) == set(bills)
    assert (hearing.status, hearing.sequence, told()) == (HearingStatus.SCHEDULED, 0, [("planned", {})])


def test_a_hearing_is_not_set_for_the_past_or_by_a_foreign_clock(cast: Cast):
    with pytest.raises(hearings.InThePast):
        hearings.schedule(announced(starts_at=NOW), by=cast.jordan, now=NOW)
    with pytest.raises(hearings.UnknownZone):
        hearings.schedule(announced(zone="Europe/Paris"), by=cast.jordan, now=NOW)

    assert (Hearing.objects.count(), told()) == (0, [])


def test_the_committee_of_a_hearing_is_one_of_its_jurisdiction(cast: Cast):
    elsewhere = Committee.objects.create(jurisdiction=state("oh", "Ohio"), name="Health", external_id="x")

    with pytest.raises(ValidationError, match="another jurisdiction"):
        hearings.schedule(announced(committee=elsewhere), by=cast.jordan, now=NOW)


def test_a_moved_hearing_keeps_what_was_announced_before(cast: Cast):
    hearing = hearing_on(measure("HB 1"))

    assert hearings.move(hearing, by=cast.jordan, now=NOW, starts_at=NEXT_TUESDAY + AN_HOUR)
    assert hearings.move(hearing, by=cast.jordan, now=NOW + AN_HOUR, room="Capitol Annex")

    assert (hearing.status, hearing.sequence) == (HearingStatus.MOVED, 2)
    assert (hearing.starts_at, hearing.room) == (NEXT_TUESDAY + AN_HOUR, "Capitol Annex")
    assert hearing.changes() == [
        (NOW + AN_HOUR, NEXT_TUESDAY + AN_HOUR, "E2.012", NEXT_TUESDAY + AN_HOUR, "Capitol Annex"),
        (NOW, NEXT_TUESDAY, "E2.012", NEXT_TUESDAY + AN_HOUR, "E2.012"),
    ]
    assert [verb for verb, _changes in told()] == ["moved", "moved"]
    assert told()[1][1] == {"room": ["E2.012", "Capitol Annex"]}


def test_a_move_to_where_it_is_changes_nothing(cast: Cast):
    hearing = hearing_on(measure("HB 1"))

    assert not hearings.move(hearing, by=cast.jordan, now=NOW, starts_at=NEXT_TUESDAY, room="E2.012")

    assert (hearing.sequence, HearingMove.objects.count(), told()) == (0, 0, [])


def test_a_room_that_becomes_known_is_no_move_and_calendars_are_told(cast: Cast):
    hearing = hearing_on(measure("HB 1"), room="")

    assert hearings.move(hearing, by=cast.jordan, now=NOW, room="E2.012")

    assert (hearing.status, hearing.sequence, hearing.changes()) == (HearingStatus.SCHEDULED, 1, [])
    assert told() == [("edited", {"room": ["", "E2.012"]})]


def test_a_hearing_is_not_moved_into_the_past_or_to_a_foreign_clock(cast: Cast):
    hearing = hearing_on(measure("HB 1"))

    with pytest.raises(hearings.InThePast):
        hearings.move(hearing, by=cast.jordan, now=NOW, starts_at=NOW - AN_HOUR)
    with pytest.raises(hearings.UnknownZone):
        hearings.move(hearing, by=cast.jordan, now=NOW, zone="Mars/Olympus")

    assert (hearing.sequence, HearingMove.objects.count()) == (0, 0)


@pytest.mark.parametrize("status", [HearingStatus.CANCELLED, HearingStatus.HELD])
def test_what_is_over_or_called_off_changes_no_more(cast: Cast, status: str):
    hearing = hearing_on(measure("HB 1"), status=status)
    later = NEXT_TUESDAY + AN_HOUR

    with pytest.raises(hearings.NotOpen):
        hearings.move(hearing, by=cast.jordan, now=NOW, starts_at=later)
    with pytest.raises(hearings.NotOpen):
        hearings.cancel(hearing, by=cast.jordan, now=NOW)
    with pytest.raises(hearings.NotOpen):
        hearings.mark_held(hearing, by=cast.jordan, now=later)
    with pytest.raises(hearings.NotOpen):
        hearings.edit(hearing, by=cast.jordan, note="Still on?")

    hearing.refresh_from_db()
    assert (hearing.status, hearing.sequence, HearingMove.objects.count(), told()) == (status, 0, 0, [])


def test_the_second_of_two_people_who_change_a_hearing_is_refused(cast: Cast):
    first = hearing_on(measure("HB 1"))
    second = Hearing.objects.get(pk=first.pk)
    hearings.move(first, by=cast.jordan, now=NOW, starts_at=NEXT_TUESDAY + AN_HOUR)

    with pytest.raises(hearings.NotOpen):
        hearings.cancel(second, by=cast.angela, now=NOW)


def test_a_cancelled_hearing_is_one_more_step_for_calendars(cast: Cast):
    hearing = hearing_on(measure("HB 1"))

    hearings.cancel(hearing, by=cast.jordan, now=NOW)

    assert (hearing.status, hearing.sequence, told()) == (HearingStatus.CANCELLED, 1, [("cancelled", {})])


def test_a_hearing_is_held_once_it_has_begun(cast: Cast):
    hearing = hearing_on(measure("HB 1"))

    with pytest.raises(hearings.NotBegun):
        hearings.mark_held(hearing, by=cast.jordan, now=NEXT_TUESDAY - AN_HOUR)
    hearings.mark_held(hearing, by=cast.jordan, now=NEXT_TUESDAY)

    assert (hearing.status, [verb for verb, _changes in told()]) == (HearingStatus.HELD, ["held"])


def test_details_are_edited_without_a_move(cast: Cast):
    hearing = hearing_on(measure("HB 1"))

    assert hearings.edit(hearing, by=cast.jordan, note="Bring copies.", url="")
    assert not hearings.edit(hearing, by=cast.jordan, note="Bring copies.")

    assert (hearing.note, hearing.status, HearingMove.objects.count()) == ("Bring copies.", "scheduled", 0)
    assert told() == [("edited", {"note": ["", "Bring copies."]})]


def test_the_room_has_its_own_clock():
    hearing = Hearing(starts_at=datetime(2027, 2, 16, 15, 0, tzinfo=UTC), zone=CHICAGO)

    assert hearing.starts_there == datetime(2027, 2, 16, 9, 0, tzinfo=ZoneInfo(CHICAGO))
    assert hearing.starts_there.hour == 9


def page(person, address: str) -> str:
    response = browser_of(person).get(address)
    assert response.status_code == 200
    return response.content.decode()


def shown(person, address: str = "") -> list[str]:
    """What stands in the calendar, by day, in the order of the page."""
    response = browser_of(person).get(reverse("legislation:hearing_list") + address)
    days = response.context["days"]
    return [f"{one['day']:%m-%d} {hearing.held_by}" for one in days for hearing in one["hearings"]]


def test_the_calendar_is_by_the_readers_day_soonest_first_and_has_what_was_before_apart(cast: Cast):
    bill = measure("HB 1")
    # 23:30 in Chicago: the next day in Toronto.
    late = NEXT_TUESDAY.replace(hour=23, minute=30)
    hearing_on(bill, starts_at=late, committee_name="Late")
    hearing_on(bill, committee_name="Early")
    hearing_on(bill, starts_at=NOW - AN_HOUR, committee_name="This morning")
    hearing_on(bill, starts_at=NOW - timedelta(days=1), committee_name="Yesterday")
    hearing_on(bill, starts_at=NOW - timedelta(days=2), committee_name="Before")

    assert shown(cast.dana) == ["02-09 This morning", "02-16 Early", "02-16 Late"]
    assert shown(cast.elise) == ["02-09 This morning", "02-16 Early", "02-17 Late"]
    assert shown(cast.dana, "?when=earlier") == ["02-08 Yesterday", "02-07 Before"]


def test_the_calendar_is_filtered_by_legislature_and_committee_in_the_address(cast: Cast):
    texas, ohio = state("tx", "Texas"), state("oh", "Ohio")
    health = Committee.objects.create(jurisdiction=texas, name="Health", external_id="tx-1")
    hearing_on(measure("HB 1"), committee=health, committee_name="")
    hearing_on(measure("HB 2"), committee_name="Appropriations")
    hearing_on(measure("SB 3", jurisdiction=ohio, session="137"), committee_name="Finance")

    assert shown(cast.dana, f"?jurisdiction={texas.pk}") == ["02-16 Health", "02-16 Appropriations"]
    assert shown(cast.dana, f"?committee={health.pk}") == ["02-16 Health"]
    assert shown(cast.dana, f"?jurisdiction={ohio.pk}&committee={health.pk}") == []


def test_a_cancelled_and_a_moved_hearing_are_shown_as_such(cast: Cast):
    bill = measure("HB 1")
    hearing_on(bill, status=HearingStatus.CANCELLED)
    hearing_on(bill, status=HearingStatus.MOVED)

    rows = page(cast.dana, reverse("legislation:hearing_list"))

    assert (rows.count("Cancelled"), rows.count("Moved")) == (1, 1)


def test_the_rooms_own_time_stands_beside_the_readers_where_it_differs(cast: Cast):
    hearing = hearing_on(measure("HB 1"))

    abroad, at_home = (page(person, hearing.get_absolute_url()) for person in (cast.noor, cast.dana))

    # 09:00 in Austin is 08:00 by Vancouver's clock, which is no longer changed (UTC−7).
    assert "08:00</time>" in abroad
    assert "your time" in abroad
    assert "09:00" in abroad
    assert "09:00</time>" in at_home
    assert "your time" not in at_home


def test_the_page_shows_measures_deadlines_and_what_changed(cast: Cast):
    hearing = hearing_on(
        measure("HB 1"),
        measure("SB 2"),
        sign_up_by=NOW + AN_HOUR,
        written_by=NOW - AN_HOUR,
        language_rule="A brief in one language arrives five days ahead.",
    )
    hearings.move(hearing, by=cast.jordan, now=NOW, starts_at=NEXT_TUESDAY + AN_HOUR, room="Annex")

    text = page(cast.dana, hearing.get_absolute_url())

    assert "Title of HB 1" in text
    assert "Title of SB 2" in text
    assert "This hearing was moved" in text
    assert text.index("E2.012") < text.index("Annex")
    assert text.index("Written testimony by") < text.index("Sign up by")
    assert ("Over" in text, "Soon" in text) == (True, True)
    assert "A brief in one language arrives five days ahead." in text


def test_a_calendar_keeps_one_entry_of_a_hearing_that_moves_and_is_called_off(cast: Cast):
    hearing = hearing_on(measure("HB 1"), measure("SB 2"))
    address = reverse("legislation:hearing_file", args=[hearing.pk])
    browser = browser_of(cast.dana)

    def file():
        return vobject.readOne(browser.get(address).content.decode()).vevent

    announced_at = file()
    hearings.move(hearing, by=cast.jordan, now=NOW, starts_at=NEXT_TUESDAY + AN_HOUR)
    moved_to = file()
    hearings.cancel(hearing, by=cast.jordan, now=NOW)
    called_off = file()

    events = (announced_at, moved_to, called_off)
    assert len({event.uid.value for event in events}) == 1
    assert [event.sequence.value for event in events] == ["0", "1", "2"]
    assert [event.status.value for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert announced_at.dtstart.value == datetime(2027, 2, 16, 15, tzinfo=UTC)
    assert moved_to.dtstart.value == datetime(2027, 2, 16, 16, tzinfo=UTC)
    assert announced_at.summary.value == "Public Health: HB 1, SB 2"
    assert announced_at.location.value == "E2.012"


def test_the_page_of_a_measure_shows_its_hearings_the_next_one_first(cast: Cast):
    bill, other = measure("HB 1"), measure("HB 2")
    hearing_on(bill, starts_at=NEXT_TUESDAY + timedelta(days=7), committee_name="Calendars")
    hearing_on(bill, committee_name="Public Health")
    hearing_on(bill, starts_at=NOW - timedelta(days=3), committee_name="Intake", status=HearingStatus.HELD)
    hearing_on(other, committee_name="Elsewhere")

    text = page(cast.dana, bill.get_absolute_url())

    places = [text.index(name) for name in ("Public Health", "Calendars", "Intake")]
    assert places == sorted(places)
    assert "Elsewhere" not in text


def test_a_measure_without_hearings_has_no_card_for_them(cast: Cast):
    assert "hearings-title" not in page(cast.dana, measure("HB 1").get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_asks_as_often_for_three_hearings_as_for_one(
    cast: Cast, count: int, django_assert_num_queries
):
    for number in range(count):
        hearing_on(measure(f"HB {number}"), starts_at=NEXT_TUESDAY + timedelta(days=number))
    browser = browser_of(cast.dana)
    browser.get(reverse("legislation:hearing_list"))

    with django_assert_num_queries(13):
        browser.get(reverse("legislation:hearing_list"))


CHANGE = "admin:legislation_hearing_change"


def test_staff_move_a_hearing_by_the_clock_of_its_room(cast: Cast):
    hearing = hearing_on(measure("HB 1"))
    browser = browser_of(cast.jordan)
    address = reverse(CHANGE, args=[hearing.pk])
    form = form_of(browser, address)
    assert form["starts_at"] == datetime(2027, 2, 16, 9, 0)  # noqa: DTZ001 (as the clock on the wall shows it)

    said = {"starts_at": "2027-02-16T10:30", "note": "Bring copies.", "committee_name": "Health"}
    answer = browser.post(address, form | said)

    assert answer.status_code == 302
    hearing.refresh_from_db()
    assert hearing.held_by == "Health"
    assert hearing.starts_at == datetime(2027, 2, 16, 16, 30, tzinfo=UTC)
    assert (hearing.status, hearing.note, hearing.changes()[0].old_start) == (
        HearingStatus.MOVED,
        "Bring copies.",
        NEXT_TUESDAY,
    )
    assert [verb for verb, _changes in told()] == ["edited", "moved"]


def test_staff_announce_a_hearing_with_its_measures(cast: Cast):
    bill = measure("HB 1")
    browser = browser_of(cast.jordan)
    address = reverse("admin:legislation_hearing_add")
    form = form_of(browser, address) | {
        "jurisdiction": bill.session.jurisdiction_id,
        "committee_name": "Public Health",
        "measures": [bill.pk],
        "starts_at": "2027-03-15T09:00",
        "zone": "America/Vancouver",
    }

    answer = browser.post(address, form)

    assert answer.status_code == 302
    hearing = Hearing.objects.get()
    assert (hearing.starts_at, list(hearing.measures.all())) == (
        datetime(2027, 3, 15, 16, tzinfo=UTC),
        [bill],
    )
    assert [verb for verb, _changes in told()] == ["planned"]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"starts_at": "2027-02-01T09:00"}, "lies ahead"),
        ({"status": "held"}, "has not begun yet"),
        ({"zone": "Europe/Paris"}, "Europe/Paris is not one of the available choices"),
        ({"status": "moved"}, "moved is not one of the available choices"),
    ],
)
def test_staff_are_told_what_a_hearing_cannot_become(cast: Cast, said: dict, problem: str):
    hearing = hearing_on(measure("HB 1"))
    browser = browser_of(cast.jordan)
    address = reverse(CHANGE, args=[hearing.pk])

    answer = browser.post(address, form_of(browser, address) | {"starts_at": "2027-02-16T09:00"} | said)

    assert answer.status_code == 200
    assert problem in answer.content.decode()
    hearing.refresh_from_db()
    assert (hearing.status, hearing.sequence) == (HearingStatus.SCHEDULED, 0)


def test_staff_call_a_hearing_off_and_then_it_is_only_read(cast: Cast):
    hearing = hearing_on(measure("HB 1"))
    browser = browser_of(cast.jordan)
    address = reverse(CHANGE, args=[hearing.pk])
    form = form_of(browser, address) | {"starts_at": "2027-02-16T09:00", "status": "cancelled"}

    assert browser.post(address, form).status_code == 302
    assert browser.post(address, form).status_code == 403

    hearing.refresh_from_db()
    assert (hearing.status, [verb for verb, _changes in told()]) == ("cancelled", ["cancelled"])
    assert "own clock" not in page(cast.jordan, address)


def test_the_list_for_staff_shows_each_hearing_by_the_clock_of_its_room(cast: Cast):
    hearing = hearing_on(measure("HB 1"), zone="America/Vancouver")
    HearingMove.objects.create(hearing=hearing, at=NOW, started_at=NEXT_TUESDAY - AN_HOUR)

    assert "Feb. 16, 2027, 8 a.m." in page(cast.jordan, reverse("admin:legislation_hearing_changelist"))
    assert "Feb. 16, 2027, 7 a.m." in page(cast.jordan, reverse(CHANGE, args=[hearing.pk]))
