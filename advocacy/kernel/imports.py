"""The one reader of spreadsheets that staff upload: bounded, and the mirror of what `exports` writes.

django-import-export's own formats neither bound what they unpack nor keep a cell from running as a formula
(RELIABILITY.md §0, finding 9), so these two take their place, for reading and for writing.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # ships no types
import tablib
from django.utils.translation import gettext as _
from import_export.formats import base_formats

from advocacy.kernel.exports import Table, csv_lines, plain_text, write_xlsx

MOST_ROWS = 2_000
MOST_COLUMNS = 60
LARGEST_FILE = 5_000_000
LARGEST_UNPACKED = 25_000_000


class UnreadableFile(ValueError):
    """The file is not what it claims to be, or too large: the message says which."""


class Csv(base_formats.CSV):  # type: ignore[misc]  # import-export ships no types
    """Comma-separated text in UTF-8, with or without a byte order mark."""

    def is_binary(self) -> bool:
        """Read as bytes, so that a wrong encoding gets our message."""
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        _refuse_large(in_stream)
        try:
            text = in_stream.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UnreadableFile(
                _("The file is not in UTF-8. Save it as “CSV UTF-8” and try again.")
            ) from None
        try:
            return _dataset(
                [plain_text(cell) for cell in row] for row in csv.reader(io.StringIO(text), strict=True)
            )
        except csv.Error as problem:
            raise UnreadableFile(_("The file is not CSV: %(problem)s.") % {"problem": problem}) from problem

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> str:
        return "".join(csv_lines(Table("", dataset.headers, dataset)))


class Xlsx(base_formats.XLSX):  # type: ignore[misc]  # as above
    """The first sheet of a workbook: the values of its cells, never their formulas."""

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        _refuse_large(in_stream)
        _refuse_bombs(in_stream)
        try:
            workbook = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
            sheet = workbook.worksheets[0]
            # Bounded on both sides: a sheet may claim a million rows of sixteen thousand columns.
            rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
            return _dataset(rows)
        except UnreadableFile:
            raise
        except Exception as problem:  # openpyxl raises whatever its XML and zip readers raise
            raise UnreadableFile(_("The workbook cannot be read. Save it again as XLSX.")) from problem

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        file = io.BytesIO()
        write_xlsx(file, [Table("Export", dataset.headers, dataset)])
        return file.getvalue()


FORMATS = [Csv, Xlsx]


def _dataset(rows: Iterable[Sequence[Any]]) -> tablib.Dataset:
    """The first row names the columns; rows without any value are left out."""
    remaining = iter(rows)
    headers = _headers(next(remaining, ()))
    dataset = tablib.Dataset(headers=headers)
    for row in _within_bounds(remaining):
        if any(cell not in (None, "") for cell in row[len(headers) :]):
            number = dataset.height + 2
            raise UnreadableFile(
                _("Row %(number)d has more cells than there are headings.") % {"number": number}
            )
        cells = ["" if cell is None else cell for cell in row[: len(headers)]]
        dataset.append(cells + [""] * (len(headers) - len(cells)))
    return dataset


def _headers(row: Sequence[Any]) -> list[str]:
    named = ["" if cell is None else str(cell).strip().lower() for cell in row]
    while named and not named[-1]:
        named.pop()
    if not named or "" in named:
        raise UnreadableFile(_("The first row must name every column."))
    if len(set(named)) != len(named):
        raise UnreadableFile(_("Two columns have the same heading."))
    return named


def _within_bounds(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    count = 0
    for row in rows:
        if all(cell in (None, "") for cell in row):
            continue
        count += 1
        if count > MOST_ROWS:
            raise UnreadableFile(_("The file has more than 2,000 rows. Split it."))
        yield row


def _refuse_large(content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise UnreadableFile(_("The file is larger than 5 MB. Split it."))


def _refuse_bombs(content: bytes) -> None:
    """A small workbook may unpack to gigabytes: its directory says so before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile:
        raise UnreadableFile(_("The file is not an XLSX workbook.")) from None
    if unpacked > LARGEST_UNPACKED:
        raise UnreadableFile(
            _("The workbook unpacks to more than 25 MB. Split it, or save it without pictures.")
        )
