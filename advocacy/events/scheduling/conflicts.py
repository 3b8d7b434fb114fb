"""What is wrong with a schedule, proposed or made by hand: the check list before the grid is frozen.

What blocks cannot happen as written. What warns can, and a coordinator accepts it with a reason.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from advocacy.events.scheduling.ground import Ground, speak_together
from advocacy.events.scheduling.problem import Day
from advocacy.events.scheduling.proposal import Meeting, Schedule, Team

BLOCKING = (
    "building_cancelled",
    "captain_away",
    "meeting_without_team",
    "not_the_confirmed_time",
    "office_with_two_teams",
    "office_twice",
    "outside_day",
    "outside_window",
    "over_cap",
    "person_twice_at_once",
    "team_twice_at_once",
    "team_without_captain",
    "too_little_time_between",
)
WARNING = (
    "language_not_spoken",
    "member_absent",
    "no_common_language",
    "no_constituent",
    "person_in_two_teams",
    "team_of_one",
)


@dataclass(frozen=True)
class Conflict:
    """Whom and what it concerns. With `no_constituent` the attendees are those who live there but are elsewhere;
    `missing` are the minutes the walk would need besides."""

    code: str
    teams: tuple[int, ...] = ()
    offices: tuple[str, ...] = ()
    attendees: tuple[str, ...] = ()
    missing: int | None = None

    @property
    def blocks(self) -> bool:
        return self.code in BLOCKING


def conflicts_of(day: Day, schedule: Schedule) -> list[Conflict]:
    """Those that block first, otherwise in the order of the schedule."""
    ground = Ground(day)
    found = [
        *_of_offices(schedule),
        *_of_people(ground, schedule),
        *(one for team in schedule.teams for one in _of_team(ground, schedule, team)),
        *(one for meeting in schedule.meetings for one in _of_meeting(ground, schedule, meeting)),
    ]
    return sorted(found, key=lambda one: not one.blocks)


def _of_offices(schedule: Schedule) -> Iterator[Conflict]:
    meetings: dict[str, list[Meeting]] = defaultdict(list)
    for one in schedule.meetings:
        meetings[one.office].append(one)
    for office, held in meetings.items():
        teams = tuple(sorted({one.team for one in held}))
        if len(teams) > 1:
            yield Conflict("office_with_two_teams", teams, (office,))
        elif len(held) > 1:
            yield Conflict("office_twice", teams, (office,))


def _of_people(ground: Ground, schedule: Schedule) -> Iterator[Conflict]:
    """Changing teams in the middle of the day is unusual; being in two at once cannot be."""
    teams: dict[str, list[int]] = defaultdict(list)
    for team in schedule.teams:
        for person in team.members:
            teams[person].append(team.number)
    for person, numbers in teams.items():
        if len(numbers) < 2:
            continue
        yield Conflict("person_in_two_teams", tuple(numbers), attendees=(person,))
        meetings = [one for one in schedule.meetings if one.team in numbers]
        for one, other in combinations(meetings, 2):
            if one.team != other.team and not ground.agree(
                one.office, one.starts_at, other.office, other.starts_at
            ):
                both = (one.office, other.office)
                yield Conflict("person_twice_at_once", (one.team, other.team), both, (person,))


def _of_team(ground: Ground, schedule: Schedule, team: Team) -> Iterator[Conflict]:
    meetings = sorted(
        (one for one in schedule.meetings if one.team == team.number), key=lambda one: one.starts_at
    )
    for one, other in combinations(meetings, 2):
        if one.starts_at + ground.offices[one.office].minutes > other.starts_at:
            yield Conflict("team_twice_at_once", (team.number,), (one.office, other.office))
    for one, other in pairwise(meetings):
        free = other.starts_at - one.starts_at - ground.offices[one.office].minutes
        missing = ground.gap(one.office, other.office) - free
        if free >= 0 and missing > 0:
            both = (one.office, other.office)
            yield Conflict("too_little_time_between", (team.number,), both, missing=missing)
    if meetings and team.members and team.captain not in team.members:
        yield Conflict("team_without_captain", (team.number,))
    if len(team.members) == 1:
        yield Conflict("team_of_one", (team.number,), attendees=team.members)
    if not speak_together([ground.people[one] for one in team.members]):
        yield Conflict("no_common_language", (team.number,), attendees=team.members)


def _of_meeting(ground: Ground, schedule: Schedule, meeting: Meeting) -> Iterator[Conflict]:
    office, start = ground.offices[meeting.office], meeting.starts_at
    at = ((meeting.team,), (office.key,))
    yield from (Conflict(code, *at) for code in _codes_of_time(ground, meeting))
    team = next((one for one in schedule.teams if one.number == meeting.team), None)
    if team is None or not team.members:
        yield Conflict("meeting_without_team", *at)
        return
    if office.cap is not None and len(team.members) > office.cap:
        yield Conflict("over_cap", *at, team.members)
    present = [one for one in team.members if ground.is_there(one, office.key, start)]
    if team.captain in team.members and team.captain not in present:
        yield Conflict("captain_away", *at, (team.captain,))
    if absent := tuple(one for one in team.members if one not in present):
        yield Conflict("member_absent", *at, absent)
    if office.language and not any(office.language in ground.people[one].languages for one in present):
        yield Conflict("language_not_spoken", *at)
    if not set(office.constituencies).intersection(
        place for one in present for place in ground.people[one].lives_in
    ):
        yield Conflict("no_constituent", *at, ground.constituents[office.key])


def _codes_of_time(ground: Ground, meeting: Meeting) -> Iterator[str]:
    office, start = ground.offices[meeting.office], meeting.starts_at
    ends = start + office.minutes
    if office.building in ground.cancelled:
        yield "building_cancelled"
    if start < ground.day.opens or ends > ground.day.closes:
        yield "outside_day"
    if office.starts_at is not None:
        if start != office.starts_at:
            yield "not_the_confirmed_time"
    elif office.windows and not any(one.opens <= start and ends <= one.closes for one in office.windows):
        yield "outside_window"
