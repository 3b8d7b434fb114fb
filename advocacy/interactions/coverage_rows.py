"""The rows of a coverage page: every place of the delegation, held or vacant, in the order asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from advocacy.interactions.coverage import Line, Standing
from legislation.legislature import by_district
from legislation.models import Seat
from members.delegation import Vacancy

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
    vacant: int = 0
    anchor: str = ""

    @property
    def standing(self) -> str:
        return str(self.line.standing) if self.line else VACANT

    @property
    def name(self) -> str:
        return self.line.name if self.line else ""


def rows_of(lines: Iterable[Line], vacancies: Iterable[Vacancy] = ()) -> list[Row]:
    """Coldest first, and what is vacant at the end."""
    found = [Row(line.member.seat, line.member.why, line=line, anchor=_anchor(line)) for line in lines]
    found += [
        Row(one.seat, one.why, vacant=one.places, anchor=f"seat-{one.seat.pk}-vacant") for one in vacancies
    ]
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
