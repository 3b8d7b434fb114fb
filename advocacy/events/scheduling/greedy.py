"""The plain way: office by office, the hardest first, whoever lives there joins a team that has the time.

It is what the search begins with, what it is measured against, and the answer where the search finds nothing.
"""

from collections import defaultdict
from collections.abc import Iterable

from advocacy.events.scheduling.ground import Ground, speak_together
from advocacy.events.scheduling.locks import timetable
from advocacy.events.scheduling.plan import Plan, weight
from advocacy.events.scheduling.proposal import Schedule


def plan_plainly(ground: Ground, before: Schedule | None = None) -> Plan:
    """Place what is locked, then what stood before and still fits, then everything else."""
    way = _PlainWay(ground)
    way.place_locked()
    if before:
        way.keep(before)
    order = sorted(
        ground.offices,
        key=lambda one: (
            -weight(ground, one),
            len(ground.constituents[one]) or len(ground.people) + 1,
            len(ground.starts[one]),
            one,
        ),
    )
    for office in order:
        way.place_with_constituent(office)
    way.fill()
    way.name_captains()
    way.give_up_what_cannot_be()
    for office in order:
        way.place_with_constituent(office)  # who joined since may live there
        way.place_anywhere(office)
    return way.plan


class _PlainWay:
    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.plan = Plan(captain=dict(ground.captain))
        self.members: dict[int, list[str]] = defaultdict(list)
        self.held: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for person, team in ground.team_of.items():
            self._join(person, team)

    def place_locked(self) -> None:
        for team in self.ground.teams:
            offices = [one for one, where in self.ground.team_for.items() if where == team]
            starts = timetable(self.ground, offices, self.ground.captain.get(team)) or {}
            for office, start in starts.items():
                self._hold(office, team, start)

    def keep(self, before: Schedule) -> None:
        for team in before.teams:
            if team.number not in self.ground.teams:
                continue
            for person in team.members:
                is_free = person in self.ground.people and person not in self.plan.team_of
                if is_free and self._can_join(person, team.number):
                    self._join(person, team.number)
            if team.captain in self.members[team.number]:
                self.plan.captain.setdefault(team.number, team.captain or "")
        for one in before.meetings:
            if one.office not in self.ground.offices or one.office in self.plan.meetings:
                continue
            fits = one.team in self._teams_for(one.office) and one.starts_at in self.ground.starts[one.office]
            if fits and self._can_hold(one.office, one.team, one.starts_at):
                self._hold(one.office, one.team, one.starts_at)

    def place_with_constituent(self, office: str) -> None:
        """In a team that has a constituent already; else in one that takes one in."""
        if office in self.plan.meetings:
            return
        teams = sorted(self._teams_for(office), key=lambda one: (len(self.held[one]), one))
        for team in teams:
            for start in self.ground.starts[office]:
                if self._constituents(office, team, start) and self._can_hold(office, team, start):
                    self._hold(office, team, start)
                    return
        free = [one for one in self.ground.constituents[office] if one not in self.plan.team_of]
        for team in teams if free else []:
            for person in free:
                if not self._can_join(person, team):
                    continue
                for start in self.ground.starts[office]:
                    there = self.ground.is_there(person, office, start)
                    if there and self._can_hold(office, team, start, joins=(person,)):
                        self._join(person, team)
                        self._hold(office, team, start)
                        return

    def fill(self) -> None:
        """Whoever is in no team yet joins the smallest that can take them; those who can lead go first,
        each to a team that has nobody who can."""
        people = self.ground.people
        led = {team for team in self.ground.teams if any(people[one].can_lead for one in self.members[team])}
        for person in sorted(people.values(), key=lambda one: (not one.can_lead, one.key)):
            teams = [team for team in self.ground.teams if self._can_join(person.key, team)]
            if teams and person.key not in self.plan.team_of:
                leads = person.can_lead
                team = min(teams, key=lambda one: (leads and one in led, len(self.members[one]), one))
                self._join(person.key, team)
                led.update([team] if leads else [])

    def name_captains(self) -> None:
        """Somebody who is at every meeting of the team, and who can lead where there is one."""
        for team in self.ground.teams:
            if team not in self.plan.captain and self.members[team]:
                self.plan.captain[team] = min(
                    self.members[team],
                    key=lambda one: (self._missed(one), not self.ground.people[one].can_lead, one),
                )

    def give_up_what_cannot_be(self) -> None:
        """A meeting its team's captain cannot be at, or at which nobody speaks the language asked for."""
        for team in self.ground.teams:
            captain = self.plan.captain.get(team)
            for office, start in list(self.held[team]):
                led = captain is not None and self.ground.is_there(captain, office, start)
                if not led or not self._is_understood(office, start, self.members[team]):
                    self.held[team].remove((office, start))
                    del self.plan.meetings[office]

    def place_anywhere(self, office: str) -> None:
        """With whoever has the time; who has the fewest meetings first."""
        if office in self.plan.meetings:
            return
        for team in sorted(self._teams_for(office), key=lambda one: (len(self.held[one]), one)):
            for start in self.ground.starts[office] if team in self.plan.captain else ():
                if self._can_hold(office, team, start):
                    self._hold(office, team, start)
                    return

    def _join(self, person: str, team: int) -> None:
        self.plan.team_of[person] = team
        self.members[team].append(person)

    def _hold(self, office: str, team: int, start: int) -> None:
        self.plan.meetings[office] = (team, start)
        self.held[team].append((office, start))

    def _teams_for(self, office: str) -> tuple[int, ...]:
        locked = self.ground.team_for.get(office)
        return self.ground.teams if locked is None else (locked,)

    def _can_join(self, person: str, team: int) -> bool:
        """There is room, at every office the team meets too, and the team still shares a language."""
        most = self.ground.most(team)
        for office, _start in self.held[team]:
            most = min(most, self.ground.offices[office].cap or most)
        people = [self.ground.people[one] for one in self.members[team]]
        return len(people) < most and speak_together([*people, self.ground.people[person]])

    def _can_hold(self, office: str, team: int, start: int, joins: tuple[str, ...] = ()) -> bool:
        """Has the team the time, is it small enough, is its captain there and the language spoken?"""
        cap = self.ground.offices[office].cap
        people = [*self.members[team], *joins]
        captain = self.plan.captain.get(team)
        return (
            (cap is None or len(people) <= cap)
            and (captain is None or self.ground.is_there(captain, office, start))
            and all(self.ground.agree(office, start, other, then) for other, then in self.held[team])
            and self._is_understood(office, start, people)
        )

    def _is_understood(self, office: str, start: int, people: Iterable[str]) -> bool:
        wanted = self.ground.offices[office].language
        return wanted is None or any(
            wanted in self.ground.people[one].languages and self.ground.is_there(one, office, start)
            for one in people
        )

    def _constituents(self, office: str, team: int, start: int) -> bool:
        return any(
            self.plan.team_of.get(one) == team and self.ground.is_there(one, office, start)
            for one in self.ground.constituents[office]
        )

    def _missed(self, person: str) -> int:
        meetings = self.held[self.plan.team_of[person]]
        return sum(not self.ground.is_there(person, office, start) for office, start in meetings)
