"""The matrix of positions and outcomes, where every number opens the measures behind it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.kernel.periods import Month
from advocacy.positions.models import Contribution, Score, Standpoint
from advocacy.reports.deadlines import fiscal_year_of
from advocacy.reports.metrics.outcomes import Counted, gather, in_the_matrix
from advocacy.reports.metrics.scope import TOGETHER, By, Scope, Window
from advocacy.reports.models import ChapterReport
from advocacy.reports.national.policy import RESULTS_SHOWN, heading_of, outcome_matrix
from advocacy.reports.views.national import only_for_readers, the_month
from legislation.models import Measure, Result
from members.models import Society


@dataclass(frozen=True)
class Cell:
    """A number of the matrix, and the address of the measures behind it; none behind a zero."""

    number: int
    url: str
    label: str


@dataclass(frozen=True)
class Behind:
    """One measure behind a number: what we thought of it, what it came to, and what that was for us."""

    measure: Measure
    position: str
    result: str
    score: str
    part: str


@reading
def national_outcomes(request: SignedInRequest, period: str) -> HttpResponse:
    only_for_readers(request.user)
    month, society = the_month(period), Society.objects.get()
    scope = Scope.of_nation(society.short_name, society.time_zone)
    return _page(request, scope, month, back=reverse("reports:national", args=[month]))


@reading
def chapter_outcomes(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = ChapterReport.objects.visible_to(request.user).select_related("chapter")
    report = get_object_or_404(rows, pk=pk)
    return _page(request, Scope.of_chapter(report.chapter), report.month, back=report.get_absolute_url())


def _page(request: SignedInRequest, scope: Scope, month: Month, *, back: str) -> HttpResponse:
    """Of the fiscal year up to the month, as in the reports."""
    window = Window(fiscal_year_of(month), month.end)
    counting = in_the_matrix(gather(scope, window, By.ALL).get(TOGETHER, []))
    position, result = request.GET.get("position", ""), request.GET.get("result", "")
    chosen = [
        one for one in counting if position in ("", one.position) and result in ("", one.result)
    ]  # fmt: skip
    block = outcome_matrix(scope, window)
    context = {
        "scope": scope,
        "month": month,
        "window": window,
        "back": back,
        "headings": [heading_of(one) for one in RESULTS_SHOWN],
        "lines": _lines(counting, [str(row[-1]) for row in block.rows]),
        "behind": _behind(request, chosen),
        "chosen": _chosen(position, result),
        "notes": block.notes,
        "empty": block.empty,
    }
    return render(request, "reports/outcomes.html", context)


def _lines(counting: list[Counted], words: list[str]) -> list[tuple[str, list[Cell], str]]:
    """A line for each position, with what it came to for us in words."""
    return [
        (str(position.label), [_cell(counting, position, result) for result in RESULTS_SHOWN], text)
        for position, text in zip(Standpoint, words, strict=False)
    ]


def _cell(counting: list[Counted], position: Standpoint, result: Result) -> Cell:
    number = sum(one.position == position and one.result == result for one in counting)
    url = f"?position={position.value}&result={result.value}#behind" if number else ""
    label = _("%(position)s, %(result)s: %(number)d") % {
        "position": position.label, "result": heading_of(result), "number": number,
    }  # fmt: skip
    return Cell(number, url, label)


def _chosen(position: str, result: str) -> str:
    """What the measures below are narrowed to; an unknown code narrows to nothing, and is not repeated."""
    said = [str(Standpoint(position).label)] if position in Standpoint.values else []
    said += [heading_of(Result(result))] if result in Result.values else []
    return ", ".join(said)


def _behind(request: SignedInRequest, counted: list[Counted]) -> list[Behind]:
    rows = Measure.objects.visible_to(request.user).filter(pk__in={one.measure for one in counted})
    measures = {row.pk: row for row in rows.select_related("session__jurisdiction")}
    return [
        Behind(
            measures[one.measure],
            str(Standpoint(one.position).label),
            heading_of(Result(one.result)),
            str(Score(one.score).label),
            str(Contribution(one.part).label) if one.part else "",
        )
        for one in counted
    ]
