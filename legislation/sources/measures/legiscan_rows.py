"""The tables of LegiScan's datasets, row by row, and the rows of one bill from each of them.

The bytes of a file are held, its rows only while their bill is read: a table keeps where the rows of each bill lie.
"""

import csv
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from legislation.sources.measures.records import Refused
from legislation.sources.opening import Document, FileRefused

_MARK_OF_ORDER = b"\xef\xbb\xbf"
_MOST_LINES_IN_A_ROW = 200
# What is longer is no number LegiScan gives, and none that can be kept.
_MOST_DIGITS = 9
_NO_DAY = ("", "0000-00-00")


class BadCell(ValueError):
    """A cell that does not hold what its column is for, as a sentence."""


class Row(NamedTuple):
    """`where` names the file and the line on which it begins."""

    where: str
    cells: dict[str, str]

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def number(self, column: str) -> int:
        """Raises BadCell; an empty cell is 0."""
        written = self.text(column) or "0"
        if not (written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS):
            raise BadCell(_("%(column)s is no number: %(value)s") % {"column": column, "value": written[:40]})
        return int(written)

    def day(self, column: str) -> date | None:
        """Raises BadCell."""
        written = self.text(column)
        if written in _NO_DAY:
            return None
        try:
            return date.fromisoformat(written[:10])
        except ValueError as problem:
            reason = _("%(column)s is no date: %(value)s") % {"column": column, "value": written[:40]}
            raise BadCell(reason) from problem


class _Lines(NamedTuple):
    """A row, or rows of one bill in one piece, as they lie in the file."""

    first_line: int
    start: int
    end: int


class Table:
    """One CSV file. A line that is no row is refused by its number, and the others go on."""

    def __init__(self, document: Document, needs: frozenset[str]) -> None:
        """Raises FileRefused where the first line does not name the columns it `needs`."""
        self.name = document.name
        self.content = document.content
        self.columns: list[str] = []
        header = next(self._pieces(_Lines(1, 0, len(self.content))), None)
        columns = self._cells(header) if isinstance(header, _Lines) else []
        if (
            not isinstance(header, _Lines)
            or isinstance(columns, Refused)
            or not needs <= {name.strip() for name in columns}
        ):
            raise FileRefused(
                _("%(file)s lacks columns of LegiScan's datasets: %(columns)s")
                % {"file": self.name, "columns": ", ".join(sorted(needs))}
            )
        self.columns = [name.strip() for name in columns]
        length = self.content.count(b"\n", header.start, header.end)
        self._after_header = _Lines(header.first_line + length, header.end, len(self.content))

    def rows(self) -> Iterator[Row | Refused]:
        yield from self._rows_in(self._after_header)

    def where(self, line: int) -> str:
        return _("%(file)s, line %(line)d") % {"file": self.name, "line": line}

    def raw(self, lines: _Lines) -> bytes:
        return self.content[lines.start : lines.end]

    def _rows_in(self, lines: _Lines) -> Iterator[Row | Refused]:
        for piece in self._pieces(lines):
            if isinstance(piece, Refused):
                yield piece
                continue
            cells = self._cells(piece)
            if isinstance(cells, Refused):
                yield cells
            elif len(cells) != len(self.columns):
                reason = _("It has %(found)d columns where the first line has %(expected)d.")
                what = {"found": len(cells), "expected": len(self.columns)}
                yield Refused(self.where(piece.first_line), reason % what)
            else:
                yield Row(self.where(piece.first_line), dict(zip(self.columns, cells, strict=True)))

    def _pieces(self, lines: _Lines) -> Iterator[_Lines | Refused]:
        """Rows as they lie there. A quotation that never ends costs its own line, not the rest of the file."""
        line, start = lines.first_line, lines.start
        while start < lines.end:
            end, length = self._end_of_row(start, lines.end)
            if length != 1 and not self._is_a_row(_Lines(line, start, end)):
                end, length = self._next_line(start, lines.end), 1
                yield Refused(self.where(line), _("A quotation mark in it is never closed."))
            elif self.content[start:end].strip():
                yield _Lines(line, start, end)
            line, start = line + length, end

    def _end_of_row(self, start: int, limit: int) -> tuple[int, int]:
        """Where the row ends and how many lines it has; no lines where its quotation is not closed."""
        end, quotes = start, 0
        for length in range(1, _MOST_LINES_IN_A_ROW + 1):
            following = self._next_line(end, limit)
            quotes += self.content.count(b'"', end, following)
            end = following
            if quotes % 2 == 0:
                return end, length
            if end >= limit:
                break
        return start, 0

    def _is_a_row(self, lines: _Lines) -> bool:
        """Whether these lines are one row: an open quotation may have run into that of a later row."""
        if lines.start == lines.end:
            return False
        cells = self._cells(lines)
        return not self.columns or (not isinstance(cells, Refused) and len(cells) == len(self.columns))

    def _next_line(self, start: int, limit: int) -> int:
        found = self.content.find(b"\n", start, limit)
        return limit if found < 0 else found + 1

    def _cells(self, lines: _Lines) -> list[str] | Refused:
        raw = self.raw(lines)
        if lines.start == 0:
            raw = raw.removeprefix(_MARK_OF_ORDER)
        try:
            text = raw.decode("utf-8")
            if "\0" in text:
                return Refused(self.where(lines.first_line), _("It holds a character that no text has."))
            return next(csv.reader([text], strict=True))
        except UnicodeDecodeError:
            return Refused(self.where(lines.first_line), _("It is not in UTF-8."))
        except (csv.Error, StopIteration) as problem:
            return Refused(self.where(lines.first_line), _("It is no row of a table: %s") % problem)


