"""CSV files row by row, each with its line. What was cut off or is in another encoding is refused."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from legislation.sources.opening import Document, FileRefused

_A_LINE = b"\n"


class Row(NamedTuple):
    """`line` is where it begins, as an editor counts."""

    line: int
    cells: list[str]


def rows_of(document: Document, delimiter: str = ",") -> Iterator[Row]:
    """The rows of a file that hold something. Raises FileRefused, naming the line, where it is no CSV in UTF-8."""
    lines = csv.reader(io.StringIO(text_of(document), newline=""), strict=True, delimiter=delimiter)
    line = 1
    try:
        for cells in lines:
            if "\0" in "".join(cells):
                raise refused(
                    document,
                    line,
                    _("it holds a character that no text has; save the file as plain text in UTF-8"),
                )
            if any(cell.strip() for cell in cells):
                yield Row(line, cells)
            line = lines.line_num + 1
    except csv.Error as problem:
        raise refused(document, line, str(problem)) from problem


def text_of(document: Document) -> str:
    try:
        return document.content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = document.content.count(_A_LINE, 0, problem.start) + 1
        raise refused(
            document, line, _("this is not UTF-8; save the file in UTF-8 and load it again")
        ) from problem


def ends_with_its_line(document: Document) -> bool:
    """Whether the last line was written to its end: a number that was cut off looks like a smaller one."""
    return document.content.rstrip(b" \t").endswith((_A_LINE, b"\r"))


def named(header: Sequence[str], row: Row, document: Document) -> dict[str, str]:
    """The cells by the names in the header. Raises FileRefused where the row lacks some, or has more."""
    if len(row.cells) != len(header):
        why = _("it has %(found)d columns where the first line has %(expected)d")
        raise refused(document, row.line, why % {"found": len(row.cells), "expected": len(header)})
    return {name: cell.strip() for name, cell in zip(header, row.cells, strict=True)}


def refused(document: Document, line: int, why: str) -> FileRefused:
    return FileRefused(
        _("%(file)s, line %(line)d: %(why)s") % {"file": document.name, "line": line, "why": why}
    )
