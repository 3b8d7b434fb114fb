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
from advocacy.positions.models.tracking import (
    TRACKED_TIERS,
    Effect,
    Likelihood,
    Tier,
    TierChange,
    Tracking,
    TrackingWatcher,
)
from advocacy.positions.models.tracking_note import TrackingNote

__all__ = [
    "TRACKED_TIERS",
    "Amendments",
    "Contribution",
    "Effect",
    "Issue",
    "IssueQuerySet",
    "Likelihood",
    "Position",
    "PositionStatus",
    "Score",
    "Standpoint",
    "Tier",
    "TierChange",
    "Tracking",
    "TrackingNote",
    "TrackingWatcher",
    "score_of",
]
