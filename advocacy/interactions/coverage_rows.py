"""The rows of a coverage page: every place of the delegation, held or vacant, in the order asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Row:
    """A holder of a seat and how we stand with them, or the places of a seat that nobody holds.

    `anchor` is where a page finds it: each row has its own.
    """

    seat: Seat
    why: str
    line: Line | None = None
    empty: Empty | None = None
    anchor: str = ""

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
    asked = params.copy()
    asked["sort"] = f"-{key}" if sort == key else key
    order = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    return Column(label, f"?{asked.urlencode()}#seats-title", order)


def in_order(rows: list[Row], sort: str) -> list[Row]:
    """By one of SORTS; rows that are equal stay in the order of the delegation."""
    if sort not in SORTS:
        return rows
    key = _KEYS[sort.removeprefix("-")]
    return sorted(rows, key=key, reverse=sort.startswith("-"))
