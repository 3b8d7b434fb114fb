"""A schedule in the making, and what it is worth. What may be done with it asks the ground."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from math import ceil
from typing import NamedTuple

from advocacy.events.scheduling.ground import Ground
from advocacy.events.scheduling.proposal import Meeting, Schedule, Team

# What a team gains or loses by each; the order is that of the wishes, what is kept from before comes first.
KEPT_TEAM, KEPT_START, KEPT_PERSON, KEPT_CAPTAIN = 80, 40, 40, 20
ALONE, TOO_SMALL, NOT_A_LEADER = 30, 30, 30
WISH, CHAPTER, ABSENT, UNEVEN, MORE_MEETINGS = 12, 8, 8, 6, 3
WALKED = 5  # minutes that cost one


@dataclass
class Plan:
    team_of: dict[str, int] = field(default_factory=dict)
    captain: dict[int, str] = field(default_factory=dict)
    meetings: dict[str, tuple[int, int]] = field(default_factory=dict)  # office: team and start

    def copy(self) -> "Plan":
        return Plan(dict(self.team_of), dict(self.captain), dict(self.meetings))

    def members(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for person, team in self.team_of.items():
            found[team].append(person)
        return found

    def of_team(self) -> dict[int, list[tuple[int, str]]]:
        """The meetings of each team by their start."""
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for office, (team, start) in self.meetings.items():
            found[team].append((start, office))
        return {team: sorted(meetings) for team, meetings in found.items()}

    def schedule(self, ground: Ground) -> Schedule:
        members = self.members()
        return Schedule(
            tuple(
                Team(team, tuple(one for one in ground.people if self.team_of.get(one) == team), captain)
                for team in ground.teams
                for captain in [self.captain.get(team) if members.get(team) else None]
            ),
            tuple(
                Meeting(office, team, start)
                for office, (team, start) in sorted(
                    self.meetings.items(), key=lambda one: (one[1][1], one[1][0], one[0])
                )
            ),
        )


def plan_of(schedule: Schedule) -> Plan:
    """Of a proposal, not of a schedule by hand: nobody is in two teams and no office has two."""
    return Plan(
        {person: team.number for team in schedule.teams for person in team.members},
        {team.number: team.captain for team in schedule.teams if team.captain},
        {one.office: (one.team, one.starts_at) for one in schedule.meetings},
    )


class Worth(NamedTuple):
    """Compared from the left: people in a team, meetings by weight, with a constituent, then the wishes."""

    people: int
    meetings: int
    constituents: int
    wishes: int


def weight(ground: Ground, office: str) -> int:
    """What placing this meeting counts against placing another: what is locked or confirmed goes before."""
    if office in ground.team_for or office in ground.locked_start:
        return 100
    confirmed = ground.offices[office].starts_at is not None
    return max(1, ground.offices[office].priority) * (4 if confirmed else 1)


def constituents_at(ground: Ground, plan: Plan, office: str, team: int, start: int) -> list[str]:
    """The constituents in this team who would be there at this time."""
    return [
        one
        for one in ground.constituents[office]
        if plan.team_of.get(one) == team and ground.is_there(one, office, start)
    ]


def worth(ground: Ground, plan: Plan, before: Plan | None = None) -> Worth:
    return Worth(
        len(plan.team_of),
        sum(weight(ground, office) for office in plan.meetings),
        sum(1 for office, at in plan.meetings.items() if constituents_at(ground, plan, office, *at)),
        wishes(ground, plan, ground.teams, before),
    )


def wishes(ground: Ground, plan: Plan, teams: Iterable[int], before: Plan | None = None) -> int:
    """How much of what is wished these teams fulfil; only a difference means something."""
    members, meetings = plan.members(), plan.of_team()
    return sum(
        _team(ground, plan, team, members.get(team, []), meetings.get(team, []))
        + (_kept(plan, before, members.get(team, []), team) if before else 0)
        for team in teams
    ) + (_kept_meetings(plan, before, set(teams)) if before else 0)


def share_of_meetings(ground: Ground) -> int:
    placeable = sum(1 for starts in ground.starts.values() if starts)
    return ceil(placeable / max(1, len(ground.teams)))


def _team(ground: Ground, plan: Plan, team: int, members: list[str], meetings: list[tuple[int, str]]) -> int:
    people = [ground.people[one] for one in members]
    if not people:
        return 0
    value = WISH * len({role for one in people for role in one.wishes})
    value += CHAPTER * len({one.chapter for one in people})
    newcomers = [one for one in people if one.is_first_timer]
    value -= ALONE if len(newcomers) == len(people) else 0
    captain = plan.captain.get(team)
    value -= NOT_A_LEADER if captain is None or not ground.people[captain].can_lead else 0
    value -= UNEVEN * max(
        0, len(people) - ground.evenly, len(ground.people) // len(ground.teams) - len(people)
    )
    value -= TOO_SMALL * max(0, ground.low - len(people))
    value -= MORE_MEETINGS * max(0, len(meetings) - share_of_meetings(ground))
    for start, office in meetings:
        value -= ABSENT * sum(1 for one in members if not ground.is_there(one, office, start))
    for (_at, one), (_then, other) in combinations(meetings, 2):
        value -= walked(ground, one, other)
    return value


def walked(ground: Ground, one: str, other: str) -> int:
    """What it costs that one team has both: it changes buildings in between."""
    if ground.offices[one].building == ground.offices[other].building:
        return 0
    return ground.gap(one, other) // WALKED


def _kept(plan: Plan, before: Plan, members: list[str], team: int) -> int:
    same = sum(1 for one in members if before.team_of.get(one) == team)
    captain = team in plan.captain and before.captain.get(team) == plan.captain[team]
    return KEPT_PERSON * same + KEPT_CAPTAIN * captain


def _kept_meetings(plan: Plan, before: Plan, teams: set[int]) -> int:
    kept = 0
    for office, (team, start) in plan.meetings.items():
        if team in teams and office in before.meetings:
            was_team, was_start = before.meetings[office]
            kept += KEPT_TEAM * (team == was_team) + KEPT_START * (start == was_start)
    return kept
