"""The forms a report may take, and how one is put into a folder: whole, or not at all."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from advocacy.reports.national.document import Document
from advocacy.reports.writers import csv, html, pdf, txt, xlsx


@dataclass(frozen=True)
class Format:
    """`written` takes the document and the address of the page that shows it."""

    ending: str
    media_type: str
    written: Callable[[Document, str], bytes]


FORMATS = {
    "html": Format("html", "text/html; charset=utf-8", html.written),
    "pdf": Format("pdf", "application/pdf", pdf.written),
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.written),
    "csv": Format("zip", "application/zip", csv.archive),
    "txt": Format("txt", "text/plain; charset=utf-8", txt.written),
}


def put(document: Document, link: str, form: str, out: Path) -> list[Path]:
    """Write the report to `out` and say which files there are now. Raises OSError.

    CSV has a file for each table: they go into the folder `out`, or into one archive where it ends with `.zip`.
    """
    if form == "csv" and out.suffix.lower() != ".zip":
        files = csv.files(document)
        out.mkdir(exist_ok=True)
        return [_replace(out / name, content) for name, content in files.items()]
    return [_replace(out, FORMATS[form].written(document, link))]


def _replace(path: Path, content: bytes) -> Path:
    """Written beside it and then renamed: whoever opens it finds the old file or the new one."""
    handle, beside = tempfile.mkstemp(prefix=".report-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
    return path


def _umask() -> int:
    """What new files are given here; the system tells it only by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
