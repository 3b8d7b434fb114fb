"""An Advocacy Day as the scheduling package reads it: keys and minutes instead of rows, and back.

Keys of offices and attendees are those of their rows. A place somebody lives in is a district (`d12`), or the state,
province or territory of one (`j3`), for which whoever it elects as a whole speaks.
"""

from dataclasses import dataclass
from datetime import time

from django.db.models import prefetch_related_objects

from advocacy.events.models import (
    AGREED,
    OVER,
    AdvocacyEvent,
    Appointment,
    EventFormat,
    Registration,
    Team,
    TeamRole,
    Walk,
)
from advocacy.events.scheduling import problem, proposal
from legislation.models import ChamberCode

NO_BUILDING = ""


@dataclass
class Grid:
    """The rows of one event, read once. What is over or declined is no longer on it."""

    event: AdvocacyEvent
    appointments: dict[str, Appointment]
    people: dict[str, Registration]
    teams: dict[int, Team]

    def day(self, *, teams: int | None = None) -> problem.Day:
        """`teams`: how many there shall be; None leaves it to the proposal, though never fewer than hold a lock."""
        event, buildings = self.event, list(self.event.buildings.all())
        is_online = event.format == EventFormat.VIRTUAL
        known = (
            problem.Building(NO_BUILDING),
            *(problem.Building(str(one.pk), one.is_closed) for one in buildings),
        )
        walks = Walk.objects.filter(start__in=buildings)
        return problem.Day(
            opens=minutes_of(event.opens_at),
            closes=minutes_of(event.closes_at),
            buildings=known,
            walks=tuple(problem.Walk(str(one.start_id), str(one.end_id), one.minutes) for one in walks),
            walk_unless_known=event.walk_unless_known,
            change_of_building=0 if is_online else problem.Day.change_of_building,
            offices=tuple(_office(key, one) for key, one in self.appointments.items()),
            attendees=tuple(_attendee(key, one) for key, one in self.people.items()),
            teams=teams,
            size_min=event.team_min,
            size_max=event.team_max,
            locks=tuple(self._locks()),
        )

    def schedule(self) -> proposal.Schedule:
        """Who goes where as it stands."""
        return proposal.Schedule(
            teams=tuple(_team(number, team) for number, team in self.teams.items()),
            meetings=tuple(
                proposal.Meeting(key, one.team.number, minutes_of(one.starts_at))
                for key, one in self.appointments.items()
                if one.team and one.starts_at
            ),
        )

    def _locks(self) -> "list[problem.Lock]":
        locks: list[problem.Lock] = []
        for number, team in self.teams.items():
            for member in team.members.all():
                if member.is_locked:
                    person = str(member.registration_id)
                    locks.append(problem.PersonLock(person, number))
                    locks += [problem.CaptainLock(person, number)] if member.is_captain else []
        for key, one in self.appointments.items():
            if one.is_locked and one.team:
                locks.append(problem.MeetingLock(key, one.team.number))
            if one.is_locked and one.starts_at:
                locks.append(problem.StartLock(key, minutes_of(one.starts_at)))
        return locks


def grid_of(event: AdvocacyEvent) -> Grid:
    """In a fixed number of queries."""
    wanted = event.appointments.wanted().exclude(status__in=OVER).with_office()
    people = (
        event.registrations.coming()
        .prefetch_related("districts__division")
        .select_related("chapter", "person")
    )
    teams = event.teams.prefetch_related("members__registration")
    appointments = list(wanted.select_related("seat__division__jurisdiction", "seat__chamber__jurisdiction"))
    prefetch_related_objects([event], "buildings")
    return Grid(
        event,
        {str(one.pk): one for one in appointments},
        {str(one.pk): one for one in people},
        {one.number: one for one in teams},
    )


def minutes_of(at: time) -> int:
    return at.hour * 60 + at.minute


def time_of(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def constituencies_of(appointment: Appointment) -> tuple[str, ...]:
    """Whom the office speaks for: its district, or the whole state of an office that is elected by all of it.

    A seat whose district is on no map speaks for nobody that we could know of.
    """
    seat = appointment.seat
    if seat is None:
        place = (
            appointment.committee.jurisdiction if appointment.committee else appointment.event.jurisdiction
        )
        return (f"j{place.pk}",)
    place = seat.represents
    is_of_all = (
        seat.chamber.code == ChamberCode.EXECUTIVE
        if seat.division is None
        else (seat.division.ocd_id == place.division_id)
    )
    if is_of_all:
        return (f"j{place.pk}",)
    return (f"d{seat.division_id}",) if seat.division_id else ()


def places_of(person: Registration) -> tuple[str, ...]:
    """Where somebody is a constituent, in the same keys; nowhere without an address."""
    districts = list(person.districts.all())
    places = [f"d{one.division_id}" for one in districts] + [f"j{one.jurisdiction_id}" for one in districts]
    # A district of the federal house lies in a state too, whose senators and governor are elected by all of it.
    places += [f"j{one.division.jurisdiction_id}" for one in districts if one.division.jurisdiction_id]
    return tuple(dict.fromkeys(places))


def _office(key: str, appointment: Appointment) -> problem.Office:
    event = appointment.event
    window = problem.Window(
        minutes_of(appointment.free_from or event.opens_at),
        minutes_of(appointment.free_until or event.closes_at),
    )
    is_agreed = appointment.status in AGREED and appointment.starts_at is not None
    return problem.Office(
        key,
        constituencies_of(appointment),
        str(appointment.building_id or NO_BUILDING),
        minutes=appointment.minutes,
        windows=(window,) if appointment.free_from or appointment.free_until else (),
        starts_at=minutes_of(appointment.starts_at) if is_agreed and appointment.starts_at else None,
        cap=appointment.people_cap,
        language=appointment.language or None,
    )


def _attendee(key: str, person: Registration) -> problem.Attendee:
    return problem.Attendee(
        key,
        places_of(person),
        tuple(sorted(person.languages)),
        (person.wished_role,) if person.wished_role else (),
        can_lead=person.wished_role == TeamRole.LEADER or not person.is_first_timer,
        is_first_timer=person.is_first_timer,
        arrives=minutes_of(person.arrives_at) if person.arrives_at else None,
        leaves=minutes_of(person.leaves_at) if person.leaves_at else None,
        chapter=str(person.chapter_id or ""),
    )


def _team(number: int, team: Team) -> proposal.Team:
    members = list(team.members.all())
    captain = next((str(one.registration_id) for one in members if one.is_captain), None)
    return proposal.Team(number, tuple(str(one.registration_id) for one in members), captain)
