"""Lists by cursor: each page starts after the last row of the one before, and none is counted."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from advocacy.api.addresses import here
from advocacy.api.problems import FieldProblem, Problem
from advocacy.api.v1.shapes import PageOut, Paging
from advocacy.kernel import listing

Row = TypeVar("Row", bound=Model)
Shape = TypeVar("Shape")


def rows_asked(
    request: HttpRequest, rows: QuerySet[Row], asked: Paging, order: Sequence[str]
) -> tuple[list[Row], str | None]:
    """The rows of this page, and the address of the next."""
    params = request.GET.copy()
    params.pop(listing.BEFORE, None)
    page = listing.page(rows, params, order, size=asked.limit)
    if asked.after and page.rows and not page.previous_url:
        problem = FieldProblem("after", _("Take the cursor from a next address, unchanged."))
        raise Problem(422, errors=[problem])
    return page.rows, here(request.path + page.next_url) if page.next_url else None


def page_of(
    request: HttpRequest,
    rows: QuerySet[Row],
    asked: Paging,
    order: Sequence[str],
    shape: Callable[[Row], Shape],
) -> PageOut[Any]:
    found, following = rows_asked(request, rows, asked, order)
    return PageOut[Any](data=[shape(row) for row in found], next=following)
