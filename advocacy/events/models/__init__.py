"""An Advocacy Day: the event, who comes, in which team, to which offices, and what came of it."""

from advocacy.events.models.appointment import (
    AGREED,
    AHEAD,
    OVER,
    STANDING,
    TOOK_PLACE,
    Appointment,
    AppointmentStatus,
)
from advocacy.events.models.ask import EventAsk
from advocacy.events.models.building import Building, Walk
from advocacy.events.models.checklist import ChecklistItem, Step
from advocacy.events.models.event import AdvocacyEvent, EventFormat
from advocacy.events.models.life import DONE, MOVES, REPORTING, SCHEDULING, EventStatus
from advocacy.events.models.material import EventMaterial
from advocacy.events.models.recognition import Direction, Recognition, RecognitionKind, RecognitionStatus
from advocacy.events.models.registration import (
    Registration,
    RegistrationDistrict,
    RegistrationStatus,
    TeamRole,
)
from advocacy.events.models.schedule import AcceptedWarning, ChangedWhat, ScheduleChange
from advocacy.events.models.survey import SurveyAnswer
from advocacy.events.models.team import Team, TeamMember

__all__ = [
    "AGREED",
    "AHEAD",
    "DONE",
    "MOVES",
    "OVER",
    "REPORTING",
    "SCHEDULING",
    "STANDING",
    "TOOK_PLACE",
    "AcceptedWarning",
    "AdvocacyEvent",
    "Appointment",
    "AppointmentStatus",
    "Building",
    "ChangedWhat",
    "ChecklistItem",
    "Direction",
    "EventAsk",
    "EventFormat",
    "EventMaterial",
    "EventStatus",
    "Recognition",
    "RecognitionKind",
    "RecognitionStatus",
    "Registration",
    "RegistrationDistrict",
    "RegistrationStatus",
    "ScheduleChange",
    "Step",
    "SurveyAnswer",
    "Team",
    "TeamMember",
    "TeamRole",
    "Walk",
]
