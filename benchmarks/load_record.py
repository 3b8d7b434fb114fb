"""How long the whole public record takes to load, against parsing the same files.

    .venv/bin/python -m benchmarks.load_record                         # SQLite in a temporary folder
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.load_record   # makes and drops a test database

Reads ../shared/data, or the folder it is given. Parses every file once with the C loader, loads them, loads them
again unchanged, and prints seconds of processor and of wall clock, the ratios to parsing, and the most memory the
process ever used.
"""

import json
import os
import resource
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django
import yaml

django.setup()

from django.db import connection
from django.utils import timezone

from legislation.actions import record_import
from legislation.models import Official

FIRST_AT_MOST, AGAIN_AT_MOST, MEGABYTES_AT_MOST = 3.0, 1.3, 500
Timing = tuple[float, float]


def sources(staged: Path) -> list[tuple[str, Path]]:
    return [
        ("congress-legislators", staged / "us-federal"),
        ("openstates-people", staged / "us-states" / "openstates-people"),
        ("canada-mps", staged / "canada"),
    ]


def contents(staged: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that the import reads, as bytes."""
    for archive in sorted((staged / "us-states" / "openstates-people").glob("*.tar.gz")):
        with tarfile.open(archive) as opened:
            for member in opened:
                if member.isfile() and (file := opened.extractfile(member)):
                    yield member.name, file.read()
    for path in [*sorted((staged / "us-federal").glob("*.yaml")), *(staged / "canada").glob("mps*.json")]:
        yield path.name, path.read_bytes()


def parse(staged: Path) -> None:
    for name, content in contents(staged):
        if name.endswith(".json"):
            json.loads(content)
        else:
            yaml.load(content, Loader=yaml.CSafeLoader)


def load(staged: Path) -> list[record_import.Report]:
    return [
        record_import.run(source=source, path=path, now=timezone.now()) for source, path in sources(staged)
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
        _nothing, parsing = timed(parse, staged)
        reports, first = timed(load, staged)
        again_reports, again = timed(load, staged)
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{connection.vendor}: {Official.objects.count()} officials, {sum(r.changes for r in reports)} rows"
        )
        show("parse every file", parsing, parsing)
        show("first load", first, parsing, FIRST_AT_MOST)
        show("unchanged second load", again, parsing, AGAIN_AT_MOST)
        print(f"changes of the second load: {sum(report.changes for report in again_reports)}")
        print(f"most memory: {megabytes:.0f} MB   at most {MEGABYTES_AT_MOST}")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