class GroupedTable(Table):
    """A table with a column that says to what a row belongs. The rows of one owner may lie in several places."""

    def __init__(self, document: Document, needs: frozenset[str], owner: str) -> None:
        super().__init__(document, needs | {owner})
        self.refused: list[Refused] = []
        self._owner = owner
        self._lies: dict[int, list[_Lines]] = {}
        self._find_owners()

    def take(self, owner: int) -> tuple[list[Row | Refused], bytes]:
        """Its rows, in their order, and the bytes they were read from. They are given once."""
        lies = self._lies.pop(owner, [])
        rows = [row for lines in lies for row in self._rows_in(lines)]
        return rows, b"".join(self.raw(lines) for lines in lies)

    def left(self) -> Iterator[Refused]:
        """What belongs to nothing that was read."""
        for owner, lies in self._lies.items():
            reason = _("%(column)s %(owner)d is in no other file.") % {"column": self._owner, "owner": owner}
            yield from (Refused(self.where(lines.first_line), reason) for lines in lies)

    def _find_owners(self) -> None:
        last: tuple[int, _Lines] | None = None
        for piece in self._pieces(self._after_header):
            if isinstance(piece, Refused):
                self.refused.append(piece)
                continue
            owner = self._owner_of(piece)
            if isinstance(owner, Refused):
                self.refused.append(owner)
                continue
            lies = self._lies.setdefault(owner, [])
            if last and last[0] == owner and last[1].end == piece.start:
                piece = lies.pop()._replace(end=piece.end)
            lies.append(piece)
            last = (owner, piece)

    def _owner_of(self, piece: _Lines) -> int | Refused:
        cell = self.raw(piece).partition(b",")[0].strip()
        if self.columns[0] != self._owner or not cell.isdigit():
            cells = self._cells(piece)
            if isinstance(cells, Refused):
                return cells
            place = self.columns.index(self._owner)
            cell = cells[place].strip().encode() if place < len(cells) else b""
        if not cell.isdigit() or len(cell) > _MOST_DIGITS:
            return Refused(self.where(piece.first_line), _("%s is no number.") % self._owner)
        return int(cell)
