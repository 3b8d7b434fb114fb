"""One's own schedule: the page, the guest's link, the calendar and the paper."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.test import Client
from icalendar import Calendar
from pypdf import PdfReader

from advocacy.events import calendar, schedule_links
from advocacy.events.models import (
    AdvocacyEvent,
    Appointment,
    AppointmentStatus,
    ChangedWhat,
    EventAsk,
    EventStatus,
    Registration,
    ScheduleChange,
    Walk,
)
from advocacy.events.my_schedule import Book
from advocacy.interactions.models import AskKind
from legislation.models import Official
from tests.cast import NOW, Cast, browser_of
from tests.factories.advocacy_days import building, coming, day_of, meets, team
from tests.factories.log import alma_reyes


@pytest.fixture
def event(cast: Cast) -> AdvocacyEvent:
    return day_of(cast, EventStatus.PUBLISHED)


@pytest.fixture
def dana(cast: Cast, event: AdvocacyEvent) -> Registration:
    return coming(event, cast.dana, phone="+15125550111")


@pytest.fixture
def meeting(event: AdvocacyEvent, dana: Registration) -> Appointment:
    return meets(event, alma_reyes(), time(10), team=team(event, dana), room="E2.10", note="Bring the map.")


def changed(meeting: Appointment, what: str, old: str, new: str) -> ScheduleChange:
    return ScheduleChange.objects.create(
        appointment=meeting,
        what=what,
        old=old,
        new=new,
        changed_by=meeting.event.coordinator,
        changed_at=NOW,
    )


def mine(cast: Cast, event: AdvocacyEvent, who: str = "dana") -> str:
    response = browser_of(getattr(cast, who)).get(f"/advocacy-days/{event.pk}/mine/")
    return response.content.decode() if response.status_code == 200 else str(response.status_code)


def entries(holder: Registration) -> list[tuple[str, str, int]]:
    file = Calendar.from_ical(calendar.written(Book(holder.event).of(holder), now=NOW))
    return [(str(one["summary"]), str(one["status"]), int(one["sequence"])) for one in file.walk("VEVENT")]


def test_it_says_when_where_with_whom_and_whom_to_call(
    cast: Cast, event: AdvocacyEvent, meeting: Appointment
):
    EventAsk.objects.create(
        event=event, kind=AskKind.FUND, text="Fund the exchange", text_fr="Financez l’échange"
    )
    page = mine(cast, event)

    for words in (
        "10 a.m.",
        "Alma Reyes",
        "E2.10",
        "Bring the map.",
        'href="tel:+15125550100"',
        'href="tel:+15125550111"',
        "Fund the exchange",
        f"/advocacy-days/appointments/{meeting.pk}/brief/",
        "If only staff is there",
    ):
        assert words in page
    assert "your time" not in page


def test_a_reader_elsewhere_sees_their_own_clock_too(cast: Cast, event: AdvocacyEvent, meeting: Appointment):
    team(event, coming(event, cast.noor))
    Appointment.objects.update(team=event.teams.get(number=2))
    page = mine(cast, event, "noor")

    assert "8 a.m. your time" in page


@pytest.mark.parametrize("who", ["luis", "jordan"])
def test_nobody_without_a_place_finds_a_schedule_of_their_own(
    cast: Cast, event: AdvocacyEvent, meeting: Appointment, who: str
):
    assert mine(cast, event, who) == "404"


def test_before_it_is_published_there_is_none(cast: Cast):
    event = day_of(cast, EventStatus.FROZEN)
    team(event, coming(event, cast.dana))

    assert mine(cast, event) == "404"


def test_minutes_to_walk_are_said_only_between_buildings(
    cast: Cast, event: AdvocacyEvent, meeting: Appointment
):
    here, there, far = building(event, "A"), building(event, "B"), building(event, "C")
    Walk.objects.create(start=here, end=there, minutes=7)
    Appointment.objects.update(building=here)
    for number, (place, hour) in enumerate(((here, 11), (there, 12), (far, 13))):
        office = Official.objects.create(name=f"Office {number}")
        meets(event, office, time(hour), team=meeting.team, building=place)
    stops = Book(event).of(event.registrations.get()).stops

    assert [stop.walk for stop in stops] == [0, 0, 7, 10]


def test_what_changed_since_it_was_published_is_said_old_and_new(
    cast: Cast, event: AdvocacyEvent, meeting: Appointment
):
    changed(meeting, ChangedWhat.TIME, "09:30", "10:00")
    changed(meeting, ChangedWhat.STATUS, "confirmed", "moved")
    before = changed(meeting, ChangedWhat.PLACE, "Old room", "E2.10")
    ScheduleChange.objects.filter(pk=before.pk).update(changed_at=NOW - timedelta(days=1))
    schedule = Book(event).of(event.registrations.get())

    assert [str(one) for one in schedule.changes] == [
        "Alma Reyes: Confirmed → Moved",
        "Alma Reyes: 9:30 a.m. → 10 a.m.",
    ]


def test_a_calendar_replaces_what_was_moved_and_takes_out_what_fell_away(
    event: AdvocacyEvent, dana: Registration, meeting: Appointment
):
    Appointment.objects.filter(pk=meeting.pk).update(sequence=2)
    declined = meets(event, Official.objects.create(name="Joel Tran"), time(11), team=meeting.team)
    Appointment.objects.filter(pk=declined.pk).update(status=AppointmentStatus.DECLINED, sequence=1)
    lost = meets(event, Official.objects.create(name="Omar Dell"), time(12), team=team(event))
    changed(lost, ChangedWhat.TEAM, "1", "2")

    assert entries(dana) == [
        ("Meeting: Alma Reyes", "CONFIRMED", 2),
        ("Meeting: Joel Tran", "CANCELLED", 1),
        ("Meeting: Omar Dell", "CANCELLED", 0),
    ]


def test_a_calendar_holds_moments_in_utc_under_names_that_stay(dana: Registration, meeting: Appointment):
    text = calendar.written(Book(dana.event).of(dana), now=NOW).decode()

    assert "DTSTART:20270414T150000Z" in text
    assert f"UID:appointment-{meeting.pk}@" in text


@pytest.mark.parametrize(
    ("query", "height", "words"),
    [
        ("", 792, "Meetings"),
        ("?paper=a4", 842, "Meetings"),
        ("?language=fr", 792, "mercredi 14 avril 2027"),
    ],
)
def test_it_comes_on_the_paper_and_in_the_language_wanted(
    cast: Cast, event: AdvocacyEvent, meeting: Appointment, query: str, height: int, words: str
):
    response = browser_of(cast.dana).get(f"/advocacy-days/{event.pk}/mine/schedule.pdf{query}")
    (page,) = PdfReader(BytesIO(response.content)).pages

    assert round(page.mediabox.height) == height
    assert words in page.extract_text()


def test_no_meeting_is_cut_in_two(cast: Cast, event: AdvocacyEvent, meeting: Appointment):
    for number in range(14):
        office = Official.objects.create(name=f"Office {number:02}")
        meets(event, office, time(11), team=meeting.team, room="long " * 20, note=f"end {number:02}")
    response = browser_of(cast.dana).get(f"/advocacy-days/{event.pk}/mine/schedule.pdf")
    pages = [page.extract_text() for page in PdfReader(BytesIO(response.content)).pages]

    assert len(pages) > 1
    for number in range(14):
        (at,) = [place for place, text in enumerate(pages) if f"Office {number:02}" in text]
        assert f"end {number:02}" in pages[at]


def test_everybodys_and_every_teams_begin_a_page_of_their_own(
    cast: Cast, event: AdvocacyEvent, meeting: Appointment
):
    guest = coming(event, "Lise Gagnon", language="fr")
    team(event, guest)
    coming(event, "Nobody Yet")
    browser = browser_of(cast.priya)
    people, teams = (
        [
            page.extract_text()
            for page in PdfReader(
                BytesIO(browser.get(f"/advocacy-days/{event.pk}/schedules.pdf{query}").content)
            ).pages
        ]
        for query in ("", "?by=team")
    )

    assert [page.split("\n")[0] for page in people] == ["Dana Whitfield", "Lise Gagnon"]
    assert "mercredi 14 avril 2027" in people[1]
    assert [page.split("\n")[0] for page in teams] == ["Team 1", "Team 2"]


def test_a_guest_reads_their_schedule_without_an_account_or_a_cookie(
    event: AdvocacyEvent, meeting: Appointment
):
    guest = coming(event, "Lise Gagnon", language="fr")
    event.teams.get().members.create(registration=guest)
    response = Client().get(schedule_links.path_of(guest))
    page = response.content.decode()

    assert (response.status_code, response.cookies) == (200, {})
    assert '<html lang="fr">' in page
    assert "Lise Gagnon" in page
    assert "Alma Reyes" in page
    assert "brief" not in page


def test_a_guests_files_come_by_the_same_link(event: AdvocacyEvent, dana: Registration, meeting: Appointment):
    path = schedule_links.path_of(dana, "en")

    assert b"Alma Reyes" in Client().get(f"{path}schedule.ics").content
    assert Client().get(f"{path}schedule.pdf").content.startswith(b"%PDF")


def test_the_link_ends_two_days_after_the_event_in_its_zone(
    clock, event: AdvocacyEvent, dana: Registration, meeting: Appointment
):
    path = schedule_links.path_of(dana, "en")
    statuses = []
    for day, hour in ((16, 23), (17, 0)):
        clock.move_to(event.moment(time(hour)).replace(day=day))
        statuses.append(Client().get(path).status_code)

    assert statuses == [200, 410]


def test_a_link_of_somebody_who_withdrew_or_one_that_was_changed_opens_nothing(
    event: AdvocacyEvent, dana: Registration, meeting: Appointment
):
    path = schedule_links.path_of(dana, "en")
    cut_short = Client().get(f"{path[:-2]}/")
    Registration.objects.update(status="withdrawn")

    assert (cut_short.status_code, Client().get(path).status_code) == (410, 410)
    assert event.held_on == date(2027, 4, 14)
