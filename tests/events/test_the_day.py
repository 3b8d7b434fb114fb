"""The board, the door and the results."""

import csv
import re
from datetime import datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from advocacy.events import board
from advocacy.events.actions import check_in
from advocacy.events.measures_of_a_day import Line, parts_of
from advocacy.events.models import (
    AdvocacyEvent,
    Appointment,
    AppointmentStatus,
    ChangedWhat,
    EventStatus,
    ScheduleChange,
)
from advocacy.interactions.actions import followups
from advocacy.interactions.entry import AskMade
from advocacy.interactions.models import AskKind, AskResponse, Confidentiality, FollowUp
from legislation.models import Official
from tests.cast import Cast, browser_of
from tests.factories.advocacy_days import coming, day_of, meets, team
from tests.factories.log import logged, seat_in
from tests.factories.maps import division
from tests.factories.people import state

ELEVEN = datetime(2027, 4, 14, 11, 0, tzinfo=ZoneInfo("America/Chicago"))
HTMX = {"HX-Request": "true"}


@pytest.fixture
def event(cast: Cast) -> AdvocacyEvent:
    return day_of(cast, EventStatus.PUBLISHED)


@pytest.fixture
def the_day(clock: time_machine.Traveller) -> time_machine.Traveller:
    clock.move_to(ELEVEN)
    return clock


def office(event: AdvocacyEvent, name: str, at: time, **fields: object) -> Appointment:
    return meets(event, Official.objects.create(name=name), at, **fields)


# --- The board ----------------------------------------------------------------------------------------------------


def test_the_board_says_what_is_late_on_and_next(event: AdvocacyEvent):
    walkers = team(event)
    office(event, "Silent", time(9), team=walkers)
    office(event, "On now", time(10, 50), team=walkers)
    office(event, "Coming", time(12), team=walkers)
    office(event, "Later", time(13), team=walkers)
    office(event, "Reported", time(9), status=AppointmentStatus.HELD)
    found = board.board_of(event.pk, ELEVEN)

    assert {str(tile.appointment): (tile.moment, tile.lacks_debrief) for tile in found.tiles} == {
        "Silent": ("late", True),
        "On now": ("now", False),
        "Coming": ("next", False),
        "Later": ("", False),
        "Reported": ("", True),
    }


def watch_url(page: str) -> str:
    (found,) = re.findall(r'hx-get="(/advocacy-days/guest/board/[^"]+)"', page)
    return found


def test_a_watcher_is_told_of_a_change_and_gets_the_same_as_on_reload(
    cast: Cast, the_day: time_machine.Traveller, event: AdvocacyEvent
):
    met = office(event, "Alma Reyes", time(12))
    browser, path = browser_of(cast.chris), f"/advocacy-days/{event.pk}/board/"
    watch = watch_url(browser.get(path).content.decode())
    quiet = Client().get(watch)
    Appointment.objects.filter(pk=met.pk).update(status=AppointmentStatus.MOVED)
    ScheduleChange.objects.create(
        appointment=met,
        what=ChangedWhat.TIME,
        old="10:00",
        new="12:00",
        changed_by=cast.priya,
        changed_at=ELEVEN,
    )
    the_day.shift(timedelta(seconds=1))
    told = Client().get(watch)
    swap, reload = (browser.get(path, headers=asked).content.decode() for asked in (HTMX, {}))
    news = '<p hx-swap-oob="innerHTML:#board-news">Alma Reyes: 10 a.m. → noon</p>'

    assert [(one.status_code, one.headers.get("HX-Trigger")) for one in (quiet, told)] == [
        (204, None),
        (204, "board-changed"),
    ]
    assert news in swap
    assert _without_ticket(swap.replace(news, "")) in _without_ticket(reload)


def _without_ticket(page: str) -> str:
    return "".join(re.sub(r"guest/board/[^/]+", "", page).split())


