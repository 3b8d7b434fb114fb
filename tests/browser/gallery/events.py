"""Advocacy Days."""

from advocacy.events.models import AdvocacyEvent, Appointment, Building, Team, TeamMember
from tests.browser.gallery.exhibit import Exhibit, first

_IN_THE_MAKING = first(AdvocacyEvent, status="frozen")

EVENTS = [
    Exhibit("events:event_list"),
    Exhibit("events:event_list", "elise", note="in French"),
    Exhibit("events:event_detail", find=_IN_THE_MAKING),
    Exhibit("events:schedule", find=_IN_THE_MAKING),
    Exhibit("events:office_add", find=_IN_THE_MAKING),
    Exhibit("events:building_add", find=_IN_THE_MAKING),
    Exhibit("events:publish", find=_IN_THE_MAKING),
    Exhibit("events:team_edit", find=first(Team, event__status="frozen")),
    Exhibit("events:member_edit", find=first(TeamMember, team__event__status="frozen")),
    Exhibit("events:appointment_edit", find=first(Appointment, event__status="frozen")),
    Exhibit("events:appointment_remove", find=first(Appointment, event__status="frozen")),
    Exhibit("events:building_edit", find=first(Building, event__status="frozen")),
]
