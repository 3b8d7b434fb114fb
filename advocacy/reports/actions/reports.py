"""The life of a chapter's report: it opens by itself, is written, submitted, and returned, accepted or excused."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.kernel.periods import Month
from advocacy.kernel.zones import today_in
from advocacy.reports.deadlines import last_day, months_between, opens_at
from advocacy.reports.errors import ChangedMeanwhile, NotOpenForThat
from advocacy.reports.models import ChapterReport, ReportState
from advocacy.reports.models.report import UNFINISHED
from members.models import Chapter


@dataclass(frozen=True)
class Words:
    """What an advocate says about the month. Never a number that the portal counts."""

    summary: str = ""
    top_win: str = ""
    top_worry: str = ""
    help_wanted: str = ""
    help_from: str = ""
    help_kind: str = ""
    help_by: date | None = None
    research: str = ""
    education: str = ""
    power_building: str = ""
    monitoring: str = ""
    story: str = ""
    story_may_be_published: bool | None = None
    peer_lesson: str = ""
    volunteer_hours: Decimal | None = None


WORDS = tuple(Words.__dataclass_fields__)


def months_to_open(chapter: Chapter, newest: Month | None, now: datetime) -> list[Month]:
    """The months that have ended since the chapter's newest report: one a month, more after a silence.

    A month counts for a chapter that was active on its last day, and opens at 00:05 where the chapter is.
    """
    over = Month.of(today_in(chapter.time_zone, now)).previous()
    first = newest.next() if newest else over
    return [
        month
        for month in months_between(first, over)
        if chapter.is_active(last_day(month)) and opens_at(chapter, month) <= now
    ]


def open_due(*, now: datetime) -> int:
    """Open every month whose time has come; how many. Running it again, or beside itself, adds nothing."""
    newest: dict[int, Month] = {}
    for chapter_id, period in ChapterReport.objects.order_by("period").values_list("chapter", "period"):
        newest[chapter_id] = Month.parse(period)
    chapters = Chapter.objects.order_by("pk")
    due = [
        ChapterReport(chapter=chapter, period=str(month), opened_at=now)
        for chapter in chapters
        for month in months_to_open(chapter, newest.get(chapter.pk), now)
    ]
    ChapterReport.objects.bulk_create(due, ignore_conflicts=True)
    return len(due)


@transaction.atomic
def write(report: ChapterReport, *, by: User, words: Words, version: int) -> None:
    """Keep the words. Raises ChangedMeanwhile where somebody saved since version `version` was shown."""
    before = trail.snapshot(report, WORDS)
    mine = ChapterReport.objects.editable_by(by).filter(pk=report.pk)
    if not mine.exists():
        raise NotOpenForThat
    changed = ChapterReport.objects.filter(pk=report.pk, version=version, state__in=UNFINISHED).update(
        **asdict(words), version=F("version") + 1
    )
    if not changed:
        raise ChangedMeanwhile
    report.refresh_from_db()
    trail.record(
        by=by,
        verb="edited",
        of=report,
        changes=trail.difference(before, trail.snapshot(report, WORDS)),
    )


@transaction.atomic
def submit(report: ChapterReport, *, by: User, now: datetime) -> None:
    """Hand it in. The first time counts for being on time; being returned does not undo it."""
    if not ChapterReport.objects.editable_by(by).filter(pk=report.pk).exclude(summary="").exists():
        raise NotOpenForThat
    changed = ChapterReport.objects.filter(pk=report.pk, state__in=UNFINISHED).update(
        state=ReportState.SUBMITTED,
        submitted_at=now,
        submitted_by=by,
        first_submitted_at=report.first_submitted_at or now,
    )
    _recorded(report, changed, by=by, verb="submitted")


def send_back(report: ChapterReport, *, by: User, reason: str, now: datetime) -> None:
    """Return a submitted report to its chapter, with what is missing."""
    _decide(report, ReportState.RETURNED, (ReportState.SUBMITTED,), by, reason, now, "returned")


def accept(report: ChapterReport, *, by: User, now: datetime) -> None:
    _decide(report, ReportState.ACCEPTED, (ReportState.SUBMITTED,), by, "", now, "accepted")


def excuse(report: ChapterReport, *, by: User, reason: str, now: datetime) -> None:
    """No report is expected of the chapter for this month."""
    _decide(report, ReportState.EXCUSED, UNFINISHED, by, reason, now, "excused")


@transaction.atomic
def _decide(
    report: ChapterReport,
    state: ReportState,
    coming_from: tuple[ReportState, ...],
    by: User,
    reason: str,
    now: datetime,
    verb: str,
) -> None:
    allowed = ChapterReport.objects.decidable_by(by).filter(pk=report.pk, state__in=coming_from)
    changed = allowed.update(state=state, decided_at=now, decided_by=by, reason=reason)
    _recorded(report, changed, by=by, verb=verb, reason=reason)


def _recorded(report: ChapterReport, changed: int, *, by: User, verb: str, reason: str = "") -> None:
    """Raises NotOpenForThat where somebody else took the step first."""
    if not changed:
        raise NotOpenForThat
    report.refresh_from_db()
    trail.record(by=by, verb=verb, of=report, reason=reason)
