"""Who is told what when a schedule is published, and published again (A7)."""

from datetime import datetime, time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.events import errors
from advocacy.events.actions import appointments, publishing, teams
from advocacy.events.findings import findings_of, in_the_way
from advocacy.events.models import AdvocacyEvent, Appointment, EventStatus, Registration, ScheduleChange
from advocacy.events.told_schedule import Difference, differences
from advocacy.outbox.kinds import kinds
from advocacy.outbox.models import OutboundMessage
from tests.cast import NOW, Cast
from tests.factories.advocacy_days import HealthItDay, coming, health_it_day, meets, team
from tests.factories.maps import division, holds, seat
from tests.factories.people import state

# 11:30 in Chicago on the day itself.
ON_THE_DAY = datetime.fromisoformat("2027-04-14T11:30-05:00")


def published(day: HealthItDay, cast: Cast, now: datetime = NOW) -> int:
    return publishing.publish(AdvocacyEvent.objects.get(pk=day.event.pk), by=cast.priya, now=now)


def change(appointment: Appointment, cast: Cast, now: datetime = NOW, **said: object) -> None:
    row = Appointment.objects.select_related("event").get(pk=appointment.pk)
    appointments.change(row, by=cast.priya, now=now, version=row.version, **said)  # type: ignore[arg-type]  # as Said has them


def mail_to(address: str) -> list[OutboundMessage]:
    return list(OutboundMessage.objects.filter(recipient=address, kind="events.schedule").order_by("pk"))


def test_nothing_is_published_while_something_stands_in_the_way(cast: Cast):
    day = health_it_day(cast)
    change(day.tran, cast, starts_at=time(10, 15))

    with pytest.raises(errors.NotReady) as refused:
        published(day, cast)

    assert len(refused.value.problems) == 1
    assert not OutboundMessage.objects.exists()
    assert AdvocacyEvent.objects.get().status == EventStatus.FROZEN


def test_each_who_comes_gets_their_own_schedule_once(cast: Cast):
    day = health_it_day(cast)

    assert published(day, cast) == 4
    assert published(day, cast) == 0

    (message,) = mail_to("ann.lee@example.org")
    assert "10 a.m. Alma Reyes" in message.text
    assert "11 a.m. Joel Tran" in message.text
    assert AdvocacyEvent.objects.get().edition == 2


def test_how_many_questions_are_asked_does_not_grow_with_the_people(cast: Cast):
    day = health_it_day(cast)
    asked = []
    for names in ((), ("Di Fox", "Ed Poe", "Flo Kerr")):
        for name in names:
            teams.place(coming(day.event, name), day.team, by=cast.priya)
        for finding in in_the_way(findings_of(day.event)):
            publishing.accept(day.event, by=cast.priya, key=finding.key, reason="They know.", now=NOW)
        Registration.objects.update(told={})
        with CaptureQueriesContext(connection) as queries:
            told = published(day, cast)
        asked.append((told, len(queries)))

    (few, queries_of_few), (more, queries_of_more) = asked
    assert (few, more) == (4, 7)
    assert queries_of_more == queries_of_few


def test_a_change_is_told_to_those_it_concerns_old_beside_new_when_published_again(cast: Cast):
    day = health_it_day(cast)
    texas = state("tx", "Texas")
    other = seat(
        texas, "lower", "9", division("ocd-division/country:us/state:tx/sldl:9", texas), label="House 9"
    )
    second = team(day.event, coming(day.event, cast.luis, lives_in=[other]), coming(day.event, "Di Fox"))
    meets(day.event, holds(other, "Nine Nora"), time(9), team=second)
    published(day, cast)

    change(day.tran, cast, starts_at=time(14), room="E2.1")
    assert len(mail_to("ann.lee@example.org")) == 1
    assert published(day, cast) == 4

    assert "Joel Tran: 11:00 → 14:00, E2.1" in mail_to("ann.lee@example.org")[1].text
    assert len(mail_to(cast.luis.email)) == 1
    kept = ScheduleChange.objects.filter(appointment=day.tran, what="time").get()
    assert (kept.old, kept.new, kept.told_at) == ("11:00", "14:00", NOW)


def test_on_the_day_a_change_is_told_at_once(cast: Cast, clock: time_machine.Traveller):
    day = health_it_day(cast)
    published(day, cast)
    clock.move_to(ON_THE_DAY)

    change(day.tran, cast, ON_THE_DAY, starts_at=time(14), status="moved")

    assert "Joel Tran: 11:00 → 14:00" in mail_to("ann.lee@example.org")[1].text


def test_who_moves_to_another_team_is_told_what_falls_away(cast: Cast):
    day = health_it_day(cast)
    published(day, cast)

    teams.place(day.event.registrations.get(name="Cy Ray"), None, by=cast.priya)
    (key,) = [one.key for one in in_the_way(findings_of(day.event))]
    publishing.accept(day.event, by=cast.priya, key=key, reason="Ill.", now=NOW)
    assert published(day, cast) == 1

    text = mail_to("cy.ray@example.org")[1].text
    assert "Alma Reyes: falls away (was 10:00)" in text
    assert "You are in no team at the moment." in text


def test_two_who_press_publish_at_once_publish_once(cast: Cast):
    day = health_it_day(cast)
    seen_by_both = AdvocacyEvent.objects.get()
    published(day, cast)

    with pytest.raises(errors.WrongMoment):
        publishing.publish(seen_by_both, by=cast.dana, now=NOW)


@pytest.mark.parametrize("who", ["sam", "noor", "angela", "chris"])
def test_only_those_who_prepare_the_day_publish(cast: Cast, who: str):
    day = health_it_day(cast)

    with pytest.raises(errors.MayNotRun):
        publishing.publish(day.event, by=getattr(cast, who), now=NOW)


def test_an_overtaken_schedule_does_not_leave_any_more(cast: Cast):
    day = health_it_day(cast)
    published(day, cast)
    change(day.tran, cast, starts_at=time(14))
    published(day, cast)

    first, second = mail_to("ann.lee@example.org")
    refused = kinds["events.schedule"].refusals([first, second])

    assert refused == {first.pk: "The schedule changed again."}


def test_what_came_and_what_fell_away_are_differences_too():
    told = {"team": 1, "meetings": {"1": ["Reyes", "10:00", "E1"], "2": ["Tran", "11:00", ""]}}
    now = {"team": 1, "meetings": {"2": ["Tran", "11:00", ""], "3": ["Dell", "09:00", "S4"]}}

    assert differences(told, now) == [
        Difference("Dell", "", "09:00, S4"),
        Difference("Reyes", "10:00, E1", ""),
    ]
