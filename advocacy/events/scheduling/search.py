"""From the plain plan to a better one: the whole day at once where it is small, else some teams at a time.

A round takes every team once. Teams that could help each other to a constituent are taken together; groups
share nothing, so they are solved beside each other, and the outcome is the same however many at once.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random

from advocacy.events.scheduling.bound import bound
from advocacy.events.scheduling.ground import Ground
from advocacy.events.scheduling.limits import Limits
from advocacy.events.scheduling.neighbourhood import Effort, Neighbourhood, Scope
from advocacy.events.scheduling.plan import Plan, constituents_at, worth
from advocacy.events.scheduling.proposal import Status
from advocacy.events.scheduling.telling import Bound, Found

TOGETHER = 3  # teams arranged anew at a time
FOR_THE_BOUND = 2.0  # seconds left for proving how far one could get
WHOLE = 8  # so many times the work of a group


def search(ground: Ground, plan: Plan, limits: Limits, ends: float, before: Plan | None = None) -> Found:
    """`ends` is when the answer is due, by the monotonic clock."""
    pairs = len(ground.offices) * (len(ground.offices) - 1) // 2
    if pairs * len(ground.teams) <= limits.whole:
        return _whole(ground, plan, limits, ends, before)
    rng = Random(limits.seed)  # noqa: S311 - which teams are tried together is no secret
    idle = 0
    with ThreadPoolExecutor(limits.workers) as pool:
        for number in range(limits.rounds):
            if time.monotonic() > ends - FOR_THE_BOUND:
                break
            was = worth(ground, plan, before)
            start = plan

            def better(scope: Scope, start: Plan = start, number: int = number) -> Plan:
                effort = _effort(limits, ends - FOR_THE_BOUND, limits.seed + number)
                if not effort.seconds:
                    return start
                return Neighbourhood(ground, start, scope, before).everything(effort).plan

            scopes = list(_groups(ground, start, rng))
            for scope, found in zip(scopes, pool.map(better, scopes), strict=True):
                joined = _with(plan, scope, found)
                if worth(ground, joined, before) > worth(ground, plan, before):
                    plan = joined
            idle = idle + 1 if worth(ground, plan, before) == was else 0
            if idle == 2:
                break
    return _judged(ground, plan, limits, ends)


def _whole(ground: Ground, plan: Plan, limits: Limits, ends: float, before: Plan | None) -> Found:
    """First the meetings, until nothing is better; then the wishes, as far as the time goes."""
    if not ground.teams:
        return Found(plan, _reached(ground, plan), Status.OPTIMAL)
    scope = Scope(ground.teams, _waiting(ground, plan), _left_out(ground, plan))
    effort = Effort(WHOLE * limits.work, max(0.5, (ends - time.monotonic()) / 2), limits.seed)
    is_proven = False
    if _reached(ground, plan) < _everything(ground):
        first = Neighbourhood(ground, plan, scope, before).meetings_first(effort)
        is_proven = first.is_proven
        plan = max(plan, first.plan, key=lambda one: worth(ground, one)[:3])
    scope = Scope(ground.teams, _waiting(ground, plan), _left_out(ground, plan))
    answer = Neighbourhood(ground, plan, scope, before).everything(effort)
    plan = max(plan, answer.plan, key=lambda one: worth(ground, one, before))
    if is_proven or answer.is_proven:
        return Found(plan, _reached(ground, plan), Status.OPTIMAL)
    return _judged(ground, plan, limits, ends)


def _judged(ground: Ground, plan: Plan, limits: Limits, ends: float) -> Found:
    """With the bound: every meeting and constituent there is, or what the solver proves where we miss one."""
    reach = _everything(ground)
    if _reached(ground, plan) < reach:
        reach = bound(ground, Effort(limits.work, max(0.5, ends - time.monotonic()), limits.seed))
    return Found(plan, reach, Status.FEASIBLE if _reached(ground, plan) < reach else Status.OPTIMAL)


def _everything(ground: Ground) -> Bound:
    return Bound(sum(1 for starts in ground.starts.values() if starts), len(ground.possible))


def _groups(ground: Ground, plan: Plan, rng: Random) -> Iterator[Scope]:
    """Every team in one group; a meeting without its constituent brings the teams of those together."""
    left = list(ground.teams)
    rng.shuffle(left)
    loose = _left_out(ground, plan)
    wanting = [one for one in sorted(ground.possible) if not _is_met(ground, plan, one)]
    rng.shuffle(wanting)
    waiting = [one for one in _waiting(ground, plan) if one not in wanting]
    groups: list[tuple[list[int], list[str]]] = []
    for office in wanting:
        held = [plan.meetings[office][0]] if office in plan.meetings else []
        useful = [*held, *(plan.team_of[one] for one in ground.constituents[office] if one in plan.team_of)]
        teams = [team for team in dict.fromkeys(useful) if team in left][:TOGETHER]
        if teams and (not held or held[0] in teams):
            left = [team for team in left if team not in teams]
            groups.append((teams, [] if held else [office]))
        elif not held:
            waiting.append(office)
    for teams, _offices in groups:
        while left and len(teams) < TOGETHER:
            teams.append(left.pop())
    groups += [(left[at : at + TOGETHER], []) for at in range(0, len(left), TOGETHER)]
    for number, office in enumerate(waiting):
        locked = [offices for teams, offices in groups if ground.team_for.get(office) in teams]
        (locked or [groups[number % len(groups)][1]])[0].append(office)
    for number, (teams, offices) in enumerate(groups):
        yield Scope(tuple(teams), tuple(offices), loose if number == 0 else ())


def _with(plan: Plan, scope: Scope, found: Plan) -> Plan:
    """The plan with these teams as they were found; no other group touched them."""
    joined = plan.copy()
    joined.team_of = {one: team for one, team in plan.team_of.items() if team not in scope.teams}
    joined.team_of.update((one, team) for one, team in found.team_of.items() if team in scope.teams)
    joined.captain.update((team, one) for team, one in found.captain.items() if team in scope.teams)
    joined.meetings = {one: at for one, at in plan.meetings.items() if at[0] not in scope.teams}
    joined.meetings.update((one, at) for one, at in found.meetings.items() if at[0] in scope.teams)
    for team in scope.teams:
        if team not in found.captain:
            joined.captain.pop(team, None)
    return joined


def _effort(limits: Limits, ends: float, seed: int) -> Effort:
    return Effort(limits.work, max(0.0, ends - time.monotonic()), seed)


def _waiting(ground: Ground, plan: Plan) -> tuple[str, ...]:
    return tuple(one for one in ground.offices if one not in plan.meetings and ground.starts[one])


def _left_out(ground: Ground, plan: Plan) -> tuple[str, ...]:
    return tuple(one for one in ground.people if one not in plan.team_of)


def _is_met(ground: Ground, plan: Plan, office: str) -> bool:
    return office in plan.meetings and bool(constituents_at(ground, plan, office, *plan.meetings[office]))


def _reached(ground: Ground, plan: Plan) -> Bound:
    return Bound(len(plan.meetings), sum(1 for office in plan.meetings if _is_met(ground, plan, office)))
