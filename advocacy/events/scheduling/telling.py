"""From a plan to a proposal: the schedule with its reasons, as codes and what they speak of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from advocacy.events.scheduling.ground import Ground, speak_together
from advocacy.events.scheduling.plan import Plan, constituents_at
from advocacy.events.scheduling.proposal import Figures, Proposal, Reason, Status, Why
from advocacy.events.scheduling.roles import roles_of


class Bound(NamedTuple):
    """What no schedule can exceed."""

    placed: int
    with_constituent: int


@dataclass(frozen=True)
class Found:
    plan: Plan
    bound: Bound
    status: Status


def proposal_of(ground: Ground, found: Found, seconds: float) -> Proposal:
    plan = found.plan
    schedule = plan.schedule(ground)
    met = sum(1 for office, at in plan.meetings.items() if constituents_at(ground, plan, office, *at))
    return Proposal(
        schedule=schedule,
        roles=tuple(role for team in schedule.teams for role in roles_of(ground, team)),
        why=tuple(Why(one.office, tuple(_why(ground, plan, one.office))) for one in schedule.meetings),
        not_placed=tuple(
            Why(one, (_why_not(ground, one),)) for one in ground.offices if one not in plan.meetings
        ),
        left_out=tuple(
            Why(one, (_why_left_out(ground, plan, one),)) for one in ground.people if one not in plan.team_of
        ),
        notes=tuple(_notes(ground)),
        figures=Figures(
            status=found.status,
            placed=len(plan.meetings),
            placed_bound=found.bound.placed,
            with_constituent=met,
            with_constituent_bound=found.bound.with_constituent,
            possible=len(ground.possible),
            seconds=round(seconds, 1),
        ),
    )


def _why(ground: Ground, plan: Plan, key: str) -> Iterator[Reason]:
    office, (team, start) = ground.offices[key], plan.meetings[key]
    members = [one for one in ground.people if plan.team_of.get(one) == team]
    yield _about_constituents(ground, plan, key)
    if key in ground.locked_start:
        yield Reason("time_locked", {"starts_at": start})
    elif office.starts_at is not None:
        yield Reason("time_confirmed", {"starts_at": start})
    if key in ground.team_for:
        yield Reason("team_locked", {"team": team})
    if office.language:
        speakers = [
            one
            for one in members
            if office.language in ground.people[one].languages and ground.is_there(one, key, start)
        ]
        yield Reason("language", {"language": office.language, "attendees": tuple(speakers)})
    earlier = [
        (at, one) for one, (whose, at) in plan.meetings.items() if whose == team and at < start and one != key
    ]
    if earlier:
        at, before = max(earlier)
        free = start - at - ground.offices[before].minutes
        yield Reason("follows", {"office": before, "walk": ground.gap(before, key), "free": free})
    absent = tuple(one for one in members if not ground.is_there(one, key, start))
    if absent:
        yield Reason("absent", {"attendees": absent})


def _about_constituents(ground: Ground, plan: Plan, key: str) -> Reason:
    team, start = plan.meetings[key]
    here = constituents_at(ground, plan, key, team, start)
    if here:
        return Reason("constituents", {"attendees": tuple(here)})
    if ground.constituents[key]:
        return Reason("constituents_elsewhere", {"attendees": ground.constituents[key]})
    places = set(ground.offices[key].constituencies)
    others = tuple(one.key for one in ground.people.values() if places.intersection(one.lives_in))
    return Reason("constituents_away", {"attendees": others}) if others else Reason("no_constituents", {})


def _why_not(ground: Ground, key: str) -> Reason:
    office = ground.offices[key]
    if office.building in ground.cancelled:
        return Reason("building_cancelled", {"building": office.building})
    if not ground.starts[key]:
        return Reason("no_such_time", {"minutes": office.minutes})
    if not ground.people or not ground.teams:
        return Reason("no_teams", {})
    if office.language and not any(office.language in one.languages for one in ground.people.values()):
        return Reason("language_not_spoken", {"language": office.language})
    if office.cap is not None and office.cap < ground.low:
        return Reason("cap_too_small", {"cap": office.cap, "low": ground.low})
    return Reason("no_team_free", {"teams": len(ground.teams)})


def _why_left_out(ground: Ground, plan: Plan, person: str) -> Reason:
    members = plan.members()
    understood = [
        team
        for team in ground.teams
        if speak_together([ground.people[one] for one in (*members.get(team, ()), person)])
    ]
    if ground.teams and not understood:
        return Reason("no_shared_language", {"languages": ground.people[person].languages})
    return Reason("no_room", {"teams": len(ground.teams)})


def _notes(ground: Ground) -> Iterator[Reason]:
    """What the coordinator should know of the teams: that we chose their number, or their size differs."""
    day, people, teams = ground.day, len(ground.people), len(ground.teams)
    if day.teams is None:
        yield Reason("teams_chosen", {"teams": teams, "people": people, "offices": len(day.offices)})
    if not teams:
        return
    low, high = people // teams, ground.evenly
    if high > day.size_max:
        to_keep = -(-people // day.size_max)
        yield Reason(
            "larger_teams", _sizes(people, teams, low, high, wished=day.size_max, teams_to_keep=to_keep)
        )
    elif low < day.size_min:
        to_keep = people // day.size_min
        yield Reason(
            "smaller_teams", _sizes(people, teams, low, high, wished=day.size_min, teams_to_keep=to_keep)
        )


def _sizes(
    people: int, teams: int, low: int, high: int, *, wished: int, teams_to_keep: int
) -> dict[str, int | str | tuple[str, ...]]:
    """For example: 300 people in 40 teams, 7 or 8 in each; 60 teams would keep to the 5 wished."""
    return {
        "people": people,
        "teams": teams,
        "low": low,
        "high": high,
        "wished": wished,
        "teams_to_keep": teams_to_keep,
    }
