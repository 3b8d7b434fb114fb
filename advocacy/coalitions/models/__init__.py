from advocacy.coalitions.models.choices import MEETINGS, TouchKind
from advocacy.coalitions.models.coalition import Coalition, CoalitionMember, OurRole
from advocacy.coalitions.models.grasstops import Grasstops, Influence
from advocacy.coalitions.models.invitation import Answer, SignOnInvitation
from advocacy.coalitions.models.letter import Decision, LetterStatus, SignOnLetter
from advocacy.coalitions.models.organisation import (
    Organisation,
    OrganisationContact,
    OrganisationKind,
    OrganisationStatus,
)
from advocacy.coalitions.models.partner_position import PartnerPosition
from advocacy.coalitions.models.presence import Presence
from advocacy.coalitions.models.touch import Touch

__all__ = [
    "MEETINGS",
    "Answer",
    "Coalition",
    "CoalitionMember",
    "Decision",
    "Grasstops",
    "Influence",
    "LetterStatus",
    "Organisation",
    "OrganisationContact",
    "OrganisationKind",
    "OrganisationStatus",
    "OurRole",
    "PartnerPosition",
    "Presence",
    "SignOnInvitation",
    "SignOnLetter",
    "Touch",
    "TouchKind",
]
