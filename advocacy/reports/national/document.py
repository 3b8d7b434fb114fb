"""A report as plain data: what is built from the record once, and written in every form from there.

Screen, PDF, workbook, CSV and mail read the same `Document`, so they cannot differ; a locked month keeps it as JSON.
Nothing in it depends on who reads it: it holds only what every reader of the report may see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

from advocacy.kernel.exports import Table

# What JSON can keep: a day is its ISO text, a share is the text that the reader sees.
Cell = str | int | float | None


class Drawing(StrEnum):
    """How a block may be drawn besides its table, which always stands beside the drawing."""

    NONE = ""
    TILES = "tiles"
    STACKED_BARS = "stacked_bars"
    BARS = "bars"
    TILE_MAP = "tile_map"
    TEXT = "text"


@dataclass(frozen=True)
class Column:
    """`code` names the column in files of every language; numbers are set to the right and sort as numbers.

    Days are ISO text in every form and language, and are never broken over two lines.
    """

    code: str
    title: str
    is_number: bool = False
    is_day: bool = False


@dataclass(frozen=True)
class Block:
    """One block of the report: a table, what is said under it, and how it may be drawn.

    A TILES block has a row per tile: title, value, change to last month, change to last year.
    A STACKED_BARS block has a row per bar: label, then a number per kind; BARS: label, number.
    A TILE_MAP block has a row per place: its code, which `tile_grid.GRID` puts on the map, its name, and columns with
    the codes red, amber, green and grey, of which the first that is not 0 fills the tile.
    """

    code: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    drawing: Drawing = Drawing.NONE
    empty: str = ""

    def table(self) -> Table:
        return Table(self.title, [column.title for column in self.columns], self.rows)


@dataclass(frozen=True)
class Document:
    """`period` is a month label like 2027-02, or a fiscal year like 2026-07/2027-06; `language` is en or fr."""

    title: str
    subtitle: str
    period: str
    language: str
    data_as_of: str
    status: str
    blocks: Sequence[Block] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    def block(self, code: str) -> Block:
        """Raises KeyError where the report has no such block."""
        for block in self.blocks:
            if block.code == code:
                return block
        raise KeyError(code)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        blocks = [
            Block(
                **{
                    **block,
                    "columns": [Column(**column) for column in block["columns"]],
                    "drawing": Drawing(block["drawing"]),
                }
            )
            for block in data["blocks"]
        ]
        return cls(**{**data, "blocks": blocks})
