"""Locking a month keeps its numbers and the national report as they were issued; a restatement issues them again."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import translation

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.kernel.exports import Table, csv_lines
from advocacy.kernel.periods import Month
from advocacy.reports import letters, numbers
from advocacy.reports.deadlines import last_day
from advocacy.reports.errors import AlreadyLocked, NotAllowed, NotLocked, StillRunning
from advocacy.reports.metrics.figure import Figure
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import PeriodLock, Snapshot
from advocacy.reports.national import issued
from members.access import reach_of
from members.models import Chapter, Society

# Issued files carry one language, whoever asks for them again.
LANGUAGE = "en"


def may_lock(person: User) -> bool:
    return reach_of(person).reads_every_shared_record


def lock(period: Month, *, by: User, now: datetime) -> PeriodLock:
    """Issue the month. Raises NotAllowed, StillRunning before it is over everywhere, AlreadyLocked the second time."""
    if PeriodLock.objects.of(period).exists():
        raise AlreadyLocked
    return _issue(period, version=1, reason="", by=by, now=now)


def restate(period: Month, *, by: User, reason: str, now: datetime) -> PeriodLock:
    """Issue the month again, as the record has it now; the earlier version stays."""
    last = PeriodLock.objects.newest_of(period)
    if last is None:
        raise NotLocked
    return _issue(period, version=last.version + 1, reason=reason, by=by, now=now)


def _issue(period: Month, *, version: int, reason: str, by: User, now: datetime) -> PeriodLock:
    if not may_lock(by):
        raise NotAllowed
    chapters = list(Chapter.objects.active(last_day(period)).order_by("name", "pk"))
    society = Society.objects.get()
    nation = Scope.of_nation(society.short_name, society.time_zone)
    everywhere = [*(Scope.of_chapter(chapter) for chapter in chapters), nation]
    if any(numbers.is_running(period, scope, now) for scope in everywhere):
        raise StillRunning
    try:
        with transaction.atomic(), translation.override(LANGUAGE):
            row = PeriodLock(period=str(period), version=version, reason=reason, locked_at=now, locked_by=by)
            row.save()
            Snapshot.objects.bulk_create(_snapshots(row, chapters, nation, period))
            row.checksum = checksum(row)
            row.save(update_fields=["checksum"])
            letters.send(row, issued.issue(row, now=now), now=now)
            trail.record(by=by, verb="locked" if version == 1 else "restated", of=row, reason=reason)
    except IntegrityError as error:  # somebody locked it in the same moment
        raise AlreadyLocked from error
    return row


def _snapshots(
    row: PeriodLock, chapters: Sequence[Chapter], nation: Scope, period: Month
) -> Iterator[Snapshot]:
    """The numbers of each chapter, then those of all of them together."""
    window = Window.of(period)
    each = Scope.of_chapters(chapters, nation.name, nation.zone)
    figures = {code: metric.count_by_chapter(each, window) for code, metric in METRICS.items()}
    for chapter in chapters:
        for code in METRICS:
            yield _snapshot(row, chapter, chapter.name, code, figures[code][chapter.pk])
    for code, figure in numbers.counted(nation, window).items():
        yield _snapshot(row, None, nation.name, code, figure)


def _snapshot(row: PeriodLock, chapter: Chapter | None, place: str, code: str, figure: Figure) -> Snapshot:
    metric = METRICS[code]
    return Snapshot(
        lock=row,
        chapter=chapter,
        place=place,
        metric=code,
        title=str(metric.title),
        definition_version=metric.version,
        figure=figure.as_row(),
    )


def checksum(row: PeriodLock) -> str:
    """SHA-256 over the numbers in the order they were issued."""
    lines = row.snapshots.order_by("pk").values_list(
        "place", "metric", "title", "definition_version", "figure"
    )
    text = json.dumps([list(line) for line in lines], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_untouched(row: PeriodLock) -> bool:
    return checksum(row) == row.checksum


def issued_table(row: PeriodLock) -> Table:
    """The file of a locked month: the same bytes whenever it is written, whatever happened since."""
    columns = [
        "period",
        "version",
        "of",
        "metric",
        "title",
        "definition",
        "value",
        "out of",
        "shared",
        "parts",
    ]
    return Table(f"{row.period} v{row.version}", columns, _lines(row))


def _lines(row: PeriodLock) -> Iterable[list[object]]:
    for one in row.snapshots.order_by("pk"):
        figure = numbers.hide_small(Figure.from_row(one.figure))
        parts = "; ".join(f"{code}: {number}" for code, number in sorted(figure.parts.items()))
        head = [row.period, row.version, one.place, one.metric, one.title, one.definition_version]
        yield [*head, figure.value, figure.of, figure.shared, parts]


def issued_file(row: PeriodLock) -> bytes:
    return "".join(csv_lines(issued_table(row))).encode()
