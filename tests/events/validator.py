"""A second opinion on a schedule, written from the rules of the field alone.

It knows the dataclasses and nothing of the search, the plain way or the list of conflicts: a rule misread
there is not misread here. `faults_in` names what no proposal may contain; wishes are none of its business.
"""

from advocacy.events.scheduling.problem import (
    Attendee,
    CaptainLock,
    Day,
    MeetingLock,
    Office,
    PersonLock,
    StartLock,
)
from advocacy.events.scheduling.proposal import Meeting, Schedule


def faults_in(day: Day, schedule: Schedule) -> list[str]:
    return sorted(
        {
            *_teams(day, schedule),
            *_each_meeting(day, schedule),
            *_two_meetings(day, schedule),
            *_locks(day, schedule),
        }
    )


def meetings_with_constituent(day: Day, schedule: Schedule) -> int:
    met = 0
    for meeting in schedule.meetings:
        office = _office(day, meeting)
        people = [one for one in _people(day, schedule, meeting.team) if _stays(one, office, meeting)]
        met += any(place in office.constituencies for one in people for place in one.lives_in)
    return met


def _teams(day: Day, schedule: Schedule) -> list[str]:
    faults = []
    everybody = [person for team in schedule.teams for person in team.members]
    if len(everybody) != len(set(everybody)):
        faults.append("a person in two teams")
    if not {one.key for one in day.attendees}.issuperset(everybody):
        faults.append("a stranger")
    if day.teams is not None and len(schedule.teams) > day.teams:
        faults.append("more teams than asked for")
    for team in schedule.teams:
        people = _people(day, schedule, team.number)
        # An even spread: nobody has more than one above the smallest largest size.
        least_largest = -(-len(day.attendees) // len(schedule.teams))
        locked = {
            lock.attendee for lock in day.locks if isinstance(lock, PersonLock) if lock.team == team.number
        }
        if len(people) > max(day.size_max, least_largest, len(locked)):
            faults.append("too large a team")
        if team.members and team.captain not in team.members:
            faults.append("no captain")
        languages = [set(one.languages) for one in people if one.languages and one.key not in locked]
        if languages and not set.intersection(*languages):
            faults.append("no common language")
    return faults


def _each_meeting(day: Day, schedule: Schedule) -> list[str]:
    faults = []
    for meeting in schedule.meetings:
        office, ends = _office(day, meeting), meeting.starts_at + _office(day, meeting).minutes
        people = _people(day, schedule, meeting.team)
        present = [one for one in people if _stays(one, office, meeting)]
        captain = next(team.captain for team in schedule.teams if team.number == meeting.team)
        if sum(1 for other in schedule.meetings if other.office == meeting.office) > 1:
            faults.append("an office met twice")
        if any(one.key == office.building and one.is_cancelled for one in day.buildings):
            faults.append("in a cancelled building")
        if meeting.starts_at < day.opens or day.closes < ends:
            faults.append("outside the day")
        if office.starts_at is not None and meeting.starts_at != office.starts_at:
            faults.append("not at the confirmed time")
        within = [one for one in office.windows if one.opens <= meeting.starts_at and ends <= one.closes]
        if office.starts_at is None and office.windows and not within:
            faults.append("outside the windows")
        if office.cap is not None and len(people) > office.cap:
            faults.append("more people than the office receives")
        if captain not in [one.key for one in present]:
            faults.append("captain absent")
        if office.language and not [one for one in present if office.language in one.languages]:
            faults.append("nobody speaks the language")
    return faults


def _two_meetings(day: Day, schedule: Schedule) -> list[str]:
    faults = []
    for one in schedule.meetings:
        for other in schedule.meetings:
            if one is other or one.team != other.team or one.starts_at > other.starts_at:
                continue
            free = other.starts_at - (one.starts_at + _office(day, one).minutes)
            if free < 0:
                faults.append("a team at two meetings at once")
            elif free < _walk(day, _office(day, one).building, _office(day, other).building):
                faults.append("too little time to walk")
    return faults


def _locks(day: Day, schedule: Schedule) -> list[str]:
    faults = []
    for lock in day.locks:
        if isinstance(lock, PersonLock):
            kept = [t for t in schedule.teams if t.number == lock.team and lock.attendee in t.members]
        elif isinstance(lock, CaptainLock):
            kept = [t for t in schedule.teams if t.number == lock.team and lock.captain == t.captain]
        elif isinstance(lock, MeetingLock):
            kept = [m for m in schedule.meetings if m.office == lock.office and m.team == lock.team]
        else:
            assert isinstance(lock, StartLock)
            kept = [m for m in schedule.meetings if (m.office, m.starts_at) == (lock.office, lock.starts_at)]
        if not kept:
            faults.append("a lock not kept")
    return faults


def _walk(day: Day, here: str, there: str) -> int:
    known = [walk.minutes for walk in day.walks if {walk.one, walk.other} == {here, there}]
    if here == there:
        return known[0] if known else 0
    return max(known[0] if known else day.walk_unless_known, day.change_of_building)


def _office(day: Day, meeting: Meeting) -> Office:
    return next(one for one in day.offices if one.key == meeting.office)


def _people(day: Day, schedule: Schedule, number: int) -> list[Attendee]:
    members = [person for team in schedule.teams if team.number == number for person in team.members]
    return [one for one in day.attendees if one.key in members]


def _stays(person: Attendee, office: Office, meeting: Meeting) -> bool:
    if person.arrives is not None and person.arrives > meeting.starts_at:
        return False
    return person.leaves is None or meeting.starts_at + office.minutes <= person.leaves
