"""Locks that contradict each other, found before anything is searched, so that the answer can name them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from advocacy.events.scheduling.ground import Ground
from advocacy.events.scheduling.problem import (
    CaptainLock,
    Clash,
    Impossible,
    Lock,
    MeetingLock,
    PersonLock,
    StartLock,
)


def check(ground: Ground) -> None:
    """Raise `Impossible` unless every lock can be kept."""
    clashes = tuple(_unknown(ground)) or (
        *_two_of_one(ground),
        *_outside(ground),
        *_too_many(ground),
        *_captain_away(ground),
    )
    clashes = clashes or tuple(_too_close(ground))
    if clashes:
        raise Impossible(clashes)


def _unknown(ground: Ground) -> Iterator[Clash]:
    for lock in ground.day.locks:
        match lock:
            case PersonLock(attendee, team) | CaptainLock(attendee, team):
                known = attendee in ground.people and team in ground.teams
            case MeetingLock(office, team):
                known = office in ground.offices and team in ground.teams
            case StartLock(office, _):
                known = office in ground.offices
        if not known:
            yield Clash("lock_names_nobody", (lock,))


def _two_of_one(ground: Ground) -> Iterator[Clash]:
    """One person in two teams, one team with two captains, one office with two teams or two times."""
    for one, other in combinations(ground.day.locks, 2):
        match one, other:
            case ((PersonLock() | CaptainLock()), (PersonLock() | CaptainLock())) if (
                one.attendee == other.attendee and one.team != other.team
            ):
                yield Clash("person_in_two_teams", (one, other))
            case CaptainLock(), CaptainLock() if one.team == other.team and one.attendee != other.attendee:
                yield Clash("two_captains", (one, other))
            case MeetingLock(), MeetingLock() if one.office == other.office and one.team != other.team:
                yield Clash("office_with_two_teams", (one, other))
            case StartLock(), StartLock() if one.office == other.office and one.starts_at != other.starts_at:
                yield Clash("office_at_two_times", (one, other))


def _outside(ground: Ground) -> Iterator[Clash]:
    """A time the office does not receive, or a building that is cancelled."""
    for lock in ground.day.locks:
        if isinstance(lock, MeetingLock | StartLock) and not ground.starts[lock.office]:
            cancelled = ground.offices[lock.office].building in ground.cancelled
            yield Clash("building_cancelled" if cancelled else "no_such_time", (lock,))


def _too_many(ground: Ground) -> Iterator[Clash]:
    """More people locked to a team than the office it is locked to receives."""
    for lock in ground.day.locks:
        if not isinstance(lock, MeetingLock) or (cap := ground.offices[lock.office].cap) is None:
            continue
        people = [
            one
            for one in ground.day.locks
            if isinstance(one, PersonLock | CaptainLock) and one.team == lock.team
        ]
        if len({one.attendee for one in people}) > cap:
            yield Clash("over_cap", (lock, *people))


def _captain_away(ground: Ground) -> Iterator[Clash]:
    """A captain who is not there at any time the team's locked meeting may begin."""
    for captain in ground.day.locks:
        for lock in ground.day.locks:
            if not (
                isinstance(captain, CaptainLock)
                and isinstance(lock, MeetingLock)
                and lock.team == captain.team
            ):
                continue
            starts = ground.starts[lock.office]
            if starts and not any(ground.is_there(captain.attendee, lock.office, at) for at in starts):
                yield Clash("captain_away", (captain, lock, *_start_of(ground, lock.office)))


def _too_close(ground: Ground) -> Iterator[Clash]:
    """Meetings locked to one team that cannot follow each other in any order; no more named than clash."""
    locked: dict[int, list[MeetingLock]] = defaultdict(list)
    for lock in ground.day.locks:
        if isinstance(lock, MeetingLock) and lock not in locked[lock.team]:
            locked[lock.team].append(lock)
    for team, meetings in locked.items():
        captain = ground.captain.get(team)
        needed = meetings
        if timetable(ground, [one.office for one in meetings], captain) is not None:
            continue
        for one in meetings:  # what still clashes without this one does not need it
            fewer = [other for other in needed if other != one]
            if timetable(ground, [other.office for other in fewer], captain) is None:
                needed = fewer
        starts = [lock for one in needed for lock in _start_of(ground, one.office)]
        yield Clash("meetings_too_close", (*needed, *starts))


def timetable(ground: Ground, offices: Sequence[str], captain: str | None = None) -> dict[str, int] | None:
    """A start for each of these meetings of one team, in whatever order; None where there is none.

    Going through the orders with the earliest start each time is exact: beginning later never helps the next.
    """
    if not offices:
        return {}
    stack: list[tuple[tuple[str, ...], tuple[int, ...]]] = [((), ())]
    seen: dict[tuple[frozenset[str], str], int] = {}
    while stack:
        chosen, starts = stack.pop()
        if len(chosen) == len(offices):
            return dict(zip(chosen, starts, strict=True))
        for office in reversed(offices):
            if office in chosen:
                continue
            start = next(
                (
                    at
                    for at in ground.starts[office]
                    if (captain is None or ground.is_there(captain, office, at))
                    and all(
                        ground.follow(earlier, began, office, at)
                        for earlier, began in zip(chosen, starts, strict=True)
                    )
                ),
                None,
            )
            state = (frozenset((*chosen, office)), office)
            if start is None or seen.get(state, start + 1) <= start:
                continue
            seen[state] = start
            stack.append(((*chosen, office), (*starts, start)))
    return None


def _start_of(ground: Ground, office: str) -> tuple[Lock, ...]:
    return tuple(lock for lock in ground.day.locks if isinstance(lock, StartLock) and lock.office == office)
