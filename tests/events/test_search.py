"""Proposals keep every rule, as a validator of their own says, and place whoever can be placed."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings

from advocacy.events.scheduling.conflicts import conflicts_of
from advocacy.events.scheduling.greedy import plan_plainly
from advocacy.events.scheduling.ground import Ground
from advocacy.events.scheduling.limits import Limits
from advocacy.events.scheduling.problem import (
    Attendee,
    Building,
    CaptainLock,
    Day,
    Lock,
    MeetingLock,
    Office,
    PersonLock,
    StartLock,
)
from advocacy.events.scheduling.proposal import Meeting, Proposal, Reason, Schedule, Status, Team
from advocacy.events.scheduling.request import Request
from advocacy.events.scheduling.solver import solve
from tests.events.days import ELEVEN, NINE, TEN, day, middle_sized_day, small_days, tiny_days
from tests.events.validator import faults_in, meetings_with_constituent

SHORT = Limits(seconds=60, work=0.02, rounds=3, workers=1)


def proposed(asked: Day, before: Schedule | None = None, limits: Limits = SHORT) -> Proposal:
    return solve(Request(asked, before, limits))


def blocking(asked: Day, schedule: Schedule) -> list[str]:
    return [one.code for one in conflicts_of(asked, schedule) if one.blocks]


@settings(max_examples=60, derandomize=True)
@given(small_days())
def test_the_plain_way_keeps_every_rule(asked: Day):
    ground = Ground(asked)

    schedule = plan_plainly(ground).schedule(ground)

    assert (faults_in(asked, schedule), blocking(asked, schedule)) == ([], [])


@settings(max_examples=30, derandomize=True)
@given(small_days())
def test_a_proposal_keeps_every_rule_and_accounts_for_everybody(asked: Day):
    proposal = proposed(asked)

    assert (faults_in(asked, proposal.schedule), blocking(asked, proposal.schedule)) == ([], [])
    figures = proposal.figures
    assert figures.with_constituent == meetings_with_constituent(asked, proposal.schedule)
    assert figures.placed <= figures.placed_bound
    placed = [one.office for one in proposal.schedule.meetings]
    assert sorted([*placed, *(one.key for one in proposal.not_placed)]) == [one.key for one in asked.offices]
    members = [one for team in proposal.schedule.teams for one in team.members]
    assert sorted([*members, *(one.key for one in proposal.left_out)]) == [one.key for one in asked.attendees]


@settings(max_examples=12, derandomize=True)
@given(tiny_days())
def test_no_schedule_at_all_is_better_than_a_proposal_called_optimal(asked: Day):
    proposal = proposed(asked, limits=replace(SHORT, work=0.5))

    assert proposal.figures.status == Status.OPTIMAL
    best = max(reach(asked, one) for one in every_schedule(asked) if not faults_in(asked, one))
    assert reach(asked, proposal.schedule) == best


def reach(asked: Day, schedule: Schedule) -> tuple[int, int, int]:
    people = sum(len(team.members) for team in schedule.teams)
    return people, len(schedule.meetings), meetings_with_constituent(asked, schedule)


def every_schedule(asked: Day) -> Iterator[Schedule]:
    """Everybody in the first team, the second or neither; each office in neither or at any start."""
    people = [one.key for one in asked.attendees]
    starts = range(asked.opens, asked.closes - 20 + 1, asked.step)
    places = [None, *product((1, 2), starts)]
    for choice in product((0, 1, 2), repeat=len(people)):
        sides = [tuple(one for one, at in zip(people, choice, strict=True) if at == team) for team in (1, 2)]
        for captains in product(*(side or (None,) for side in sides)):
            teams = tuple(map(Team, (1, 2), sides, captains))
            if faults_in(asked, Schedule(teams, ())):
                continue
            for held in product(places, repeat=len(asked.offices)):
                meetings = [
                    Meeting(one.key, *at)
                    for one, at in zip(asked.offices, held, strict=True)
                    if at is not None
                ]
                yield Schedule(teams, tuple(meetings))


def test_a_middle_sized_day_places_every_meeting_and_every_constituent():
    asked = middle_sized_day(seed=8)  # the plain way misses one

    proposal = proposed(asked)

    assert (faults_in(asked, proposal.schedule), blocking(asked, proposal.schedule)) == ([], [])
    assert (proposal.figures.placed, proposal.figures.status) == (24, Status.OPTIMAL)
    assert proposal.figures.with_constituent == proposal.figures.possible
    assert {len(team.members) for team in proposal.schedule.teams} == {6}
    assert proposal.notes == (
        Reason(
            "larger_teams",
            {"people": 60, "teams": 10, "low": 6, "high": 6, "wished": 5, "teams_to_keep": 12},
        ),
    )


@pytest.mark.parametrize("seed", [8, 14])
def test_the_search_repairs_group_by_group_what_the_plain_way_missed(seed: int):
    asked = middle_sized_day(seed)
    ground = Ground(asked)
    plain = plan_plainly(ground).schedule(ground)

    first = proposed(asked, limits=replace(SHORT, whole=0, workers=2))
    again = proposed(asked, limits=replace(SHORT, whole=0, workers=1))

    assert meetings_with_constituent(asked, plain) < first.figures.with_constituent == len(ground.possible)
    assert first.schedule == again.schedule
    assert (faults_in(asked, first.schedule), first.figures.status) == ([], Status.OPTIMAL)


def two_offices(**more: object) -> Day:
    return day(
        (Office("north office", ("north",), "house"), Office("south office", ("south",), "senate")),
        (
            Attendee("Ann", ("north",), can_lead=True),
            Attendee("Bob", ("north",), is_first_timer=True),
            Attendee("Cho", ("south",), can_lead=True),
            Attendee("Dan"),
        ),
        teams=2,
        **more,
    )


def test_each_office_meets_whoever_lives_there_and_the_proposal_says_who():
    proposal = proposed(two_offices())

    assert [one.reasons[0].code for one in proposal.why] == ["constituents", "constituents"]
    captains = {team.captain for team in proposal.schedule.teams}
    assert captains == {"Ann", "Cho"}
    assert max(len(team.members) for team in proposal.schedule.teams) == 2


def test_what_is_locked_is_kept_against_every_wish():
    locks: tuple[Lock, ...] = (
        PersonLock("Cho", 1),
        CaptainLock("Bob", 1),
        MeetingLock("north office", 2),
        StartLock("north office", ELEVEN + 3),
    )

    proposal = proposed(two_offices(locks=locks))

    assert faults_in(two_offices(locks=locks), proposal.schedule) == []
    codes = {one.key: [reason.code for reason in one.reasons] for one in proposal.why}
    assert codes["north office"] == ["constituents", "time_locked", "team_locked"]


def test_solving_again_leaves_what_can_stay():
    asked = middle_sized_day()
    before = proposed(asked).schedule
    moved = before.meetings[0]
    office = next(one for one in asked.offices if one.key == moved.office)
    cancelled = replace(asked, buildings=(*asked.buildings, Building("annex", is_cancelled=True)))
    changed = replace(
        cancelled,
        offices=tuple(replace(one, building="annex") if one == office else one for one in asked.offices),
    )

    after = proposed(changed, before)

    assert set(before.meetings) - set(after.schedule.meetings) == {moved}
    assert before.teams == after.schedule.teams
    assert [(one.key, one.reasons[0].code) for one in after.not_placed] == [
        (office.key, "building_cancelled")
    ]


def test_people_who_share_no_language_are_in_different_teams():
    people = tuple(Attendee(f"p{number}", languages=("en", "fr")[number % 2 :][:1]) for number in range(4))

    proposal = proposed(day((), people, teams=2))

    assert {team.members for team in proposal.schedule.teams} == {("p0", "p2"), ("p1", "p3")}


def test_who_is_left_out_and_which_meeting_is_not_placed_come_with_the_reason():
    asked = day(
        (
            Office("one", ("north",), "house", starts_at=TEN),
            Office("two", ("north",), "house", starts_at=TEN, priority=2),
            Office("three", ("north",), "house", language="fr"),
        ),
        (Attendee("Ann"), Attendee("Bob"), Attendee("Eva", languages=("es",))),
        teams=1,
    )

    proposal = proposed(asked)

    assert {one.key: one.reasons[0].code for one in proposal.not_placed} == {
        "one": "no_team_free",
        "three": "language_not_spoken",
    }
    assert {one.key: one.reasons[0].code for one in proposal.left_out} == {"Eva": "no_shared_language"}


def test_everybody_has_a_role_before_anybody_has_two_and_wishes_come_first():
    people = (
        Attendee("Ann", can_lead=True, wishes=("photographer",)),
        Attendee("Bob", wishes=("note_taker",)),
        Attendee("Cho"),
    )

    roles = proposed(day((), people, teams=1)).roles

    held = {one.role: one.attendee for one in roles}
    assert (held["leader"], held["note_taker"], held["asker"]) == ("Ann", "Bob", "Cho")
    assert len(roles) == 6


def test_a_person_meets_no_office_before_they_arrive():
    late = Attendee("Ann", ("north",), arrives=TEN, can_lead=True)
    asked = day((Office("office", ("north",), "house"),), (late, Attendee("Bob", can_lead=True)), teams=1)

    proposal = proposed(asked)

    assert proposal.schedule.meetings[0].starts_at >= TEN > NINE
    assert proposal.figures.with_constituent == 1


@pytest.mark.parametrize(
    "alike",
    [
        {"is_first_timer": True},
        {"chapter": "Ohio"},
        {"wishes": ("note_taker",)},
    ],
    ids=lambda one: next(iter(one)),
)
def test_people_alike_are_spread_over_the_teams(alike: dict[str, Any]):
    proposal = proposed(pairs_of(alike), limits=replace(SHORT, work=0.5))

    assert [len(set(team.members) & ALIKE) for team in proposal.schedule.teams] == [1] * 6


def test_teams_that_stood_before_stay_though_others_would_fulfil_more_wishes():
    asked = pairs_of({"is_first_timer": True})
    before = plan_plainly(Ground(asked)).schedule(Ground(asked))

    after = proposed(asked, before, limits=replace(SHORT, work=0.5))

    assert [len(set(team.members) & ALIKE) for team in after.schedule.teams] == [2, 2, 2, 0, 0, 0]
    assert after.schedule.teams == before.teams


ALIKE = {"p00", "p01", "p02", "p06", "p07", "p08"}


def pairs_of(alike: dict[str, Any]) -> Day:
    """Twelve people for six teams. The plain way goes round: it puts two of those alike into each of three."""
    people = [Attendee(f"p{number:02}") for number in range(12)]
    return day((), tuple(replace(one, **alike) if one.key in ALIKE else one for one in people), teams=6)