def test_watching_asks_the_database_once_a_second_and_a_ticket_lasts_a_day(
    cast: Cast, the_day: time_machine.Traveller, event: AdvocacyEvent, django_assert_num_queries
):
    office(event, "Alma Reyes", time(12))
    watch = watch_url(browser_of(cast.chris).get(f"/advocacy-days/{event.pk}/board/").content.decode())
    with django_assert_num_queries(0):
        Client().get(watch)
    the_day.shift(timedelta(seconds=1))
    with django_assert_num_queries(4):
        Client().get(watch)
    the_day.shift(timedelta(days=1))

    assert Client().get(watch).status_code == 404


def test_whoever_runs_the_day_says_how_it_went_and_the_board_shows_it_at_once(
    cast: Cast, the_day: time_machine.Traveller, event: AdvocacyEvent
):
    met, path = office(event, "Alma Reyes", time(10)), f"/advocacy-days/{event.pk}/board/"
    browser, said = browser_of(cast.priya), {"appointment": met.pk, "version": 1}
    answers = [
        browser_of(cast.angela).post(path, said | {"status": "held"}).status_code,
        browser.post(path, said | {"status": "moved", "starts_at": "12:30"}).status_code,
        browser.post(path, said | {"status": "held"}).status_code,
    ]
    met.refresh_from_db()

    assert answers == [404, 302, 302]
    assert (met.status, met.starts_at) == ("moved", time(12, 30))
    assert "12:30" in browser.get(path).content.decode()


# --- The door -------------------------------------------------------------------------------------------------------


def tap(browser: Client, event: AdvocacyEvent, person: int, came: str = "yes") -> int:
    return browser.post(
        f"/advocacy-days/{event.pk}/check-in/?q=an", {"person": person, "came": came}
    ).status_code


def test_two_who_tap_at_once_check_somebody_in_once(
    cast: Cast, the_day: time_machine.Traveller, event: AdvocacyEvent
):
    guest = coming(event, "Ann Guest")
    first = check_in.check_in(guest, by=cast.priya, now=ELEVEN)
    second = check_in.check_in(guest, by=cast.dana, now=ELEVEN + timedelta(minutes=1))
    guest.refresh_from_db()

    assert (first, second) == (True, False)
    assert guest.checked_in_at == ELEVEN


def test_a_tap_checks_in_and_another_takes_it_back(
    cast: Cast, the_day: time_machine.Traveller, event: AdvocacyEvent
):
    guest, browser = coming(event, "Ann Guest", access_needs="Step-free"), browser_of(cast.priya)
    came = []
    for said in ("yes", "yes", "no", "no"):
        tap(browser, event, guest.pk, said)
        guest.refresh_from_db()
        came.append(guest.checked_in_at is not None)
    page = browser.get(f"/advocacy-days/{event.pk}/check-in/", {"q": "ann"}).content.decode()

    assert came == [True, True, False, False]
    assert "Step-free" in page


def test_only_those_who_run_the_day_stand_at_the_door(
    cast: Cast, the_day: time_machine.Traveller, event: AdvocacyEvent
):
    guest = coming(event, "Ann Guest")

    assert tap(browser_of(cast.angela), event, guest.pk) == 404
    with pytest.raises(check_in.MayNotCheckIn):
        check_in.check_in(guest, by=cast.angela, now=ELEVEN)


def test_before_the_day_nobody_is_there(cast: Cast, event: AdvocacyEvent):
    guest = coming(event, "Ann Guest")
    tap(browser_of(cast.priya), event, guest.pk)
    guest.refresh_from_db()

    assert guest.checked_in_at is None


@pytest.mark.parametrize(("day", "is_there"), [(13, False), (14, True), (15, False)])
def test_somebody_checks_in_themselves_on_the_day_alone(
    cast: Cast, clock: time_machine.Traveller, event: AdvocacyEvent, day: int, is_there: bool
):
    own = coming(event, cast.sam)
    clock.move_to(ELEVEN.replace(day=day))
    browser_of(cast.sam).post(f"/advocacy-days/{event.pk}/mine/")
    own.refresh_from_db()

    assert (own.checked_in_at is not None) is is_there


# --- The results ----------------------------------------------------------------------------------------------------


def numbers(event: AdvocacyEvent) -> dict[str, tuple[int, int | None]]:
    return {line.label: (line.value, line.of) for part in parts_of(event) for line in part.lines}


