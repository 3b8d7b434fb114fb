"""What stands in the way of a schedule (DOMAIN.md W5, T−2; A7)."""

from datetime import time

import pytest

from advocacy.events.actions import appointments, publishing
from advocacy.events.findings import findings_of, in_the_way
from advocacy.events.models import AdvocacyEvent, Appointment
from tests.cast import NOW, Cast
from tests.factories.advocacy_days import building, coming, health_it_day, meets, team
from tests.factories.maps import division, holds, seat
from tests.factories.measures import measure
from tests.factories.people import state


def blocking(event: AdvocacyEvent) -> list[str]:
    return [one.text for one in findings_of(event) if one.blocks]


def warnings(event: AdvocacyEvent) -> list[str]:
    return [one.text for one in findings_of(event) if not one.blocks and one.is_open]


def changed(appointment: Appointment, cast: Cast, **said: object) -> None:
    appointment.refresh_from_db()
    appointments.change(appointment, by=cast.priya, now=NOW, version=appointment.version, **said)  # type: ignore[arg-type]  # as Said has them


def test_a_team_that_is_in_two_places_at_once_blocks_and_another_time_settles_it(cast: Cast):
    day = health_it_day(cast)
    changed(day.tran, cast, starts_at=time(10, 15))
    assert blocking(day.event) == [
        "Team 1 is with Alma Reyes at 10 a.m. and with Joel Tran at 10:15 a.m.: the meetings overlap."
    ]

    changed(day.tran, cast, starts_at=time(11))

    assert blocking(day.event) == []


def test_two_buildings_want_the_minutes_that_lie_between_them(cast: Cast):
    day = health_it_day(cast)
    changed(day.reyes, cast, building=building(day.event, "Capitol"))
    changed(day.tran, cast, building=building(day.event, "Extension"), starts_at=time(10, 25))

    assert blocking(day.event) == ["Team 1 needs 5 more minutes to walk from Alma Reyes to Joel Tran."]


def test_a_meeting_in_a_closed_building_blocks(cast: Cast):
    day = health_it_day(cast)
    changed(day.reyes, cast, building=building(day.event, "Annex", is_closed=True))

    assert blocking(day.event) == ["Annex is closed that day: move the meeting with Alma Reyes."]


def test_an_office_that_expects_us_needs_a_team_and_nobody_goes_where_the_office_said_no(cast: Cast):
    day = health_it_day(cast)
    changed(day.tran, cast, team=None)
    assert blocking(day.event) == ["Joel Tran expects us, and no team goes there."]

    changed(day.tran, cast, status="declined")

    assert blocking(day.event) == []


def test_nobody_is_sent_to_ask_for_what_is_not_approved(cast: Cast):
    day = health_it_day(cast)
    ask = day.event.asks.get()
    ask.issue, ask.measure = None, measure("HB 210")
    ask.save()

    assert blocking(day.event) == [
        "“Fund the exchange”: no position on HB 210 (90R) is approved, or it has ended. Nobody may ask for it."
    ]
    ask.delete()
    assert blocking(day.event) == ["No ask is chosen. Choose one to three before people go to offices."]


@pytest.fixture
def strangers(cast: Cast) -> Appointment:
    """A second team, of which nobody lives where it goes."""
    day = health_it_day(cast)
    texas = state("tx", "Texas")
    far = seat(
        texas, "lower", "1", division("ocd-division/country:us/state:tx/sldl:1", texas), label="Texas House 1"
    )
    second = team(day.event, coming(day.event, cast.luis), coming(day.event, "Di Fox"))
    return meets(day.event, holds(far, "Far Away"), time(10), team=second)


def test_a_team_without_a_constituent_is_a_warning_that_a_reason_settles(cast: Cast, strangers: Appointment):
    event = strangers.event
    (finding,) = in_the_way(findings_of(event))
    assert finding.text == "Team 2 has no constituent for Far Away: nobody who comes lives there."

    publishing.accept(event, by=cast.priya, key=finding.key, reason="She chairs the committee.", now=NOW)

    assert in_the_way(findings_of(event)) == []
    (accepted,) = findings_of(event)
    assert accepted.accepted
    assert accepted.accepted.reason == "She chairs the committee."


def test_a_warning_accepted_for_one_team_asks_again_for_another(cast: Cast, strangers: Appointment):
    event = strangers.event
    key = in_the_way(findings_of(event))[0].key
    publishing.accept(event, by=cast.priya, key=key, reason="She chairs the committee.", now=NOW)

    third = team(event, coming(event, cast.noor), coming(event, "Ed Hill"))
    changed(strangers, cast, team=third)

    assert "Team 3 has no constituent for Far Away: nobody who comes lives there." in warnings(event)


def test_what_blocks_is_never_accepted(cast: Cast):
    day = health_it_day(cast)
    changed(day.tran, cast, starts_at=time(10, 15))
    (finding,) = findings_of(day.event)

    assert not publishing.accept(day.event, by=cast.priya, key=finding.key, reason="We run.", now=NOW)

    assert in_the_way(findings_of(day.event)) == [finding]


def test_who_is_in_no_team_is_named(cast: Cast):
    day = health_it_day(cast)
    coming(day.event, "Loose Lou")
    coming(day.event, "Wait Ing", status="waiting")

    assert warnings(day.event) == ["1 person is in no team: Loose Lou"]


def test_a_seat_of_the_whole_state_has_everybody_from_there_as_constituents(cast: Cast):
    day = health_it_day(cast)
    at_large = seat(state("tx", "Texas"), "executive", "Governor", None, label="Governor of Texas")
    meets(day.event, holds(at_large, "Gail Ventura"), time(13), team=day.team)

    assert warnings(day.event) == []


def test_how_many_questions_are_asked_does_not_grow_with_the_day(cast: Cast, django_assert_num_queries):
    day = health_it_day(cast)
    with django_assert_num_queries(12):
        findings_of(AdvocacyEvent.objects.get(pk=day.event.pk))
    texas = state("tx", "Texas")
    for number in range(3):
        place = seat(texas, "lower", f"{number}", None, label=f"House {number}")
        people = [coming(day.event, f"P {number} {one}") for one in range(3)]
        meets(day.event, holds(place, f"Member {number}"), time(12 + number), team=team(day.event, *people))

    with django_assert_num_queries(12):
        findings_of(AdvocacyEvent.objects.get(pk=day.event.pk))
