"""Advocacy Days."""

from typing import Any

from advocacy.events import schedule_links
from advocacy.events.models import AdvocacyEvent, Appointment, Building, Registration, Team, TeamMember
from tests.browser.gallery.exhibit import VISITOR, Exhibit, first


def _guest(user: Any) -> tuple[str, str]:
    holder = Registration.objects.filter(event__status="published", person=None).order_by("pk")[0]
    return "en", schedule_links.token_of(holder)


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
    Exhibit("events:my_schedule", find=first(AdvocacyEvent, status="published")),
    Exhibit("events:board", "priya", find=first(AdvocacyEvent, status="published")),
    Exhibit("events:check_in", "priya", find=first(AdvocacyEvent, status="published")),
    Exhibit("events:results", "priya", find=first(AdvocacyEvent, status="published")),
    Exhibit("events:brief", find=first(Appointment, event__status="published", status="held")),
    Exhibit("events:guest_schedule", VISITOR, find=_guest),
]
