from advocacy.reports.models.issued import IssuedDocument
from advocacy.reports.models.lock import PeriodLock, Snapshot
from advocacy.reports.models.report import ChapterReport, HelpFrom, HelpKind, ReportState, Standing

__all__ = [
    "ChapterReport",
    "HelpFrom",
    "HelpKind",
    "IssuedDocument",
    "PeriodLock",
    "ReportState",
    "Snapshot",
    "Standing",
]
