"""What we care about, how hard we work on a measure, what we think of it, and where and with what we say so."""

from advocacy.positions.models.alert import Alert, AlertState, Because, PlannedEvent, Silence
from advocacy.positions.models.alert_cadence import CADENCE_OF, AlertCadence, Cadence
from advocacy.positions.models.approval_step import APPROVING, ApprovalStep, Ruling
from advocacy.positions.models.issue import Issue, IssueQuerySet
from advocacy.positions.models.material import LEVELS, Material, MaterialKind, MaterialVersion
from advocacy.positions.models.outcome import Outcome
from advocacy.positions.models.position import Position, PositionDecision, PositionStatus
from advocacy.positions.models.standpoint import (
    AGAINST,
    IN_FAVOUR,
    Amendments,
    Contribution,
    Score,
    Standpoint,
    score_of,
)
from advocacy.positions.models.testimony import Testimony, TestimonyForm, TestimonySide, sides_of
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
    "AGAINST",
    "APPROVING",
    "CADENCE_OF",
    "IN_FAVOUR",
    "LEVELS",
    "TRACKED_TIERS",
    "Alert",
    "AlertCadence",
    "AlertState",
    "Amendments",
    "ApprovalStep",
    "Because",
    "Cadence",
    "Contribution",
    "Effect",
    "Issue",
    "IssueQuerySet",
    "Likelihood",
    "Material",
    "MaterialKind",
    "MaterialVersion",
    "Outcome",
    "PlannedEvent",
    "Position",
    "PositionDecision",
    "PositionStatus",
    "Ruling",
    "Score",
    "Silence",
    "Standpoint",
    "Testimony",
    "TestimonyForm",
    "TestimonySide",
    "Tier",
    "TierChange",
    "Tracking",
    "TrackingNote",
    "TrackingWatcher",
    "score_of",
    "sides_of",
]
