"""Teams and times by the solver: proposed as long work, looked at, taken over by a person."""

from datetime import time
from typing import Any

import pytest
from django.urls import reverse

from advocacy.events import errors
from advocacy.events.actions import proposals
from advocacy.events.findings import findings_of
from advocacy.events.grid import grid_of
from advocacy.events.models import AdvocacyEvent, Appointment, TeamMember
from advocacy.events.proposal_words import told
from advocacy.events.proposed_teams import proposed_teams
from advocacy.events.scheduling.proposal import (
    Figures,
    Meeting,
    Proposal,
    Reason,
    Schedule,
    Status,
    Team,
    Why,
)
from advocacy.jobs.actions import jobs
from advocacy.jobs.models import Job, State
from tests.cast import NOW, Cast, browser_of
from tests.factories.advocacy_days import asks, capitol, coming, day_of, meets, team


@pytest.fixture
def event(cast: Cast) -> AdvocacyEvent:
    """Four people, two of them of each district, and two offices; nobody is in a team."""
    event, place = day_of(cast, "frozen"), capitol()
    asks(event)
    coming(event, cast.dana, lives_in=[place.house_131])
    coming(event, cast.luis, lives_in=[place.senate_15])
    coming(event, "Ann Lee", lives_in=[place.house_131])
    coming(event, "Bo Park", lives_in=[place.senate_15])
    meets(event, place.reyes, time(10))
    meets(event, place.tran)
    return event


def worked_out(event: AdvocacyEvent, cast: Cast, team_count: int | None = 2) -> Job:
    job = proposals.ask(event, by=cast.priya, team_count=team_count)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def test_what_is_proposed_is_the_schedule_once_somebody_takes_it_over(cast: Cast, event: AdvocacyEvent):
    job = worked_out(event, cast)
    assert job.state == State.DONE
    assert not TeamMember.objects.exists()

    proposals.take_over(event, job, by=cast.priya, now=NOW)

    reyes, tran = Appointment.objects.order_by("pk").select_related("team")
    assert reyes.starts_at == time(10)
    assert tran.starts_at is not None
    assert TeamMember.objects.count() == 4
    assert TeamMember.objects.filter(is_captain=True).count() == event.teams.count()
    assert [one.text for one in findings_of(event)] == []


def test_a_proposal_says_how_good_it_is(cast: Cast, event: AdvocacyEvent):
    job = worked_out(event, cast)

    figures = told(job, grid_of(event)).figures

    assert figures == [
        "2 of 2 meetings have a team and a time.",
        "A constituent is in 2 of the 2 meetings for which one comes.",
        "No schedule can do better.",
    ]


def test_without_an_office_only_teams_are_proposed(cast: Cast, event: AdvocacyEvent):
    event.appointments.all().delete()
    job = worked_out(event, cast)

    said = told(job, grid_of(event))

    assert said.figures == ["No office is on the list yet: this is about the teams alone."]
    assert [len(team.people) for team in said.teams] == [2, 2]


def test_a_proposal_shows_who_would_go_where_and_why_before_it_is_taken_over(
    cast: Cast, event: AdvocacyEvent
):
    worked_out(event, cast)

    page = browser_of(cast.priya).get(reverse("events:proposal", args=[event.pk]))

    first, second = page.context["told"].teams
    assert (first.name, second.name) == ("Team 1", "Team 2")
    meetings = {one.office: one for team in (first, second) for one in team.meetings}
    reyes = next(meeting for office, meeting in meetings.items() if "Reyes" in office)
    assert (reyes.begins, len(meetings)) == (time(10), 2)
    assert all(one.why[0].startswith("Lives there: ") for one in meetings.values())
    assert all(team.people[0].is_captain and len(team.people) == 2 for team in (first, second))
    for words in ("10 a.m.", "Ann Lee", "Bo Park", "Dana Whitfield", "Leader"):
        assert words in page.content.decode(), words


