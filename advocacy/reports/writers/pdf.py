"""The report on paper: set by typst from a template of ours, tagged, with charts as vectors.

The time in the file is the document's: the same document gives the same bytes.
"""

from collections.abc import Sequence
from math import sqrt
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from advocacy.kernel import pdf
from advocacy.reports.national.document import Block, Cell, Column, Document, Drawing
from advocacy.reports.national.tile_grid import COLUMNS, GRID
from advocacy.reports.writers import wording

TEMPLATE = Path(__file__).with_name("report.typ")
_WIDEST_TEXT, _WIDEST_WORD = 250, 16
# Columns that count chapters by health, the one that needs help most first.
COLOURS = ("red", "amber", "green", "grey")
# What surely fits on one page, its heading and its notes included.
_FEW_ROWS, _FEW_SIGNS = 14, 2000


def written(document: Document, link: str = "") -> bytes:
    with wording.in_language_of(document):
        data = _data(document, link)
    return pdf.written(TEMPLATE, "report", data, moment=wording.moment_of(document))


def _data(document: Document, link: str) -> dict[str, Any]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "issuer": wording.issuer(document),
        "status": document.status,
        "language": document.language,
        "region": "ca" if document.language == "fr" else "us",
        "as_of": wording.as_of(document),
        "link": link,
        "words": {
            "contents": _("Contents"),
            "page": _("Page {page} of {pages}"),
            "change": _("%(title)s: %(value)s") % {"title": "{title}", "value": "{value}"},
        },
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    rows = [[wording.cell_text(cell) for cell in row] for row in block.rows]
    return {
        "title": block.title,
        "drawing": str(block.drawing),
        "columns": [
            {"title": column.title, "is_number": column.is_number, "weight": _weight(column, number, rows)}
            for number, column in enumerate(block.columns)
        ],
        "rows": rows,
        "notes": list(block.notes),
        "empty": block.empty,
        "is-short": _is_short(rows),
        "alt": _("Chart of the table that follows: %(title)s") % {"title": block.title},
        "bars": _bars(block) if block.drawing == Drawing.BARS else [],
        **_stacks(block),
        **_tile_map(block),
    }


def _is_short(rows: Sequence[Sequence[str]]) -> bool:
    """Better moved to the next page than torn apart."""
    return len(rows) <= _FEW_ROWS and sum(len(cell) for row in rows for cell in row) <= _FEW_SIGNS


def _weight(column: Column, number: int, rows: Sequence[Sequence[str]]) -> float:
    """How much of the width a column needs: its longest word must fit, long texts get more, but not all of it."""
    cells = [row[number] for row in rows]
    words = [word for text in [column.title, *cells] for word in text.split()]
    word = min(max(map(len, words), default=1), _WIDEST_WORD)
    longest = min(max(map(len, cells), default=0), _WIDEST_TEXT)
    return max(word, 3) + 2.5 if column.is_number else max(word + 1.5, 3 * sqrt(longest), 4)


def _amount(cell: Cell) -> float:
    return float(cell) if isinstance(cell, (int, float)) else 0.0


def _bars(block: Block) -> list[float]:
    """The second cell of each row as a share of the largest."""
    amounts = [_amount(row[1]) for row in block.rows]
    largest = max(amounts, default=0)
    return [amount / largest if largest else 0 for amount in amounts]


def _stacks(block: Block) -> dict[str, Any]:
    """Each row as parts of the longest bar, by kind. Kinds that never occur are not drawn."""
    if block.drawing != Drawing.STACKED_BARS or not block.rows:
        return {"kinds": [], "stacks": []}
    amounts = [[_amount(cell) for cell in row[1:]] for row in block.rows]
    longest = max(map(sum, amounts)) or 1
    kinds = [column.title for column in block.columns[1:]]
    return {
        "kinds": kinds,
        "stacks": [
            {
                "name": wording.cell_text(row[0]),
                "parts": [part / longest for part in parts],
                "total": wording.cell_text(int(sum(parts))),
            }
            for row, parts in zip(block.rows, amounts, strict=True)
        ],
    }


def _tile_map(block: Block) -> dict[str, Any]:
    """All places, those with chapters in the colour of the one that needs help most, and what the colours mean."""
    if block.drawing != Drawing.TILE_MAP or not block.rows:
        return {"tiles": [], "legend": []}
    colours = {number: column for number, column in enumerate(block.columns) if column.code in COLOURS}
    tones = {
        str(row[0]): next((column.code for number, column in colours.items() if _amount(row[number])), "none")
        for row in block.rows
    }
    tiles = [{"name": name, "x": x, "y": y, "tone": tones.get(name, "none")} for name, (x, y) in GRID.items()]
    legend = [[column.code, column.title] for column in colours.values() if column.code in tones.values()]
    return {"tiles": tiles, "across": COLUMNS, "legend": legend}
