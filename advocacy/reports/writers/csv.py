"""The report as CSV: a file for each block, whose columns have the same names in every language."""

import io
import zipfile

from advocacy.kernel.exports import Table, csv_lines
from advocacy.reports.national.document import Block, Document

# Archives carry the time of each file; without one they would differ from hour to hour.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def block_file(block: Block) -> bytes:
    table = Table(block.title, [column.code for column in block.columns], block.rows)
    return "".join(csv_lines(table)).encode()


def files(document: Document) -> dict[str, bytes]:
    """By name, in the order of the report: `01-headline.csv`."""
    return {
        f"{number:02}-{block.code}.csv": block_file(block)
        for number, block in enumerate(document.blocks, start=1)
    }


def archive(document: Document, link: str = "") -> bytes:
    """All of them in one ZIP file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files(document).items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content)
    return file.getvalue()