@pytest.mark.parametrize(
    ("code", "about", "words"),
    [
        ("constituents", {"attendees": ["0", "1"]}, "Lives there: Ann Lee, Bo Park"),
        (
            "constituents_elsewhere",
            {"attendees": ["0"]},
            "No constituent; in another team or at another time: Ann Lee",
        ),
        (
            "constituents_away",
            {"attendees": ["0", "1", "0", "1", "0", "1"]},
            "No constituent; away when it receives: Ann Lee, Bo Park, Ann Lee and 3 more",
        ),
        ("no_constituents", {}, "No constituent: nobody who comes lives there"),
        ("time_locked", {"starts_at": 600}, "The time is fixed"),
        ("time_confirmed", {"starts_at": 600}, "The office confirmed the time"),
        ("team_locked", {"team": 1}, "The team is fixed"),
        ("language", {"language": "fr", "attendees": ["1"]}, "In French: Bo Park"),
        ("follows", {"office": "9", "walk": 6, "free": 25}, "25 min after {reyes}, of which the way takes 6"),
        ("follows", {"office": "9", "walk": 0, "free": 25}, "25 min after {reyes}"),
        ("absent", {"attendees": ["1"]}, "Not there at this time: Bo Park"),
    ],
)
def test_each_reason_has_its_words(
    cast: Cast, event: AdvocacyEvent, code: str, about: dict[str, Any], words: str
):
    ann, bo = event.registrations.filter(person=None).order_by("pk")
    office = event.appointments.earliest("pk")
    keys = {"0": str(ann.pk), "1": str(bo.pk), "9": str(office.pk)}
    known = {
        name: keys.get(value, value) if isinstance(value, str) else value for name, value in about.items()
    }
    if "attendees" in about:
        known["attendees"] = tuple(keys[one] for one in about["attendees"])
    proposed = Proposal(
        schedule=Schedule((Team(1, ()),), (Meeting(str(office.pk), 1, 600),)),
        roles=(), why=(Why(str(office.pk), (Reason(code, known),)),), not_placed=(), left_out=(), notes=(),
        figures=Figures(Status.OPTIMAL, 1, 1, 1, 1, 1, 0.1),
    )  # fmt: skip

    (team,) = proposed_teams(proposed, grid_of(event))

    assert team.meetings[0].why == [words.format(reyes=office.office)]


def test_a_proposal_is_not_taken_over_once_somebody_came_or_left(cast: Cast, event: AdvocacyEvent):
    job = worked_out(event, cast)
    coming(event, "Late Lena")

    with pytest.raises(errors.ChangedMeanwhile):
        proposals.take_over(event, job, by=cast.priya, now=NOW)

    assert not TeamMember.objects.exists()


def test_who_is_fixed_stays_and_what_contradicts_itself_is_named(cast: Cast, event: AdvocacyEvent):
    reyes, tran = Appointment.objects.order_by("pk")
    first = team(event, event.registrations.get(name="Ann Lee"))
    for row, at in ((reyes, time(10)), (tran, time(10, 10))):
        Appointment.objects.filter(pk=row.pk).update(team=first, starts_at=at, is_locked=True)

    job = worked_out(event, cast, team_count=1)

    (problem,) = told(job, grid_of(event)).impossible
    assert problem == (
        "The fixed meetings of a team cannot all be kept: they overlap, or the walk is longer: "
        "Alma Reyes, Joel Tran, Team 1."
    )


def test_two_who_ask_at_once_wait_for_one_proposal(cast: Cast, event: AdvocacyEvent):
    first = proposals.ask(event, by=cast.priya, team_count=2)

    assert proposals.ask(event, by=cast.dana, team_count=3) == first


def test_only_those_who_prepare_the_day_ask_for_a_proposal(cast: Cast, event: AdvocacyEvent):
    with pytest.raises(errors.MayNotRun):
        proposals.ask(event, by=cast.sam, team_count=2)
