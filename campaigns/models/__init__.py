"""The tables of this app: campaigns, the people they reach, and the planner's reminders."""

from campaigns.models.campaign import Campaign, CampaignQuerySet, StatusChange
from campaigns.models.choices import (
    APPROVED_STATUSES,
    ASKS,
    CampaignKind,
    Compliance,
    Purpose,
    RuleKind,
    Status,
    TargetGroup,
)
from campaigns.models.message import Appeal, Message
from campaigns.models.revision import Revision, Verdict
from campaigns.models.target import Target, TargetRule, TargetState
from campaigns.reminders.models import Occurrence, RuleSetting

__all__ = [
    "APPROVED_STATUSES",
    "ASKS",
    "Appeal",
    "Campaign",
    "CampaignKind",
    "CampaignQuerySet",
    "Compliance",
    "Message",
    "Occurrence",
    "Purpose",
    "Revision",
    "RuleKind",
    "RuleSetting",
    "Status",
    "StatusChange",
    "Target",
    "TargetGroup",
    "TargetRule",
    "TargetState",
    "Verdict",
]
