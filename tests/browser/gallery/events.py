"""Advocacy Days."""

from typing import Any

from advocacy.accounts.models import User
from advocacy.events import links, schedule_links
from advocacy.events.models import (
    AdvocacyEvent,
    Appointment,
    Building,
    ChecklistItem,
    EventAsk,
    Recognition,
    Registration,
    Team,
    TeamMember,
)
from tests.browser.gallery.exhibit import VISITOR, Exhibit, first


def _guest(user: Any) -> tuple[str, str]:
    holder = Registration.objects.filter(event__status="published", person=None).order_by("pk")[0]
    return "en", schedule_links.token_of(holder)


def _asked(user: Any) -> tuple[str, str]:
    came = Registration.objects.checked_in().filter(event__status="published", person=None)
    return "fr", links.token_of(came.order_by("pk")[0])


_FROZEN, _OPEN = first(AdvocacyEvent, status="frozen"), first(AdvocacyEvent, status="open")


def _public(language: str) -> Any:
    return lambda user: (AdvocacyEvent.objects.get(is_public=True).public_key, language)


def _mine(language: str, **conditions: Any) -> Any:
    def found(user: User) -> tuple[str, str]:
        row = Registration.objects.filter(event__is_public=True, person=None, **conditions).order_by("pk")[0]
        return language, links.token_of(row)

    return found


EVENTS = [
    Exhibit("events:event_list"),
    Exhibit("events:event_list", "elise", note="in French"),
    Exhibit("events:event_detail", find=_FROZEN),
    Exhibit("events:schedule", find=_FROZEN),
    Exhibit("events:office_add", find=_FROZEN),
    Exhibit("events:building_add", find=_FROZEN),
    Exhibit("events:publish", find=_FROZEN),
    Exhibit("events:team_edit", find=first(Team, event__status="frozen")),
    Exhibit("events:member_edit", find=first(TeamMember, team__event__status="frozen")),
    Exhibit("events:appointment_edit", find=first(Appointment, event__status="frozen")),
    Exhibit("events:appointment_remove", find=first(Appointment, event__status="frozen")),
    Exhibit("events:building_edit", find=first(Building, event__status="frozen")),
    Exhibit("events:my_schedule", find=first(AdvocacyEvent, status="published")),
    Exhibit("events:board", find=first(AdvocacyEvent, status="published")),
    Exhibit("events:check_in", find=first(AdvocacyEvent, status="published")),
    Exhibit("events:results", find=first(AdvocacyEvent, status="published")),
    Exhibit("events:brief", find=first(Appointment, event__status="published", status="held")),
    Exhibit("events:survey", "luis", find=first(AdvocacyEvent, status="published")),
    Exhibit("events:guest_survey", VISITOR, find=_asked),
    Exhibit("events:guest_schedule", VISITOR, find=_guest),
    Exhibit("events:event_detail", find=first(AdvocacyEvent, status="closed"), note="closed"),
    Exhibit("events:event_new"),
    Exhibit("events:event_edit", find=_OPEN),
    Exhibit("events:event_move", find=lambda user: (_OPEN(user), "cancel")),
    Exhibit("events:event_copy", find=first(AdvocacyEvent, status="closed")),
    Exhibit("events:ask_list", find=_OPEN),
    Exhibit("events:material_list", find=_OPEN),
    Exhibit("events:ask_edit", find=first(EventAsk)),
    Exhibit("events:checklist", find=_FROZEN),
    Exhibit("events:checklist_item", find=first(ChecklistItem)),
    Exhibit("events:recognition_list"),
    Exhibit("events:recognition_new"),
    Exhibit("events:recognition_edit", find=first(Recognition)),
    Exhibit("events:register", "sam", find=_OPEN),
    Exhibit("events:people", find=_OPEN),
    Exhibit("events:person_add", find=_OPEN),
    Exhibit("events:person_edit", find=first(Registration, status="waiting")),
    Exhibit("events:public", VISITOR, find=_public("en")),
    Exhibit("events:public", VISITOR, find=_public("fr"), note="in French"),
    Exhibit("events:my_place", VISITOR, find=_mine("en", status="registered")),
    Exhibit("events:my_place", VISITOR, find=_mine("fr", proven_at=None), note="not confirmed, in French"),
    Exhibit("events:my_place", VISITOR, find=lambda user: ("en", "no-such-token"), note="no link"),
]
