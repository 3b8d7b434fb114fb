from advocacy.coalitions.models.invitation import Answer, SignOnInvitation
from advocacy.coalitions.models.letter import Decision, LetterStatus, SignOnLetter
from advocacy.coalitions.models.organisation import (
    Organisation,
    OrganisationContact,
    OrganisationKind,
    OrganisationStatus,
)

__all__ = [
    "Answer",
    "Decision",
    "LetterStatus",
    "Organisation",
    "OrganisationContact",
    "OrganisationKind",
    "OrganisationStatus",
    "SignOnInvitation",
    "SignOnLetter",
]
