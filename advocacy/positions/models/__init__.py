"""What we care about, how hard we work on a measure, and what we think of it."""

from advocacy.positions.models.issue import Issue, IssueQuerySet
from advocacy.positions.models.position import (
    Amendments,
    Contribution,
    Position,
    PositionStatus,
    Score,
    Standpoint,
    score_of,
)
from advocacy.positions.models.tracking import TRACKED_TIERS, Tier, TierChange, Tracking

__all__ = [
    "TRACKED_TIERS",
    "Amendments",
    "Contribution",
    "Issue",
    "IssueQuerySet",
    "Position",
    "PositionStatus",
    "Score",
    "Standpoint",
    "Tier",
    "TierChange",
    "Tracking",
    "score_of",
]
