"""The national report of a month on the screen, and each of its tables as a file."""

from typing import Any, NamedTuple

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.audit.exporting import note
from advocacy.kernel.downloads import send
from advocacy.kernel.periods import Month
from advocacy.reports import page
from advocacy.reports.fiscal_year import FiscalYear
from advocacy.reports.models import ChapterReport, PeriodLock
from advocacy.reports.models.issued import reads_national_reports
from advocacy.reports.national import drawing
from advocacy.reports.national.document import Block, Cell, Column, Document, Drawing
from advocacy.reports.national.issued import document_of
from advocacy.reports.national.sorting import Heading, headings, in_order

MOST_MONTHS = 36
# A word this short stays on one line; a longer text is a sentence, and beyond the last a paragraph.
_SHORT, _LONG, _LONGEST = 18, 30, 120
# The table that readers sort; the others have an order that says something.
SORTED = "chapters"


@reading
def national_month(request: SignedInRequest) -> HttpResponse:
    """The month that was picked, or the newest one."""
    only_for_readers(request.user)
    asked = request.GET.get("period", "")
    month = the_month(asked) if asked else page.newest_period(request.user, timezone.now())
    return redirect("reports:national", month)


@reading
def national(request: SignedInRequest, period: str) -> HttpResponse:
    only_for_readers(request.user)
    month, now, sort = the_month(period), timezone.now(), request.GET.get("sort", "")
    document = document_of(month, language(), now)
    context = {
        "document": document,
        "period": month,
        "periods": _periods(month),
        "lock": PeriodLock.objects.visible_to(request.user).newest_of(month),
        "sort": sort,
        "year": FiscalYear.of(month.first),
        "blocks": [shown(block, sort) for block in document.blocks],
    }
    return render(request, "reports/national.html", context)


@reading
def national_table(request: SignedInRequest, period: str, block: str) -> HttpResponseBase:
    """One table, row by row as it stands on the screen."""
    only_for_readers(request.user)
    document = document_of(the_month(period), language(), timezone.now())
    found = _sorted(_block(document, block), request.GET.get("sort", ""))
    note(request.user, f"{document.period} {found.title}", [])
    return send([found.table()], f"{document.period}-{found.code}", "csv")


def only_for_readers(user: User) -> None:
    if not reads_national_reports(user):
        raise Http404


def language() -> str:
    return (get_language() or "en")[:2]


def the_month(label: str) -> Month:
    try:
        return Month.parse(label)
    except ValueError as error:
        raise Http404 from error


def _block(document: Document, code: str) -> Block:
    try:
        return document.block(code)
    except KeyError as error:
        raise Http404 from error


def _periods(shown: Month) -> list[Month]:
    """The months that chapters have reported on or that were locked, and the one that is shown, newest first."""
    reported = ChapterReport.objects.order_by("-period").values_list("period", flat=True).distinct()
    locked = PeriodLock.objects.order_by("-period").values_list("period", flat=True).distinct()
    found = {str(shown), *reported[:MOST_MONTHS], *locked[:MOST_MONTHS]}
    return [Month.parse(label) for label in sorted(found, reverse=True)]


def _sorted(block: Block, sort: str) -> Block:
    return in_order(block, sort) if block.code == SORTED else block


def shown(block: Block, sort: str = "") -> dict[str, Any]:
    """A block with its drawing, where it has one, and the headings of its table."""
    block = _sorted(block, sort)
    found: dict[str, Any] = {"block": block, "headings": _headings(block, sort), "bars": None, "map": None}
    if block.drawing == Drawing.STACKED_BARS and block.rows:
        found["bars"] = drawing.stacked_bars(block)
    if block.drawing == Drawing.TILE_MAP and block.rows:
        found["map"] = drawing.tile_map(block)
    found["rows"] = _rows(block)
    return found


class _Shown(NamedTuple):
    """A cell of a table: its column, what it says, how it is set, and the length of the bar beside it."""

    column: Column
    cell: Cell
    manner: str
    bar: int | None


def _rows(block: Block) -> list[list[_Shown]]:
    return [
        [
            _Shown(column, cell, _manner(column, cell), bar)
            for column, cell, bar in zip(block.columns, row, bars, strict=True)
        ]
        for row, bars in zip(block.rows, drawing.bars_beside(block), strict=True)
    ]


def _manner(column: Column, cell: Cell) -> str:
    """Days and short words such as “S. 4411” are not broken over two lines; sentences get room, paragraphs more."""
    if column.is_number:
        return "numeric"
    length = len(str(cell or ""))
    if column.is_day or length <= _SHORT:
        return "whole"
    if length > _LONGEST:
        return "paragraph"
    return "long" if length > _LONG else ""


def _headings(block: Block, sort: str) -> list[Heading]:
    return headings(block, sort, may_sort=block.code == SORTED)
