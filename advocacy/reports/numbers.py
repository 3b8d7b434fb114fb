"""The numbers of a month: as they stand now, or as they were issued when the month was locked."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Min, QuerySet

from advocacy.interactions.models import Interaction
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.kernel.periods import Month
from advocacy.kernel.schedules import moment_of
from advocacy.reports.deadlines import OPENS_AT, fiscal_year_of, same_month_last_year
from advocacy.reports.metrics import contacts
from advocacy.reports.metrics.definition import Metric
from advocacy.reports.metrics.figure import Figure, without_data
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import PeriodLock, Snapshot

Figures = dict[str, Figure]
Counting = Callable[[Scope, Window, Collection[str]], Figures]


@dataclass(frozen=True)
class Line:
    """One metric: this month, the month before, the same month last year, the fiscal year to date."""

    metric: Metric
    now: Figure
    before: Figure
    last_year: Figure
    to_date: Figure

    @property
    def parts(self) -> str:
        """The sub-figures: “in person 3 · office only 2”."""
        given = [f"{words} {self.now.parts.get(code, 0)}" for code, words in self.metric.parts.items()]
        return " · ".join(given) if self.now.value is not None else ""


def counted(scope: Scope, window: Window, codes: Collection[str] = METRICS.keys()) -> Figures:
    """These metrics, or every one, as the record has them now."""
    return {code: METRICS[code].count(scope, window) for code in codes}


def figures_of(
    scope: Scope, period: Month, codes: Collection[str] = METRICS.keys(), count: Counting = counted
) -> Figures:
    """As issued where the month is locked, else as it stands."""
    return issued(scope, period) or count(scope, Window.of(period), codes)


def issued(scope: Scope, period: Month) -> Figures:
    """The newest version of a locked month; empty where it is not locked."""
    lock = PeriodLock.objects.newest_of(period)
    if lock is None:
        return {}
    rows = Snapshot.objects.filter(lock=lock, chapter=scope.chapter)
    return {row.metric: Figure.from_row(row.figure) for row in rows}


@dataclass(frozen=True)
class Trend:
    """One number of a month beside that of the month before and of the same month last year."""

    now: Figure
    before: Figure
    last_year: Figure


def trends(scope: Scope, period: Month, codes: Collection[str], count: Counting) -> dict[str, Trend]:
    """These metrics with their way here; “n/a” for months before the first record.

    `count` is `counted`, or somebody's who has some of it at hand already.
    """
    began = _first_record(scope)
    now = figures_of(scope, period, codes, count)
    before = _figures_since(began, scope, period.previous(), codes, count)
    last_year = _figures_since(began, scope, same_month_last_year(period), codes, count)
    return {
        code: Trend(*(_known(figures, METRICS[code]) for figures in (now, before, last_year)))
        for code in codes
    }


def compared(scope: Scope, period: Month) -> list[Line]:
    """The table of the report. The year to date is counted now: what was added late is in it."""
    began = _first_record(scope)
    now = figures_of(scope, period)
    before = _figures_since(began, scope, period.previous())
    last_year = _figures_since(began, scope, same_month_last_year(period))
    to_date = counted(scope, Window(fiscal_year_of(period), period.end))
    return [
        Line(metric, *(_known(figures, metric) for figures in (now, before, last_year, to_date)))
        for metric in METRICS.values()
    ]


def _known(figures: Figures, metric: Metric) -> Figure:
    return figures.get(metric.code, without_data(metric.unit))


def _figures_since(
    began: date | None,
    scope: Scope,
    period: Month,
    codes: Collection[str] = METRICS.keys(),
    count: Counting = counted,
) -> Figures:
    """Empty, which reads “n/a”, for a month before the first record of the scope: nothing then is not zero."""
    if began is None or period.end <= began:
        return {}
    return figures_of(scope, period, codes, count)


def _first_record(scope: Scope) -> date | None:
    first: date | None = scope.credited().logged().order_by().aggregate(first=Min("occurred_on"))["first"]
    return first


def late_additions(scope: Scope, period: Month) -> "dict[Month, QuerySet[Interaction]]":
    """Contacts logged in this month that belong to a month which was locked before (DOMAIN.md §6.5, rule 6).

    By the month they happened in, oldest first.
    """
    opens, closes = (moment_of(day, OPENS_AT, scope.zone) for day in (period.first, period.end))
    locks = _locks_before(period)
    before = contacts.meaningful(scope, Window(date.min, period.first)).order_by()
    logged_then = before.filter(logged_at__gte=opens, logged_at__lt=closes)
    found: dict[Month, list[int]] = {}
    for pk, day, logged_at in logged_then.values_list("pk", "occurred_on", "logged_at") if locks else ():
        month = Month.of(day)
        if logged_at and month in locks and logged_at > locks[month]:
            found.setdefault(month, []).append(pk)
    return {month: Interaction.objects.filter(pk__in=found[month]) for month in sorted(found)}


def _locks_before(period: Month) -> dict[Month, datetime]:
    """When each month was first issued: what came after it was late, whether or not it was restated since."""
    first = PeriodLock.objects.filter(version=1, period__lt=str(period)).order_by("period")
    return {Month.parse(label): locked_at for label, locked_at in first.values_list("period", "locked_at")}


def restricted_rows(rows: InteractionQuerySet) -> int:
    return rows.count() - rows.exportable().count()


def is_running(period: Month, scope: Scope, now: datetime) -> bool:
    """The month is not over where the scope is at home."""
    return scope.day(now) < period.end


def hide_small(figure: Figure) -> Figure:
    """Without the number, where few restricted records are all there is behind it."""
    return replace(figure, value=None, parts={}, restricted=0) if figure.is_suppressed() else figure
