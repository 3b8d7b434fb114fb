"""What a report of thirty pages costs as a PDF, beside the same report as HTML.

    .venv/bin/python -m benchmarks.report_pdf

A document written by hand, without a database: a chapter table of many pages, thirteen months, stories. Both forms are
written in turns, so that a busy machine slows them alike; the medians are compared.
"""

import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="portal-benchmark-"))

import django

django.setup()

from pypdf import PdfReader

from advocacy.reports.national.document import Document
from advocacy.reports.writers import html, pdf
from tests.factories import documents

PAGES = 30
ROUNDS = 7
AT_MOST = 5.0


def long_report() -> Document:
    """Chapters and stories until it has thirty pages."""
    story = " ".join(["The clinic kept its telehealth line, and the committee heard why."] * 30)
    blocks = [
        documents.headline(),
        documents.health_map(),
        documents.months(),
        documents.issues(),
        documents.chapters(490),
        documents.stories(*[story] * 34),
        documents.notes(),
    ]
    return documents.national(blocks=blocks)


def seconds(write: Callable[[Document], bytes], document: Document) -> float:
    begun = time.perf_counter()
    write(document)
    return time.perf_counter() - begun


def main() -> None:
    document = long_report()
    pages = len(PdfReader(io.BytesIO(pdf.written(document))).pages)
    html.written(document)
    took = [(seconds(pdf.written, document), seconds(html.written, document)) for _round in range(ROUNDS)]
    of_pdf, of_html = median(one for one, _other in took), median(other for _one, other in took)
    ratio = of_pdf / of_html
    print(f"PDF of {pages} pages {of_pdf * 1000:,.0f} ms, HTML {of_html * 1000:,.0f} ms, ratio {ratio:.1f}")
    if pages < PAGES or ratio >= AT_MOST:
        sys.exit(f"Wanted at least {PAGES} pages and a ratio under {AT_MOST:g}.")


if __name__ == "__main__":
    main()
