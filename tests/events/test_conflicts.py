"""Each conflict of the check list, planted once: the list names it, and the validator sees it too."""

from dataclasses import replace
from typing import Any

import pytest

from advocacy.events.scheduling.conflicts import BLOCKING, WARNING, Conflict, conflicts_of
from advocacy.events.scheduling.problem import Attendee, Building, Day, Office, Window
from advocacy.events.scheduling.proposal import Meeting, Schedule, Team
from tests.events.days import ELEVEN, NINE, NOON, TEN, day
from tests.events.validator import faults_in

ASKED = day(
    (
        Office("Nora", ("north",), "house"),
        Office("Saul", ("south",), "senate"),
    ),
    (
        Attendee("Ann", ("north",)),
        Attendee("Bob", ("north",)),
        Attendee("Cho", ("south",)),
        Attendee("Dan", ("south",)),
    ),
)
NORTH, SOUTH = Team(1, ("Ann", "Bob"), "Ann"), Team(2, ("Cho", "Dan"), "Cho")
MIXED = Team(1, ("Ann", "Cho"), "Ann")
GOOD = (Meeting("Nora", 1, TEN), Meeting("Saul", 2, TEN))


def office(number: int, **changes: Any) -> Day:
    offices = list(ASKED.offices)
    offices[number] = replace(offices[number], **changes)
    return replace(ASKED, offices=tuple(offices))


def person(number: int, **changes: Any) -> Day:
    people = list(ASKED.attendees)
    people[number] = replace(people[number], **changes)
    return replace(ASKED, attendees=tuple(people))


def mixed(*starts: int) -> Schedule:
    return Schedule((MIXED,), (Meeting("Nora", 1, starts[0]), Meeting("Saul", 1, starts[1])))


CANCELLED = replace(ASKED, buildings=(Building("house", is_cancelled=True), Building("senate")))
PLAIN = Schedule((NORTH, SOUTH), GOOD)
PLANTED = [
    (CANCELLED, PLAIN, Conflict("building_cancelled", (1,), ("Nora",)), "in a cancelled building"),
    (
        person(0, arrives=ELEVEN),
        PLAIN,
        Conflict("captain_away", (1,), ("Nora",), ("Ann",)),
        "captain absent",
    ),
    (
        ASKED,
        Schedule((Team(1, ()), SOUTH), GOOD),
        Conflict("meeting_without_team", (1,), ("Nora",)),
        "captain absent",
    ),
    (
        office(0, starts_at=ELEVEN),
        PLAIN,
        Conflict("not_the_confirmed_time", (1,), ("Nora",)),
        "not at the confirmed time",
    ),
    (
        ASKED,
        Schedule((NORTH, SOUTH), (*GOOD, Meeting("Nora", 2, ELEVEN))),
        Conflict("office_with_two_teams", (1, 2), ("Nora",)),
        "an office met twice",
    ),
    (
        ASKED,
        Schedule((NORTH, SOUTH), (*GOOD, Meeting("Nora", 1, ELEVEN))),
        Conflict("office_twice", (1,), ("Nora",)),
        "an office met twice",
    ),
    (
        ASKED,
        Schedule((NORTH, SOUTH), (Meeting("Nora", 1, NOON - 19), GOOD[1])),
        Conflict("outside_day", (1,), ("Nora",)),
        "outside the day",
    ),
    (
        office(0, windows=(Window(NINE, TEN + 19),)),
        PLAIN,
        Conflict("outside_window", (1,), ("Nora",)),
        "outside the windows",
    ),
    (
        office(0, cap=1),
        PLAIN,
        Conflict("over_cap", (1,), ("Nora",), ("Ann", "Bob")),
        "more people than the office receives",
    ),
    (
        ASKED,
        Schedule((NORTH, replace(SOUTH, members=("Cho", "Dan", "Bob"))), GOOD),
        Conflict("person_twice_at_once", (1, 2), ("Nora", "Saul"), ("Bob",)),
        "a person in two teams",
    ),
    (
        ASKED,
        Schedule((NORTH, replace(SOUTH, members=("Cho", "Dan", "Bob"))), GOOD),
        Conflict("person_in_two_teams", (1, 2), (), ("Bob",)),
        "a person in two teams",
    ),
    (
        ASKED,
        mixed(TEN, TEN + 19),
        Conflict("team_twice_at_once", (1,), ("Nora", "Saul")),
        "a team at two meetings at once",
    ),
    (
        ASKED,
        Schedule((replace(NORTH, captain=None), SOUTH), GOOD),
        Conflict("team_without_captain", (1,)),
        "no captain",
    ),
    (
        ASKED,
        mixed(TEN, TEN + 31),
        Conflict("too_little_time_between", (1,), ("Nora", "Saul"), missing=1),
        "too little time to walk",
    ),
    (
        office(0, language="fr"),
        PLAIN,
        Conflict("language_not_spoken", (1,), ("Nora",)),
        "nobody speaks the language",
    ),
    (
        person(1, languages=("fr",)),
        PLAIN,
        Conflict("no_common_language", (1,), (), ("Ann", "Bob")),
        "no common language",
    ),
]
# What is no fault in a proposal and still worth a word to whoever freezes the grid.
WORTH_A_WORD = [
    (person(1, leaves=TEN), PLAIN, Conflict("member_absent", (1,), ("Nora",), ("Bob",))),
    (
        ASKED,
        Schedule((NORTH, SOUTH), (Meeting("Nora", 2, TEN), Meeting("Saul", 1, TEN))),
        Conflict("no_constituent", (2,), ("Nora",), ("Ann", "Bob")),
    ),
    (ASKED, Schedule((Team(1, ("Ann",), "Ann"),), GOOD[:1]), Conflict("team_of_one", (1,), (), ("Ann",))),
]


@pytest.mark.parametrize(
    ("asked", "schedule", "conflict", "fault"), PLANTED, ids=lambda one: getattr(one, "code", "")
)
def test_a_planted_fault_is_named_by_the_list_and_seen_by_the_validator(
    asked: Day, schedule: Schedule, conflict: Conflict, fault: str
):
    assert conflict in conflicts_of(asked, schedule)
    assert fault in faults_in(asked, schedule)


@pytest.mark.parametrize(("asked", "schedule", "conflict"), WORTH_A_WORD)
def test_what_can_happen_and_is_a_pity_warns(asked: Day, schedule: Schedule, conflict: Conflict):
    assert conflict in conflicts_of(asked, schedule)
    assert not conflict.blocks


def test_every_code_of_the_list_is_planted():
    planted = {row[2].code for row in PLANTED} | {row[2].code for row in WORTH_A_WORD}

    assert planted == {*BLOCKING, *WARNING}


def test_a_schedule_without_fault_has_no_conflict():
    assert conflicts_of(ASKED, PLAIN) == []
    assert conflicts_of(ASKED, mixed(TEN, TEN + 32)) == []
    assert (faults_in(ASKED, PLAIN), faults_in(ASKED, mixed(TEN, TEN + 32))) == ([], [])


def test_two_buildings_next_door_still_take_ten_minutes():
    near = replace(ASKED, walks=(replace(ASKED.walks[0], minutes=2),))

    found = conflicts_of(near, mixed(TEN, TEN + 29))

    assert found == [Conflict("too_little_time_between", (1,), ("Nora", "Saul"), missing=1)]
