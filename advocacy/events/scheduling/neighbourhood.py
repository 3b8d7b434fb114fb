"""Some teams of a plan, arranged anew by CP-SAT while all others stay; with every team, the whole day.

A team is one of a few choices for each person and each meeting, a start an integer, and two meetings of one
team follow each other in either order with the walk between. "Somebody goes with the meeting" is one variable
for a person and an office: it says that their teams are the same and that the person is there at the time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from ortools.sat.python import cp_model

from advocacy.events.scheduling import plan as plans
from advocacy.events.scheduling.ground import Ground, speak_together
from advocacy.events.scheduling.plan import Plan
from advocacy.events.scheduling.problem import ROLES

Var = cp_model.IntVar


class Answer(NamedTuple):
    plan: Plan
    is_proven: bool  # nothing here is better


@dataclass(frozen=True)
class Effort:
    """CP-SAT's own measure, which does not depend on the machine; about a second for one. `seconds` ends it
    where the machine is slower than thought."""

    work: float
    seconds: float
    seed: int = 0


class Scope(NamedTuple):
    """The teams to arrange anew, and what is in no team yet that they may take."""

    teams: tuple[int, ...]
    offices: tuple[str, ...]
    people: tuple[str, ...]


class Neighbourhood:
    def __init__(self, ground: Ground, plan: Plan, scope: Scope, before: Plan | None = None) -> None:
        self.ground, self.plan, self.teams, self.before = ground, plan, scope.teams, before
        held = {one for one, (team, _start) in plan.meetings.items() if team in scope.teams}
        self.people = [
            one for one in ground.people if plan.team_of.get(one) in scope.teams or one in scope.people
        ]
        self.offices = [
            one for one in ground.offices if one in held.union(scope.offices) and self._teams_for(one)
        ]
        self.model = cp_model.CpModel()
        self.goes: dict[tuple[str, str], Var] = {}
        self.there: dict[tuple[str, str], Var | bool] = {}
        self.wishes: list[tuple[Var, int]] = []
        self._people()
        self._meetings()
        self._one_after_the_other()
        self._captains()
        self._languages()
        self.covered = {one: self._somebody(one, ground.constituents[one]) for one in self.offices}
        weights = {one: plans.weight(ground, one) * (len(self.offices) + 1) for one in self.offices}
        everybody = sum(weights.values()) + len(self.offices) + 1
        self.first_things = sum(everybody * one for one in self.joined.values()) + sum(
            weights[one] * placed + self.covered[one] for one, placed in self.placed.items()
        )

    def meetings_first(self, effort: Effort) -> Answer:
        """As many meetings as can be, and a constituent in each; nothing else is looked at."""
        self.model.maximize(self.first_things)
        return self._solve(effort)

    def everything(self, effort: Effort) -> Answer:
        """The same, and among those the schedule that fulfils most wishes."""
        self._wishes()
        most = sum(abs(value) * 2 for _var, value in self.wishes) + 1
        wished = sum(value * var for var, value in self.wishes)
        self.model.maximize(most * self.first_things + wished)
        return self._solve(effort)

    # What must be

    def _people(self) -> None:
        ground, model = self.ground, self.model
        self.member = {
            (person, team): model.new_bool_var("")
            for person in self.people
            for team in self.teams
            if ground.team_of.get(person, team) == team
        }
        self.joined = {}
        for person in self.people:
            choices = [self.member[person, team] for team in self.teams if (person, team) in self.member]
            self.joined[person] = self._var()
            model.add(sum(choices) == self.joined[person])
        self.size = {}
        for team in self.teams:
            self.size[team] = model.new_int_var(0, ground.most(team), "")
            model.add(self.size[team] == sum(self._members(team)))

    def _meetings(self) -> None:
        ground, model = self.ground, self.model
        self.start = {
            one: model.new_int_var_from_domain(cp_model.Domain.from_values(ground.starts[one]), "")
            for one in self.offices
        }
        self.takes = {
            (office, team): self._var() for office in self.offices for team in self._teams_for(office)
        }
        self.placed = {}
        for office in self.offices:
            self.placed[office] = self._var()
            model.add(sum(self._takers(office)) == self.placed[office])
            cap = ground.offices[office].cap
            for team in self._teams_for(office):
                if cap is not None and cap < ground.most(team):
                    model.add(self.size[team] <= cap).only_enforce_if(self.takes[office, team])

    def _one_after_the_other(self) -> None:
        """Two meetings of one team: the first ends and the way is walked before the second begins."""
        ground, model = self.ground, self.model
        self.together = {}
        for one, other in combinations(self.offices, 2):
            firsts, seconds = ground.starts[one], ground.starts[other]
            one_first = ground.follow(one, firsts[0], other, seconds[-1])
            other_first = ground.follow(other, seconds[0], one, firsts[-1])
            teams = [team for team in self.teams if (one, team) in self.takes and (other, team) in self.takes]
            if not (one_first or other_first):
                for team in teams:
                    model.add_at_most_one(self.takes[one, team], self.takes[other, team])
                continue
            cost = plans.walked(ground, one, other)
            always = ground.follow(one, firsts[-1], other, seconds[0]) or ground.follow(
                other, seconds[-1], one, firsts[0]
            )
            if always and not cost:
                continue
            same = self.together[one, other] = self._var()
            for team in teams:
                model.add_bool_or(~self.takes[one, team], ~self.takes[other, team], same)
            if cost:
                self.wishes.append((same, -cost))
            if always:
                continue
            order = self._var()
            self._follow(one, other, same, order)
            self._follow(other, one, same, ~order)

    def _follow(self, first: str, second: str, *when: cp_model.LiteralT) -> None:
        apart = self.ground.offices[first].minutes + self.ground.gap(first, second)
        self.model.add(self.start[first] + apart <= self.start[second]).only_enforce_if(*when)

    def _captains(self) -> None:
        """One for each team that has anybody; there at every meeting of the team."""
        ground, model = self.ground, self.model
        self.captain = {key: self._var() for key in self.member}
        for team in self.teams:
            named = [self.captain[one, team] for one in self.people if (one, team) in self.captain]
            is_led = self._var()
            model.add(sum(named) == is_led)
            for person in self.people:
                if (person, team) in self.member:
                    model.add_implication(self.captain[person, team], self.member[person, team])
                    model.add_implication(self.member[person, team], is_led)
            for office in self.offices:
                if (office, team) in self.takes:
                    model.add_implication(self.takes[office, team], is_led)
            if locked := ground.captain.get(team):
                model.add(self.captain[locked, team] == 1)
        for (person, team), captain in self.captain.items():
            if not ground.comes_and_goes(person):
                continue
            for office in self.offices:
                if (office, team) in self.takes:
                    self._only_if_there(office, person, captain, self.takes[office, team])

    def _languages(self) -> None:
        """A team shares a language, and whoever was asked to be met in one is met by somebody who speaks it."""
        ground, model = self.ground, self.model
        spoken = sorted({one for key in self.people for one in ground.people[key].languages})
        for team in self.teams if len(spoken) > 1 else []:
            locked = [one for one in self.people if ground.team_of.get(one) == team]
            free = [one for one in self.people if one not in locked and (one, team) in self.member]
            bound = free if not speak_together([ground.people[one] for one in locked]) else [*locked, *free]
            shared = {one: self._var() for one in spoken}
            model.add_exactly_one(shared.values())
            for person in bound:
                if languages := ground.people[person].languages:
                    model.add_bool_or(~self.member[person, team], *(shared[one] for one in languages))
        for office in self.offices:
            if wanted := ground.offices[office].language:
                speakers = [one for one in self.people if wanted in ground.people[one].languages]
                model.add_implication(self.placed[office], self._somebody(office, speakers))

    def _somebody(self, office: str, people: Iterable[str]) -> Var:
        """True only where the meeting is placed and one of these people is there."""
        found = self._var()
        going = [self._goes(one, office) for one in people if one in self.joined]
        self.model.add_bool_or(~found, *going)
        self.model.add_implication(found, self.placed[office])
        return found

    def _goes(self, person: str, office: str) -> Var:
        if (person, office) in self.goes:
            return self.goes[person, office]
        goes = self.goes[person, office] = self._var()
        for team in self._teams_for(office):
            taken = self.takes[office, team]
            if (person, team) in self.member:
                self.model.add_bool_or(~goes, ~taken, self.member[person, team])
            else:
                self.model.add_bool_or(~goes, ~taken)
        self._only_if_there(office, person, goes)
        return goes

    def _only_if_there(self, office: str, person: str, *when: cp_model.LiteralT) -> None:
        """Where all of this is so, the meeting lies within the person's stay."""
        there = self._is_there(office, person)
        if there is not True:
            self.model.add_bool_or(*(~one for one in when), *([] if there is False else [there]))

    def _is_there(self, office: str, person: str) -> Var | bool:
        if (office, person) not in self.there:
            starts = self.ground.starts[office]
            fit = [at for at in starts if self.ground.is_there(person, office, at)]
            there: Var | bool = len(fit) == len(starts)
            if fit and not there:
                there = self._var()
                within = cp_model.Domain.from_values(fit)
                self.model.add_linear_expression_in_domain(self.start[office], within).only_enforce_if(there)
            self.there[office, person] = there
        return self.there[office, person]

    # What is wished

    def _wishes(self) -> None:
        ground = self.ground
        people = [ground.people[one] for one in self.people]
        evenly, least = ground.evenly, len(ground.people) // len(ground.teams)
        for team in self.teams:
            size = self.size[team]
            for role in ROLES:
                self._reached(plans.WISH, team, {one.key for one in people if role in one.wishes})
            for chapter in sorted({one.chapter for one in people}):
                self._reached(plans.CHAPTER, team, {one.key for one in people if one.chapter == chapter})
            self._not_alone(team)
            self._beyond(plans.UNEVEN, size - evenly, least - size)
            self._beyond(plans.TOO_SMALL, ground.low - size)
            meetings = [self.takes[one, team] for one in self.offices if (one, team) in self.takes]
            self._beyond(plans.MORE_MEETINGS, sum(meetings) - plans.share_of_meetings(ground))
        for (person, _team), captain in self.captain.items():
            self.wishes.append((captain, 0 if ground.people[person].can_lead else -plans.NOT_A_LEADER))
        self._absent()
        if self.before:
            self._kept(self.before)

    def _reached(self, value: int, team: int, who: set[str]) -> None:
        """The team gains this once it has any of these people."""
        members = [var for (person, where), var in self.member.items() if where == team and person in who]
        if members:
            reached = self._var()
            self.model.add_bool_or(~reached, *members)
            self.wishes.append((reached, value))

    def _not_alone(self, team: int) -> None:
        newcomers = [one for one in self.people if self.ground.people[one].is_first_timer]
        others = [
            self.member[one, team]
            for one in self.people
            if one not in newcomers and (one, team) in self.member
        ]
        alone = self._var()
        for person in newcomers:
            if (person, team) in self.member:
                self.model.add_bool_or(~self.member[person, team], alone, *others)
        self.wishes.append((alone, -plans.ALONE))

    def _beyond(self, cost: int, *measures: cp_model.LinearExprT) -> None:
        over = self.model.new_int_var(0, len(self.people) + len(self.offices) + self.ground.evenly, "")
        for measure in measures:
            self.model.add(over >= measure)
        self.wishes.append((over, -cost))

    def _absent(self) -> None:
        for person in self.people:
            for office in self.offices if self.ground.comes_and_goes(person) else []:
                if self._is_there(office, person) is True:
                    continue
                absent = self._var()
                for team in self._teams_for(office):
                    if (person, team) in self.member:
                        both = (self.member[person, team], self.takes[office, team], ~absent)
                        self._only_if_there(office, person, *both)
                self.wishes.append((absent, -plans.ABSENT))

    def _kept(self, before: Plan) -> None:
        for (person, team), member in self.member.items():
            if before.team_of.get(person) == team:
                self.wishes.append((member, plans.KEPT_PERSON))
            if before.captain.get(team) == person:
                self.wishes.append((self.captain[person, team], plans.KEPT_CAPTAIN))
        for office in self.offices:
            team, start = before.meetings.get(office, (0, 0))
            if (office, team) in self.takes:
                self.wishes.append((self.takes[office, team], plans.KEPT_TEAM))
            if start in self.ground.starts[office] and team:
                same = self._var()
                self.model.add(self.start[office] == start).only_enforce_if(same)
                self.model.add_implication(same, self.placed[office])
                self.wishes.append((same, plans.KEPT_START))

    # Searching

    def _solve(self, effort: Effort) -> Answer:
        self._hint()
        solver = cp_model.CpSolver()
        solver.parameters.max_deterministic_time = effort.work
        solver.parameters.max_time_in_seconds = effort.seconds
        solver.parameters.num_workers = 1  # several make the outcome depend on the machine
        solver.parameters.random_seed = effort.seed
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Answer(self.plan, is_proven=False)
        return Answer(self._read(solver), is_proven=status == cp_model.OPTIMAL)

    def _hint(self) -> None:
        self.model.clear_hints()  # type: ignore[no-untyped-call] # ortools leaves it so
        for (person, team), var in self.member.items():
            self.model.add_hint(var, self.plan.team_of.get(person) == team)
            self.model.add_hint(self.captain[person, team], self.plan.captain.get(team) == person)
        for (office, team), var in self.takes.items():
            self.model.add_hint(var, self.plan.meetings.get(office, (0, 0))[0] == team)
        for office, var in self.start.items():
            self.model.add_hint(var, self.plan.meetings.get(office, (0, self.ground.starts[office][0]))[1])

    def _read(self, solver: cp_model.CpSolver) -> Plan:
        """The plan with these teams as the solver has them."""
        found = self.plan.copy()
        for person in self.people:
            found.team_of.pop(person, None)
        for office in self.offices:
            found.meetings.pop(office, None)
        for team in self.teams:
            found.captain.pop(team, None)
        found.team_of.update(key for key, var in self.member.items() if solver.boolean_value(var))
        found.captain.update(
            (team, person) for (person, team), var in self.captain.items() if solver.boolean_value(var)
        )
        for (office, team), var in self.takes.items():
            if solver.boolean_value(var):
                found.meetings[office] = (team, solver.value(self.start[office]))
        return found

    def _var(self) -> Var:
        return self.model.new_bool_var("")

    def _teams_for(self, office: str) -> list[int]:
        if not self.ground.starts[office]:
            return []
        locked = self.ground.team_for.get(office)
        return [team for team in self.teams if locked in (None, team)]

    def _takers(self, office: str) -> list[Var]:
        return [self.takes[office, team] for team in self._teams_for(office)]

    def _members(self, team: int) -> list[Var]:
        return [var for (_person, where), var in self.member.items() if where == team]
