"""Where bars and tiles stand in a drawing of a block. Whole numbers only: an SVG knows no decimal comma."""

from collections.abc import Sequence
from dataclasses import dataclass

from advocacy.reports.metrics.health import Colour
from advocacy.reports.national.document import Block, Cell, Drawing
from advocacy.reports.national.tile_grid import COLUMNS, GRID, ROWS

WIDTH, HEIGHT, BASE, LEFT = 720, 300, 258, 40
_TILE, _GAP = 56, 4
# What fills a tile, the worst first; it has a mark besides, because colour alone says nothing to many readers.
MARKS = {"red": "■", "amber": "▲", "green": "●", "grey": "○"}


@dataclass(frozen=True)
class Part:
    """One kind of one bar. `tone` counts from 1, in the order of the columns."""

    tone: int
    y: int
    height: int
    says: str


@dataclass(frozen=True)
class Bar:
    label: str
    x: int
    width: int
    top: int
    total: int
    parts: list[Part]

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def short(self) -> str:
        """What fits under a bar: “Feb ’27”."""
        return f"{self.label[:3]} ’{self.label[-2:]}"


@dataclass(frozen=True)
class Bars:
    bars: list[Bar]
    legend: list[tuple[int, str]]
    most: int


def stacked_bars(block: Block) -> Bars:
    """A bar for each row, upwards. A cell that is not told has no part in its bar."""
    kinds = [column.title for column in block.columns[1:]]
    totals = [sum(_number(cell) for cell in row[1:]) for row in block.rows]
    most = max([*totals, 1])
    step = (WIDTH - LEFT) // max(len(block.rows), 1)
    bars = [
        _bar(row, LEFT + place * step, step * 3 // 4, totals[place], kinds, most)
        for place, row in enumerate(block.rows)
    ]
    return Bars(bars, list(enumerate(kinds, start=1)), most)


def _bar(row: Sequence[Cell], x: int, width: int, total: int, kinds: list[str], most: int) -> Bar:
    parts, so_far = [], 0
    for tone, (kind, cell) in enumerate(zip(kinds, row[1:], strict=True), start=1):
        number = _number(cell)
        if number:
            top, bottom = _y(so_far + number, most), _y(so_far, most)
            parts.append(Part(tone, top, bottom - top, f"{row[0]}, {kind}: {number}"))
            so_far += number
    return Bar(str(row[0]), x, width, _y(total, most), total, parts)


def _y(number: int, most: int) -> int:
    return BASE - (BASE - 24) * number // most


def bars_beside(block: Block) -> list[list[int | None]]:
    """Where a BARS block has a bar beside a cell, how long it is, in hundredths of the longest.

    It stands beside the number that it draws, the second of its row; what is not told has none.
    """
    none: list[list[int | None]] = [[None] * len(row) for row in block.rows]
    if block.drawing != Drawing.BARS:
        return none
    longest = max([_number(row[1]) for row in block.rows] or [0]) or 1
    for row, beside in zip(block.rows, none, strict=True):
        if isinstance(row[1], int):
            beside[1] = 100 * row[1] // longest
    return none


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


@dataclass(frozen=True)
class Tile:
    """A state or province; without a chapter it has no tone."""

    code: str
    x: int
    y: int
    tone: str = ""
    says: str = ""
    share: str = ""

    @property
    def mark(self) -> str:
        return MARKS.get(self.tone, "")


@dataclass(frozen=True)
class TileMap:
    tiles: list[Tile]
    width: int = COLUMNS * (_TILE + _GAP)
    height: int = ROWS * (_TILE + _GAP)
    size: int = _TILE

    @property
    def legend(self) -> list[tuple[str, str, str]]:
        return [(tone, mark, str(Colour(tone).label)) for tone, mark in MARKS.items()]


def tile_map(block: Block) -> TileMap:
    """Every state and province at its place; those of the block in the tone of their health."""
    places = {column.code: number for number, column in enumerate(block.columns)}
    known = {str(row[0]): row for row in block.rows}
    tiles = []
    for code, (column, line) in GRID.items():
        x, y = column * (_TILE + _GAP), line * (_TILE + _GAP)
        row = known.get(code)
        if row is None:
            tiles.append(Tile(code, x, y))
            continue
        tone = next(one for one in MARKS if row[places[one]])
        share = str(row[places["coverage"]])
        says = f"{row[1]}: {row[places['health']]}, {share}"
        tiles.append(Tile(code, x, y, tone, says, share))
    return TileMap(tiles)
