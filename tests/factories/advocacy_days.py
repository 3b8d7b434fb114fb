"""Advocacy Days: `coming(day_of(cast), "Ann", lives_in=seat)` registers somebody, `meets(day, official)` books one."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from advocacy.accounts.models import User
from advocacy.events.models import (
    AdvocacyEvent,
    Appointment,
    AppointmentStatus,
    Building,
    EventAsk,
    EventStatus,
    Registration,
    RegistrationDistrict,
    Team,
    TeamMember,
)
from legislation.models import Official, Seat
from tests.cast import NOW, Cast
from tests.factories.log import interoperability
from tests.factories.maps import division, holds, seat
from tests.factories.people import state

_TX = "ocd-division/country:us/state:tx"


def day_of(cast: Cast, status: str = EventStatus.OPEN, **fields: Any) -> AdvocacyEvent:
    """Health IT Day 2027, hosted by Gulf Prairie and Hill Country, coordinated by Priya (DOMAIN.md A7)."""
    known: dict[str, Any] = {
        "name": "Health IT Day 2027",
        "name_fr": "Journée de la santé numérique 2027",
        "held_on": date(2027, 4, 14),
        "zone": "America/Chicago",
        "jurisdiction": state("tx", "Texas"),
        "coordinator": cast.priya,
        "added_by": cast.priya,
        "place": "North entrance of the Capitol",
        "emergency_phone": "+15125550100",
    }
    if status == EventStatus.PUBLISHED:
        known |= {"edition": 1, "published_at": NOW}
    event = AdvocacyEvent.objects.create(status=status, **(known | fields))
    event.hosts.set([cast.gulf_prairie, cast.hill_country])
    return event


def coming(
    event: AdvocacyEvent, who: User | str, *, lives_in: list[Seat] | None = None, **fields: Any
) -> Registration:
    """Somebody with a place: a colleague, or a name without an account. `lives_in`: seats of their districts."""
    if isinstance(who, User):
        known: dict[str, Any] = {"person": who, "name": who.full_name, "email": who.email}
    else:
        address = f"{who.lower().replace(' ', '.')}@example.org"
        known = {"name": who, "email": address, "proven_at": NOW}
    row = Registration.objects.create(event=event, registered_at=NOW, **(known | fields))
    for one in lives_in or []:
        RegistrationDistrict.objects.create(
            registration=row,
            jurisdiction=one.chamber.jurisdiction,
            chamber_code=one.chamber.code,
            division=one.division,
        )
    return row


def team(event: AdvocacyEvent, *people: Registration, **fields: Any) -> Team:
    """The next team of the event; the first of its people is the captain."""
    number = event.teams.count() + 1
    made = Team.objects.create(event=event, number=number, **fields)
    for place, person in enumerate(people):
        TeamMember.objects.create(team=made, registration=person, is_captain=place == 0)
    return made


def meets(event: AdvocacyEvent, official: Official, at: time | None = None, **fields: Any) -> Appointment:
    """A meeting with an official: confirmed where a time is given, else still to be asked for."""
    status = AppointmentStatus.CONFIRMED if at else AppointmentStatus.TO_ASK
    tenure = official.tenures.order_by("-starts_on").first()
    known: dict[str, Any] = {"status": status, "starts_at": at, "seat": tenure.seat if tenure else None}
    return Appointment.objects.create(event=event, official=official, **(known | fields))


def building(event: AdvocacyEvent, name: str = "Capitol", **fields: Any) -> Building:
    return Building.objects.create(event=event, name=name, **fields)


@dataclass
class Capitol:
    """Reyes of House 131 and Tran of Senate 15, who both speak for Houston (DOMAIN.md §8); their seats."""

    reyes: Official
    tran: Official
    house_131: Seat
    senate_15: Seat


def capitol() -> Capitol:
    texas = state("tx", "Texas")
    house = seat(texas, "lower", "131", division(f"{_TX}/sldl:131", texas), label="Texas House 131")
    senate = seat(texas, "upper", "15", division(f"{_TX}/sldu:15", texas), label="Texas Senate 15")
    return Capitol(holds(house, "Alma Reyes"), holds(senate, "Joel Tran"), house, senate)


def asks(event: AdvocacyEvent, text: str = "Fund the exchange", **fields: Any) -> EventAsk:
    """An ask on an issue, which needs no position."""
    known: dict[str, Any] = {"kind": "fund", "issue": interoperability(), "text": text}
    return EventAsk.objects.create(event=event, **(known | fields))


@dataclass
class HealthItDay:
    """The day of A7, ready to be published: Team 1 with Dana and three constituents meets Reyes and Tran."""

    event: AdvocacyEvent
    capitol: Capitol
    team: Team
    dana: Registration
    reyes: Appointment
    tran: Appointment


def health_it_day(cast: Cast, status: str = EventStatus.FROZEN) -> HealthItDay:
    event, place = day_of(cast, status), capitol()
    asks(event)
    seats = [place.house_131, place.senate_15]
    dana = coming(event, cast.dana, lives_in=seats)
    others = [coming(event, name, lives_in=seats) for name in ("Ann Lee", "Bo Park", "Cy Ray")]
    first = team(event, dana, *others)
    return HealthItDay(
        event,
        place,
        first,
        dana,
        meets(event, place.reyes, time(10), team=first),
        meets(event, place.tran, time(11), team=first),
    )
