"""Asking for a proposal: locks that contradict each other, and a process that is ended, fails or answers."""

import subprocess
import sys

import pytest

from advocacy.events.scheduling import proposing
from advocacy.events.scheduling.limits import Limits
from advocacy.events.scheduling.problem import (
    Attendee,
    Building,
    CaptainLock,
    Day,
    Impossible,
    Lock,
    MeetingLock,
    Office,
    PersonLock,
    StartLock,
)
from advocacy.events.scheduling.proposal import Status
from tests.events.days import ELEVEN, NINE, NOON, TEN, day, middle_sized_day
from tests.events.validator import faults_in

ONE, TWO = StartLock("one", TEN), StartLock("two", TEN + 25)


def asked(*locks: Lock) -> Day:
    return day(
        (
            Office("one", ("north",), "house"),
            Office("two", ("north",), "senate"),
            Office("three", ("north",), "house", minutes=120),
            Office("small", ("north",), "house", cap=1),
            Office("gone", ("north",), "annex"),
        ),
        (Attendee("Ann", arrives=ELEVEN), Attendee("Bob"), Attendee("Cho"), Attendee("Dan")),
        buildings=(Building("house"), Building("senate"), Building("annex", is_cancelled=True)),
        teams=2,
        locks=locks,
    )


@pytest.mark.parametrize(
    ("code", "locks", "besides"),
    [
        ("person_in_two_teams", (PersonLock("Bob", 1), CaptainLock("Bob", 2)), ()),
        ("two_captains", (CaptainLock("Bob", 1), CaptainLock("Cho", 1)), ()),
        ("office_with_two_teams", (MeetingLock("one", 1), MeetingLock("one", 2)), ()),
        ("office_at_two_times", (ONE, StartLock("one", NINE)), ()),
        ("no_such_time", (StartLock("one", NOON),), ()),
        ("building_cancelled", (MeetingLock("gone", 1),), ()),
        ("over_cap", (MeetingLock("small", 1), PersonLock("Bob", 1), PersonLock("Cho", 1)), ()),
        ("captain_away", (CaptainLock("Ann", 1), MeetingLock("one", 1), ONE), ()),
        ("lock_names_nobody", (PersonLock("Bob", 3),), ()),
        (
            "meetings_too_close",
            (MeetingLock("one", 1), MeetingLock("two", 1), ONE, TWO),
            (MeetingLock("small", 1),),
        ),
        (
            "meetings_too_close",
            (MeetingLock("two", 1), MeetingLock("three", 1), StartLock("two", TEN)),
            (MeetingLock("small", 1), PersonLock("Cho", 2)),
        ),
    ],
)
def test_locks_that_contradict_each_other_are_named_and_no_others(
    code: str, locks: tuple[Lock, ...], besides: tuple[Lock, ...]
):
    with pytest.raises(Impossible) as refused:
        proposing.propose(asked(*besides, *locks))

    assert [(one.code, set(one.locks)) for one in refused.value.clashes] == [(code, set(locks))]


@pytest.mark.apart
def test_a_proposal_comes_from_a_process_of_its_own():
    day = asked(PersonLock("Bob", 2), CaptainLock("Cho", 2))

    proposal = proposing.propose(day, limits=Limits(seconds=60, work=0.02, workers=1))

    assert faults_in(day, proposal.schedule) == []
    assert proposal.figures.status == Status.OPTIMAL
    assert {one.key for one in proposal.not_placed} == {"gone"}


@pytest.mark.apart
def test_a_search_not_done_in_time_is_ended_and_the_plain_proposal_stands():
    day = middle_sized_day()

    proposal = proposing.propose(day, limits=Limits(seconds=0), grace=0.01)

    assert faults_in(day, proposal.schedule) == []
    assert proposal.figures.status == Status.TIMED_OUT


@pytest.mark.apart
def test_a_search_that_breaks_says_so():
    with pytest.raises(proposing.SearchFailed, match="max_workers must be greater than 0"):
        proposing.propose(middle_sized_day(teams=20), limits=Limits(seconds=60, workers=0))


@pytest.mark.apart
def test_whoever_asks_for_a_proposal_does_not_load_the_solver():
    code = (
        "import sys, advocacy.events.scheduling.proposing as _; print({'ortools', 'pandas'} & {*sys.modules})"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=proposing.BASE,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert done.stdout == "set()\n"
