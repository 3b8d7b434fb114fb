"""What we learn from people and from documents, and what others learn from us."""

from advocacy.research.models.activity import (
    HEADINGS,
    ActivityKind,
    ActivityStatus,
    ResearchActivity,
)
from advocacy.research.models.analysis import Analysis, AnalysisKind, AnalysisStatus, Citation
from advocacy.research.models.finding import Confidence, Finding, FindingUse, RecommendedUse, UseKind
from advocacy.research.models.issue_page import IssuePage
from advocacy.research.models.lesson import Lesson
from advocacy.research.models.voices import Consent, Dimension, ParticipantGroup, Quote, Strength, Theme

__all__ = [
    "HEADINGS",
    "ActivityKind",
    "ActivityStatus",
    "Analysis",
    "AnalysisKind",
    "AnalysisStatus",
    "Citation",
    "Confidence",
    "Consent",
    "Dimension",
    "Finding",
    "FindingUse",
    "IssuePage",
    "Lesson",
    "ParticipantGroup",
    "Quote",
    "RecommendedUse",
    "ResearchActivity",
    "Strength",
    "Theme",
    "UseKind",
]
