"""The tables of this app: campaigns, the people they reach, what they do, and the planner's reminders."""

from campaigns.models.address_proof import (
    AddressProof,
)
from campaigns.models.campaign import (
    Campaign,
    CampaignQuerySet,
    StatusChange,
)
from campaigns.models.choices import (
    APPROVED_STATUSES,
    ASKS,
    NEEDED_BY,
    CampaignKind,
    Compliance,
    Purpose,
    RuleKind,
    Status,
    TargetGroup,
)
from campaigns.models.consent import (
    Basis,
    Consent,
    ConsentKind,
    ConsentSource,
    HowWithdrawn,
    Withdrawal,
)
from campaigns.models.contact import (
    Contact,
    ContactQuerySet,
    normalised,
)
from campaigns.models.contact_list import (
    ContactList,
    ListEntry,
)
from campaigns.models.doubt import (
    Doubt,
    GateDecision,
)
from campaigns.models.letter_shape import (
    LetterShape,
)
from campaigns.models.mailing import (
    Mailing,
    MailingState,
    Recipient,
)
from campaigns.models.message import (
    Appeal,
    Message,
)
from campaigns.models.participation import (
    CallOutcome,
    Confirmation,
    Letter,
    Method,
    Participation,
    ParticipationState,
    ReplyKind,
    Source,
)
from campaigns.models.revision import (
    Revision,
    Verdict,
)
from campaigns.models.spent_challenge import (
    SpentChallenge,
)
from campaigns.models.target import (
    Target,
    TargetRule,
    TargetState,
)
from campaigns.reminders.models import (
    Occurrence,
    RuleSetting,
)

__all__ = [
    "APPROVED_STATUSES",
    "ASKS",
    "NEEDED_BY",
    "AddressProof",
    "Appeal",
    "Basis",
    "CallOutcome",
    "Campaign",
    "CampaignKind",
    "CampaignQuerySet",
    "Compliance",
    "Confirmation",
    "Consent",
    "ConsentKind",
    "ConsentSource",
    "Contact",
    "ContactList",
    "ContactQuerySet",
    "Doubt",
    "GateDecision",
    "HowWithdrawn",
    "Letter",
    "LetterShape",
    "ListEntry",
    "Mailing",
    "MailingState",
    "Message",
    "Method",
    "Occurrence",
    "Participation",
    "ParticipationState",
    "Purpose",
    "Recipient",
    "ReplyKind",
    "Revision",
    "RuleKind",
    "RuleSetting",
    "Source",
    "SpentChallenge",
    "Status",
    "StatusChange",
    "Target",
    "TargetGroup",
    "TargetRule",
    "TargetState",
    "Verdict",
    "Withdrawal",
    "normalised",
]