def test_people_are_counted_who_came_and_where_they_live(cast: Cast, event: AdvocacyEvent):
    seat = seat_in(state("tx", "Texas"), "131")
    seat.division = division("ocd-division/country:us/state:tx/sldl:131", state("tx", "Texas"))
    seat.save()
    for name in ("Ann One", "Bea Two"):
        coming(event, name, lives_in=[seat], is_first_timer=True, checked_in_at=ELEVEN)
    coming(event, "Cal Away", is_first_timer=True)
    coming(event, "Dee Waits", status="waiting")
    found = numbers(event)

    assert [found[name][0] for name in ("Registered", "Attended", "First-timers")] == [3, 2, 2]
    assert found["Districts represented"] == (1, None)


def test_meetings_are_counted_by_how_far_they_came(event: AdvocacyEvent):
    for number, status in enumerate(AppointmentStatus):
        office(event, f"Office {number}", time(10), status=status)
    found = numbers(event)

    assert found["Requested"] == (7, None)
    assert found["Confirmed"] == (5, None)
    assert found["Held"] == (2, None)
    assert found["With the official"] == (1, 2)


def test_asks_are_counted_from_debriefs_that_everybody_may_read(cast: Cast, event: AdvocacyEvent):
    for number, (level, response) in enumerate(
        (
            (Confidentiality.SHARED, AskResponse.AGREED),
            (Confidentiality.SHARED, AskResponse.NEEDS_INFORMATION),
            (Confidentiality.SHARED, AskResponse.NOT_MADE),
            (Confidentiality.CHAPTER, AskResponse.AGREED),
            (Confidentiality.RESTRICTED, AskResponse.DECLINED),
        )
    ):
        met = office(event, f"Office {number}", time(10), status=AppointmentStatus.HELD)
        row = logged(
            cast.dana,
            [met.official],
            confidentiality=level,
            asks=[AskMade(kind=AskKind.FUND, response=response)],
        )
        Appointment.objects.filter(pk=met.pk).update(interaction=row, debriefed_at=ELEVEN)
    found = numbers(event)

    assert [found[name] for name in ("Asks made", "Agreed", "Considering", "Declined")] == [
        (2, None),
        (1, 2),
        (1, 2),
        (0, 2),
    ]


def test_debriefs_and_thanks_count_when_they_come_in_time(
    cast: Cast, the_day: time_machine.Traveller, event: AdvocacyEvent
):
    last = event.debriefs_wanted_by
    for number, (filed, thanked) in enumerate(((last, 16), (last + timedelta(seconds=1), 19))):
        met = office(event, f"Office {number}", time(10), status=AppointmentStatus.HELD)
        row = logged(cast.dana, [met.official])
        Appointment.objects.filter(pk=met.pk).update(interaction=row, debriefed_at=filed)
        thanks = FollowUp.objects.get(interaction=row, kind="thank_you")
        followups.complete(thanks, by=cast.dana, on=event.held_on.replace(day=thanked))
    office(event, "Without", time(11))
    office(event, "Not there", time(12), status=AppointmentStatus.NO_SHOW)
    found = numbers(event)

    assert found["Debriefs in time"] == (1, 3)
    assert found["Thanked in time"] == (1, 2)


@pytest.mark.parametrize(
    ("line", "is_met"),
    [
        (Line("x", 9, of=10, goal=90), True),
        (Line("x", 89, of=99, goal=90), False),
        (Line("x", 0, of=0, goal=90), None),
        (Line("x", 5, goal=6), False),
        (Line("x", 5), None),
    ],
)
def test_a_goal_is_met_or_not_and_nothing_is_said_where_there_is_none(line: Line, is_met: bool | None):
    assert line.is_met is is_met


def test_results_are_open_to_everybody_once_the_day_is_closed(cast: Cast, event: AdvocacyEvent):
    path = f"/advocacy-days/{event.pk}/results.csv"
    before = browser_of(cast.elise).get(path).status_code
    AdvocacyEvent.objects.update(status=EventStatus.CLOSED)
    file = browser_of(cast.elise).get(path)
    rows = list(csv.reader(StringIO(file.getvalue().decode("utf-8-sig"))))

    assert before == 404
    assert len(rows) == 19
