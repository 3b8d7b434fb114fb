"""The small print: what came late, what was restated, who is missing, what the words mean (block 13)."""

from collections.abc import Iterable, Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.kernel.periods import Month
from advocacy.reports.metrics.registry import METRICS, NOT_RECORDED
from advocacy.reports.models import ChapterReport, PeriodLock, ReportState
from advocacy.reports.national.chapters import sharing_sentence
from advocacy.reports.national.document import Block, Cell, Column, Drawing
from advocacy.reports.national.record import Record
from advocacy.reports.numbers import late_additions


def notes(record: Record) -> Block:
    said = [*_late(record), *_restated(record), *_missing(record), sharing_sentence()]
    return Block(
        "notes",
        _("Notes"),
        [Column("note", _("Note"))],
        [[sentence] for sentence in said],
        drawing=Drawing.TEXT,
    )


def _late(record: Record) -> Iterator[str]:
    found = late_additions(record.scope, record.period)
    if not found:
        yield _("No late additions to months that were locked.")
        return
    months = "; ".join(f"{_named(month)}: {rows.count()}" for month, rows in found.items())
    yield _("Late additions since the last report, by the month they belong to: %(months)s.") % {
        "months": months
    }


def _restated(record: Record) -> Iterator[str]:
    """Months that were issued again since this one began, and this one if it was."""
    since = record.period.first
    for row in PeriodLock.objects.filter(version__gt=1).order_by("period", "version"):
        if row.period == str(record.period) or record.scope.day(row.locked_at) >= since:
            yield _("%(month)s was restated, version %(version)d: %(reason)s") % {
                "month": _named(Month.parse(row.period)),
                "version": row.version,
                "reason": row.reason,
            }


def _missing(record: Record) -> Iterator[str]:
    reports = record.reports.values()
    yield from _listed(
        _("Reports not received: %(chapters)s."),
        (one for one in reports if one.first_submitted_at is None and one.state != ReportState.EXCUSED),
    )
    yield from _listed(
        _("Excused from reporting: %(chapters)s."),
        (one for one in reports if one.state == ReportState.EXCUSED),
    )
    unopened = [chapter for chapter in record.chapters if chapter.pk not in record.reports]
    if unopened and reports:
        names = ", ".join(str(chapter) for chapter in unopened)
        yield _("No report was opened for: %(chapters)s.") % {"chapters": names}


def _listed(sentence: str, reports: Iterable[ChapterReport]) -> Iterator[str]:
    names = ", ".join(str(report.chapter) for report in reports)
    if names:
        yield sentence % {"chapters": names}


def _named(month: Month) -> str:
    return date_format(month.first, "F Y")


def definitions(record: Record) -> Block:
    """Every metric in the words that define it, and those that cannot be counted yet."""
    counted: list[list[Cell]] = [
        [str(one.title), one.version, str(one.definition)] for one in METRICS.values()
    ]
    not_counted: list[list[Cell]] = [[str(one.title), None, str(one.why)] for one in NOT_RECORDED]
    return Block(
        "definitions",
        _("What the numbers mean"),
        [
            Column("metric", _("What is counted")),
            Column("version", _("Version"), is_number=True),
            Column("definition", _("Definition")),
        ],
        [*counted, *not_counted],
    )
