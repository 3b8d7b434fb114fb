"""The report as one standing page: no script, nothing fetched from elsewhere, ready to print."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from advocacy.reports.national import drawing
from advocacy.reports.national.document import Block, Column, Document, Drawing
from advocacy.reports.writers import wording

_LONGEST_WORD, _SHORT = 24, 18
SHEET = Path(__file__).with_name("report.css")


def written(document: Document, link: str = "") -> bytes:
    with wording.in_language_of(document):
        return render_to_string("reports/file.html", _context(document, link)).encode()


def _context(document: Document, link: str) -> dict[str, Any]:
    return {
        "document": document,
        "issuer": wording.issuer(document),
        "as_of": wording.as_of(document),
        "link": link,
        "sheet": mark_safe(SHEET.read_text()),  # noqa: S308 (a file of ours)
        "blocks": [_shown(block) for block in document.blocks],
    }


def _shown(block: Block) -> dict[str, Any]:
    """A block with the drawing that the page has."""
    bars = drawing.stacked_bars(block) if block.drawing == Drawing.STACKED_BARS and block.rows else None
    tiles = drawing.tile_map(block) if block.drawing == Drawing.TILE_MAP and block.rows else None
    return {"block": block, "rows": _rows(block), "bars": bars, "map": tiles}


def _rows(block: Block) -> list[list[dict[str, Any]]]:
    return [
        [
            {"text": text, "column": column, "manner": _manner(text, column), "bar": bar}
            for text, column, bar in zip(map(wording.cell_text, row), block.columns, bars, strict=True)
        ]
        for row, bars in zip(block.rows, drawing.bars_beside(block), strict=True)
    ]


def _manner(text: str, column: Column) -> str:
    """Numbers to the right; words too long for any column broken anywhere; days and single words kept whole."""
    if column.is_number:
        return "number"
    if any(len(word) > _LONGEST_WORD for word in text.split()):
        return "long"
    return "whole" if len(text) <= _SHORT else ""
