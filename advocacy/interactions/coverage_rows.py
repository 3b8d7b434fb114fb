"""The rows of a coverage page: every place of the delegation, held or vacant, in the order asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from advocacy.interactions.coverage import Empty, Line, Standing
from advocacy.interactions.questions import Question
from legislation.legislature import by_district
from legislation.models import Seat, Tenure

VACANT = "vacant"
_ORDER = [*Standing.values, VACANT]
# The delegation of three big states has some seven hundred seats: all of them are a page of 700 kB.
PAGE, ROWS_ON_A_PAGE = "page", 100


@dataclass(frozen=True)
class Row:
    """A holder of a seat and how we stand with them, or the places of a seat that nobody holds.

    `anchor` is where a page finds it: each row has its own. `page_url`: the page of the table where it stands, empty
    for the one that is shown.
    """

    seat: Seat
    why: str
    line: Line | None = None
    empty: Empty | None = None
    anchor: str = ""
    page_url: str = ""

    @property
    def link(self) -> str:
        return f"{self.page_url}#{self.anchor}"

    @property
    def standing(self) -> str:
        return str(self.line.standing) if self.line else VACANT

    @property
    def name(self) -> str:
        return self.line.name if self.line else ""

    @property
    def vacant(self) -> int:
        return self.empty.vacancy.places if self.empty else 0

    @property
    def elect(self) -> list[Tenure]:
        """Who has won the seat and takes office later."""
        if self.line:
            return self.line.member.elect
        return self.empty.vacancy.elect if self.empty else []

    @property
    def questions(self) -> list[Question]:
        """What a change of holder asks about ties made for this seat."""
        if self.line:
            return self.line.questions
        return self.empty.questions if self.empty else []


def rows_of(lines: Iterable[Line], vacancies: Iterable[Empty] = ()) -> list[Row]:
    """Coldest first, and what is vacant at the end."""
    found = [Row(line.member.seat, line.member.why, line=line, anchor=_anchor(line)) for line in lines]
    for one in vacancies:
        seat = one.vacancy.seat
        found.append(Row(seat, one.vacancy.why, empty=one, anchor=f"seat-{seat.pk}-vacant"))
    return found


def _anchor(line: Line) -> str:
    return f"seat-{line.member.seat.pk}-{line.member.holder.tenure.pk}"


_KEYS: dict[str, Callable[[Row], Any]] = {
    "standing": lambda row: _ORDER.index(row.standing),
    "seat": lambda row: (str(row.seat.chamber), by_district(row.seat)),
    "holder": lambda row: row.line.member.holder.tenure.official.sort_name if row.line else "",
    "contact": lambda row: (row.line and row.line.last_contact_on) or date.min,
}
SORTS = [name for key in _KEYS for name in (key, f"-{key}")]


@dataclass(frozen=True)
class Column:
    """A heading that sorts: first one way, then the other. `order` is empty, `ascending` or `descending`."""

    label: str
    url: str
    order: str


def columns(params: QueryDict, sort: str) -> list[Column]:
    names = {"seat": _("Seat"), "holder": _("Held by"), "standing": _("Coverage")}
    return [_column(key, label, params, sort) for key, label in names.items()]


def _column(key: str, label: str, params: QueryDict, sort: str) -> Column:
    asked = without_page(params)
    asked["sort"] = f"-{key}" if sort == key else key
    order = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    return Column(label, f"?{asked.urlencode()}#seats-title", order)


def in_order(rows: list[Row], sort: str) -> list[Row]:
    """By one of SORTS; rows that are equal stay in the order of the delegation."""
    if sort not in SORTS:
        return rows
    key = _KEYS[sort.removeprefix("-")]
    return sorted(rows, key=key, reverse=sort.startswith("-"))


@dataclass(frozen=True)
class RowsPage:
    """One page of the table, and the addresses of its neighbours (empty at either end).

    `every`: all the rows, each with the page it stands on, for the map that leads to them.
    """

    rows: list[Row]
    every: list[Row]
    previous_url: str
    next_url: str


def page_of(rows: list[Row], params: QueryDict) -> RowsPage:
    """The page that `params` names; the nearest there is where it names none of them."""
    parts = [rows[start : start + ROWS_ON_A_PAGE] for start in range(0, len(rows), ROWS_ON_A_PAGE)] or [[]]
    asked = params.get(PAGE, "")
    current = max(1, min(int(asked) if asked.isdecimal() and len(asked) < 9 else 1, len(parts)))
    urls = {number: _page_url(number, params) for number in range(1, len(parts) + 1)}
    return RowsPage(
        rows=parts[current - 1],
        every=[
            replace(row, page_url="" if number == current else urls[number])
            for number, part in enumerate(parts, start=1)
            for row in part
        ],
        previous_url=_to_table(urls.get(current - 1)),
        next_url=_to_table(urls.get(current + 1)),
    )


def without_page(params: QueryDict) -> QueryDict:
    """What is asked for, from its first page."""
    rest = params.copy()
    rest.pop(PAGE, None)
    return rest


def _page_url(number: int, params: QueryDict) -> str:
    asked = without_page(params)
    asked[PAGE] = str(number)
    return f"?{asked.urlencode()}"


def _to_table(url: str | None) -> str:
    return f"{url}#seats-title" if url else ""
