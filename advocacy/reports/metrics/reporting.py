"""Numbers of the reports themselves."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Sum

from advocacy.kernel.periods import Month
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import By, Grouped, Scope, Window, by_group
from advocacy.reports.models import ChapterReport
from advocacy.reports.models.report import ChapterReportQuerySet


def reports(scope: Scope, window: Window) -> ChapterReportQuerySet:
    """The reports on the months that begin in these days."""
    rows = ChapterReportQuerySet(ChapterReport).filter(scope.own())
    return rows.filter(period__gte=str(Month.of(window.first)), period__lte=str(Month.of(window.last)))


def gather_reports(scope: Scope, window: Window, by: By) -> Grouped:
    """The reports that nobody was excused from."""
    rows = scope.grouped(reports(scope, window).expected(), by, "chapter").select_related("chapter")
    places = "chapter__territories__jurisdiction"
    return by_group((row.group, row) for row in rows.prefetch_related(places))


def on_time(rows: Sequence[Any]) -> Figure:
    """First submissions by their due time."""
    return Figure(Unit.PERCENT, sum(report.was_on_time for (report,) in rows), of=len(rows))


def gather_received(scope: Scope, window: Window, by: By) -> Grouped:
    """Of each report expected, whether it was ever handed in."""
    rows = scope.grouped(reports(scope, window).expected(), by, "chapter")
    return by_group(
        (group, submitted is not None) for group, submitted in rows.values_list("group", "first_submitted_at")
    )


def received(rows: Sequence[Any]) -> Figure:
    return Figure(Unit.PERCENT, sum(was_received for (was_received,) in rows), of=len(rows))


def gather_hours(scope: Scope, window: Window, by: By) -> Grouped:
    rows = scope.grouped(reports(scope, window), by, "chapter").values("group")
    return by_group(rows.annotate(hours=Sum("volunteer_hours")).values_list("group", "hours"))


def volunteer_hours(sums: Sequence[Any]) -> Figure:
    """What was entered, never inferred: nothing entered is not zero."""
    hours = sums[0][0] if sums else None
    return Figure(Unit.HOURS, None if hours is None else float(hours))
