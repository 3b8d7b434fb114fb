"""A table in the order that its reader asks for: by one column, either way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from advocacy.kernel.folding import fold
from advocacy.reports.national.document import Block, Cell, Column

_FIRST_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Heading:
    """The heading of a column. `sort` is what the address says to sort by it; `order` is how it is sorted now."""

    column: Column
    sort: str = ""
    order: str = ""


def headings(block: Block, sort: str, *, may_sort: bool) -> list[Heading]:
    return [_heading(column, sort) if may_sort else Heading(column) for column in block.columns]


def _heading(column: Column, sort: str) -> Heading:
    """A second click turns the order round. Numbers begin with the largest."""
    ascending, descending = column.code, f"-{column.code}"
    first = descending if column.is_number else ascending
    if sort == ascending:
        return Heading(column, descending, "ascending")
    if sort == descending:
        return Heading(column, ascending, "descending")
    return Heading(column, first)


def in_order(block: Block, sort: str) -> Block:
    """Sorted by the column that `sort` names, with a minus in front downwards; as it is where none is named.

    Rows of the same value keep their order; cells without a number come last either way.
    """
    code = sort.removeprefix("-")
    places = {column.code: place for place, column in enumerate(block.columns)}
    if code not in places:
        return block
    place, is_number = places[code], block.columns[places[code]].is_number
    rows = sorted(block.rows, key=lambda row: _key(row[place], is_number), reverse=sort.startswith("-"))
    return replace(block, rows=[*_told(rows, place, is_number), *_not_told(block.rows, place, is_number)])


def _key(cell: Cell, is_number: bool) -> tuple[int, str]:
    number = _number(cell)
    return (number or 0, "") if is_number else (0, fold(str(cell or "")))


def _number(cell: Cell) -> int | None:
    """“42 %” sorts as 42; a dash is no number."""
    found = _FIRST_NUMBER.search(str(cell if cell is not None else ""))
    return int(found[0]) if found else None


def _told(rows: Sequence[Sequence[Cell]], place: int, is_number: bool) -> list[Sequence[Cell]]:
    return [row for row in rows if not is_number or _number(row[place]) is not None]


def _not_told(rows: Sequence[Sequence[Cell]], place: int, is_number: bool) -> list[Sequence[Cell]]:
    return [row for row in rows if is_number and _number(row[place]) is None]
