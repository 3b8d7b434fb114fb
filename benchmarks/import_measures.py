"""How long importing the measures of every staged file takes, against parsing them.

    .venv/bin/python -m benchmarks.import_measures                         # SQLite in a temporary folder
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.import_measures   # makes and drops a test database

Reads ../shared/data/bills, or the folder it is given. Reads every file into neutral records and throws them away,
loads them, loads them again unchanged, and prints seconds of processor and of wall clock and the ratios to parsing.
"""

import os
import resource
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django

django.setup()

from django.db import connection
from django.utils import timezone

from legislation.actions import load_measures
from legislation.actions.measure_report import Report
from legislation.models import Measure, MeasureAction, Vote
from legislation.sources.measures.catalogue import READERS

FIRST_AT_MOST, AGAIN_AT_MOST, MEGABYTES_AT_MOST = 4.0, 1.5, 500
FILES = [
    ("openstates-scrape", "openstates-scrape/wy-2026.tar.gz"),
    ("openstates-scrape", "openstates-scrape/gu-38th.tar.gz"),
    ("openstates-scrape", "openstates-scrape/us-119-health-it.tar.gz"),
    ("openstates-scrape", "openstates-scrape/us-119-with-votes.tar.gz"),
    ("openstates-v3", "openstates-v3"),
    ("legiscan-csv", "legiscan-csv/mi-2025-2026.tar.gz"),
    ("legiscan-json", "legiscan-json/al-2025_getBill_array.json.gz"),
    ("legisinfo", "legisinfo/45-1.tar.gz"),
    ("billstatus", "billstatus-xml"),
    ("congress-gov", "congress-gov-v3"),
    ("senate-votes", "senate-vote-xml"),
]
Timing = tuple[float, float]


def parse(staged: Path) -> None:
    for source, name in FILES:
        for file in READERS[source](staged / name):
            deque(file.records, maxlen=0)


def load(staged: Path) -> list[Report]:
    now = timezone.now()
    return [
        report
        for source, name in FILES
        for report in load_measures.run(source=source, path=staged / name, now=now)
    ]


def timed(act: Callable[[Path], Any], staged: Path) -> tuple[Any, Timing]:
    processor, wall = time.process_time(), time.perf_counter()
    result = act(staged)
    return result, (time.process_time() - processor, time.perf_counter() - wall)


def show(what: str, timing: Timing, parsing: Timing, at_most: float | None = None) -> None:
    ratios = [spent / base for spent, base in zip(timing, parsing, strict=True)]
    limit = f"   at most {at_most}" if at_most else ""
    print(
        f"{what:24} {timing[0]:7.2f} s processor {timing[1]:7.2f} s wall   "
        f"{ratios[0]:5.2f}x {ratios[1]:5.2f}x parsing{limit}"
    )


def main(staged: Path) -> None:
    name = connection.creation.create_test_db(verbosity=0)
    try:
        parse(staged)  # once for nothing: what is imported on first use is no cost of a file
        _nothing, parsing = timed(parse, staged)
        _reports, first = timed(load, staged)
        again_reports, again = timed(load, staged)
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows = [model._default_manager.count() for model in (Measure, MeasureAction, Vote)]
        print(f"{connection.vendor}: {rows[0]} measures, {rows[1]} actions, {rows[2]} votes")
        show("parse every file", parsing, parsing)
        show("first import", first, parsing, FIRST_AT_MOST)
        show("unchanged second import", again, parsing, AGAIN_AT_MOST)
        print(f"changes of the second import: {sum(report.changes for report in again_reports)}")
        print(f"most memory: {megabytes:.0f} MB   at most {MEGABYTES_AT_MOST}")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/bills"))
