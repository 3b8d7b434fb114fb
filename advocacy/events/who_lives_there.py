"""Which people of a team are constituents of the office it goes to: why this team goes there."""

from advocacy.events.grid import Grid, constituencies_of, places_of
from advocacy.events.models import Registration


def constituents_by_appointment(grid: Grid) -> dict[int, list[Registration]]:
    """By the key of the appointment; of those with a team, the members who live in the district."""
    lives_in = {person.pk: set(places_of(person)) for person in grid.people.values()}
    found: dict[int, list[Registration]] = {}
    for one in grid.appointments.values():
        if one.team is None:
            continue
        places = set(constituencies_of(one))
        members = grid.teams[one.team.number].members.all()
        found[one.pk] = [
            member.registration for member in members if places & lives_in.get(member.registration_id, set())
        ]
    return found
