"""Numbers of the reports themselves."""

from django.db.models import Sum

from advocacy.kernel.periods import Month
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import ChapterReport
from advocacy.reports.models.report import ChapterReportQuerySet


def reports(scope: Scope, window: Window) -> ChapterReportQuerySet:
    """The reports on the months that begin in these days."""
    rows = ChapterReportQuerySet(ChapterReport).filter(scope.own())
    return rows.filter(period__gte=str(Month.of(window.first)), period__lte=str(Month.of(window.last)))


def on_time(scope: Scope, window: Window) -> Figure:
    """First submissions by their due time, of the reports that nobody was excused from."""
    rows = list(
        reports(scope, window)
        .expected()
        .select_related("chapter")
        .prefetch_related("chapter__territories__jurisdiction")
    )
    return Figure(Unit.PERCENT, sum(row.was_on_time for row in rows), of=len(rows))


def volunteer_hours(scope: Scope, window: Window) -> Figure:
    """What was entered, never inferred: nothing entered is not zero."""
    total = reports(scope, window).aggregate(hours=Sum("volunteer_hours"))["hours"]
    return Figure(Unit.HOURS, None if total is None else float(total))
