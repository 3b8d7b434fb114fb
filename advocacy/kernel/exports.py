"""The one writer of every file that leaves the portal.

No cell can run as a formula: in a workbook text is typed as text, in CSV a text that a spreadsheet might run gets an
apostrophe in front. `plain_text` takes that apostrophe off again, so values survive export and import unchanged.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter

Cell = Any
BYTE_ORDER_MARK = "﻿"
# What spreadsheets read as the start of a formula, ASCII and full-width, and what they strip before it.
_FORMULA_STARTS = tuple("=+-@|\t\r\n＝＋－＠")
_LONGEST_CELL = 32_767  # the limit of the XLSX format


@dataclass(frozen=True)
class Table:
    """A named table: its column headings and its rows, which are read once and never kept."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def safe_text(text: str) -> str:
    """`text` as a CSV cell that no spreadsheet runs."""
    if text.startswith("'") or text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS):
        return f"'{text}"
    return text


def plain_text(cell: str) -> str:
    """The text that `safe_text` was given."""
    return cell[1:] if cell.startswith("'") else cell


def csv_cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return str(value)
    return safe_text(str(value))


def csv_lines(table: Table) -> Iterator[str]:
    """The file, line by line, with a byte order mark so that accents open intact."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow([csv_cell(str(column)) for column in table.columns])
    for row in table.rows:
        writer.writerow([csv_cell(value) for value in row])
        yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def write_csv(path: Path, table: Table) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(table))


def write_xlsx(
    file: IO[bytes] | Path, tables: Sequence[Table], about: Mapping[str, Any] | None = None
) -> None:
    """One sheet per table, written row by row in constant memory.

    `about` are the properties of the file. A workbook says when it was `created`: the same moment and the same tables
    give the same bytes.
    """
    target = str(file) if isinstance(file, Path) else file
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties(dict(about or {}))
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {
            datetime: workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            date: workbook.add_format({"num_format": "yyyy-mm-dd"}),
            time: workbook.add_format({"num_format": "hh:mm"}),
        }
        for table in tables:
            sheet = workbook.add_worksheet(table.name[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(table.columns) - 1, 18)
            for column, title in enumerate(table.columns):
                sheet.write_string(0, column, str(title), heading)
            for number, row in enumerate(table.rows, start=1):
                for column, value in enumerate(row):
                    _write_cell(sheet, number, column, value, formats)


def _write_cell(sheet: Any, row: int, column: int, value: Cell, formats: dict[type, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats[date])
    elif isinstance(value, time):
        sheet.write_datetime(row, column, value, formats[time])
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value)[:_LONGEST_CELL])
