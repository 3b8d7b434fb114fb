"""What follows from a day before anybody is placed: who may meet whom when, and how large teams are."""

from math import ceil

from advocacy.events.scheduling.problem import (
    Attendee,
    CaptainLock,
    Day,
    MeetingLock,
    Office,
    PersonLock,
    StartLock,
    Window,
)

MEETINGS_AN_HOUR = 1
"""A team that walks and waits should not have more; so many teams are formed, if there are people for them."""


class Ground:
    def __init__(self, day: Day) -> None:
        self.day = day
        self.offices = {one.key: one for one in day.offices}
        self.people = {one.key: one for one in day.attendees}
        self.cancelled = {one.key for one in day.buildings if one.is_cancelled}
        self.walks = {key: walk.minutes for walk in day.walks for key in _both_ways(walk.one, walk.other)}
        self.team_of = {
            lock.attendee: lock.team for lock in day.locks if isinstance(lock, PersonLock | CaptainLock)
        }
        self.captain = {lock.team: lock.attendee for lock in day.locks if isinstance(lock, CaptainLock)}
        self.team_for = {lock.office: lock.team for lock in day.locks if isinstance(lock, MeetingLock)}
        self.locked_start = {lock.office: lock.starts_at for lock in day.locks if isinstance(lock, StartLock)}

        self.starts = {office.key: self._starts(office) for office in day.offices}
        self.constituents = {office.key: self._constituents(office) for office in day.offices}
        self.possible = {key for key, people in self.constituents.items() if people and self.starts[key]}
        self.teams = tuple(range(1, (self._teams_wanted() if day.teams is None else day.teams) + 1))
        evenly = ceil(len(self.people) / max(len(self.teams), 1))
        self.high = max(day.size_max, evenly)
        self.low = min(day.size_min, len(self.people) // max(len(self.teams), 1))
        self.evenly = evenly

    def gap(self, one: str, other: str) -> int:
        """Minutes a team needs between the end of a meeting at one office and its next at the other."""
        here, there = self.offices[one].building, self.offices[other].building
        if here == there:
            return self.walks.get((here, there), 0)
        return max(self.day.change_of_building, self.walks.get((here, there), self.day.walk_unless_known))

    def is_there(self, attendee: str, office: str, start: int) -> bool:
        """Is this person there for the whole of a meeting that begins at `start`?"""
        person, ends = self.people[attendee], start + self.offices[office].minutes
        arrived = person.arrives is None or person.arrives <= start
        return arrived and (person.leaves is None or ends <= person.leaves)

    def comes_and_goes(self, attendee: str) -> bool:
        person = self.people[attendee]
        late = person.arrives is not None and person.arrives > self.day.opens
        return late or (person.leaves is not None and person.leaves < self.day.closes)

    def follow(self, first: str, start: int, second: str, then: int) -> bool:
        """Can one team have the first meeting at `start` and the second at `then`?"""
        return start + self.offices[first].minutes + self.gap(first, second) <= then

    def agree(self, one: str, at: int, other: str, then: int) -> bool:
        return self.follow(one, at, other, then) or self.follow(other, then, one, at)

    def most(self, team: int) -> int:
        """The largest this team may be: more than wished only where people were locked to it."""
        return max(self.high, sum(1 for locked in self.team_of.values() if locked == team))

    def _starts(self, office: Office) -> tuple[int, ...]:
        """When this meeting may begin; what is fixed leaves one minute, a cancelled building none."""
        if office.building in self.cancelled:
            return ()
        whole = Window(self.day.opens, self.day.closes)
        windows = [
            Window(max(one.opens, whole.opens), min(one.closes, whole.closes))
            for one in office.windows or (whole,)
        ]
        fixed = self.locked_start.get(office.key, office.starts_at)
        if fixed is not None:
            # A confirmed time is the office's own word: it may lie outside the windows it gave before, and a
            # start locked to anything else cannot be.
            allowed = windows if office.starts_at is None else [whole]
            fits = office.starts_at in (None, fixed) and any(
                one.opens <= fixed and fixed + office.minutes <= one.closes for one in allowed
            )
            return (fixed,) if fits else ()
        return tuple(
            sorted(
                {
                    start
                    for one in windows
                    for start in range(one.opens, one.closes - office.minutes + 1, self.day.step)
                }
            )
        )

    def _constituents(self, office: Office) -> tuple[str, ...]:
        """Who lives there and can come at some time the meeting may begin."""
        places = set(office.constituencies)
        return tuple(
            one.key
            for one in self.day.attendees
            if places.intersection(one.lives_in)
            and any(self.is_there(one.key, office.key, start) for start in self.starts[office.key])
        )

    def _teams_wanted(self) -> int:
        """Enough for the meetings and for teams of the size wished, but never smaller teams than wished."""
        people, day = len(self.people), self.day
        for_size = ceil(people / day.size_max)
        each = max(1, (day.closes - day.opens) * MEETINGS_AN_HOUR // 60)
        for_meetings = ceil(sum(1 for starts in self.starts.values() if starts) / each)
        locked = [lock.team for lock in day.locks if not isinstance(lock, StartLock)]
        most = max(1, people // day.size_min) if people else 0
        return max(for_size, min(for_meetings, most), *locked, 0)


def speak_together(people: list[Attendee]) -> bool:
    """Is there a language everybody here speaks?"""
    spoken = [set(one.languages) for one in people if one.languages]
    return not spoken or bool(set.intersection(*spoken))


def _both_ways(one: str, other: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one, other), (other, one)
