"""The report as a workbook: a sheet for each block, numbers as numbers, and nothing that runs."""

import io
import re
from collections.abc import Iterator, Sequence

from advocacy.kernel.exports import Table, write_xlsx
from advocacy.reports.national.document import Block, Cell, Document
from advocacy.reports.writers import wording

_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Spreadsheet programs keep this one for themselves.
_RESERVED = "history"


def written(document: Document, link: str = "") -> bytes:
    """The creation time is the document's, so that the same document gives the same bytes."""
    file = io.BytesIO()
    names = sheet_names(document)
    tables = [_sheet(name, block) for name, block in zip(names, document.blocks, strict=True)]
    about = {
        "title": document.title,
        "subject": document.subtitle,
        "status": document.status,
        "comments": document.data_as_of,
        "created": wording.moment_of(document).replace(tzinfo=None),
    }
    write_xlsx(file, tables, about)
    return file.getvalue()


def _sheet(name: str, block: Block) -> Table:
    """The notes stand under the table, with a free row between, so that it sorts without them."""
    notes: list[Sequence[Cell]] = [[], *([note] for note in block.notes)] if block.notes else []
    return Table(name, [column.title for column in block.columns], [*block.rows, *notes])


def sheet_names(document: Document) -> list[str]:
    """One for each block: its title as far as a spreadsheet takes it, numbered where two would be alike."""
    taken: set[str] = set()
    names = []
    for block in document.blocks:
        name = next(one for one in _candidates(block.title) if one.casefold() not in taken)
        taken.add(name.casefold())
        names.append(name)
    return names


def _candidates(title: str) -> Iterator[str]:
    clean = " ".join(_NOT_IN_A_NAME.sub(" ", title).split()).strip("'")[:_LONGEST_NAME].rstrip(" '")
    if clean and clean.casefold() != _RESERVED:
        yield clean
    number = 2 if clean else 1
    while True:
        ending = f" {number}"
        yield clean[: _LONGEST_NAME - len(ending)] + ending if clean else f"{number}"
        number += 1
