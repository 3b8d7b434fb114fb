"""How long the national report takes for 60 chapters and 200,000 contacts, beside SQL written by hand.

    .venv/bin/python -m benchmarks.roll_up                         # SQLite in a temporary folder
    .venv/bin/python -m benchmarks.roll_up 20000                   # fewer contacts, for a quick look
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.roll_up   # makes and drops a test database

The SQL answers the same questions of the record: the headline with its two comparisons, thirteen months by kind, the
chapter table with health, coverage by state, the issues, who took part in what (the ladder), policy and its outcomes,
of which this world has none. It knows no rules for part of a state, for more holders than places, or for who may be
told what, and it asks neither for what comes next nor for what is late. Both are run by turns, so that a busy machine
slows both; the median of each is printed, their ratio, and the queries of each block.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django

django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.utils import translation

from advocacy.kernel.periods import Month
from advocacy.positions.models import Issue
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.national import build
from advocacy.reports.national.record import Record
from benchmarks.roll_up_by_hand import by_hand
from benchmarks.world_at_scale import NOW, table_counts
from benchmarks.world_at_scale import build as build_world

REPEATS = 7
MOST_TIMES_BY_HAND = 2
PERIOD = Month(2027, 1)


def took(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def beside_the_sql() -> tuple[float, float, float]:
    """Median milliseconds of the report, of the SQL, and the median of their ratios."""
    pairs = [(took(report), took(sql)) for _ in range(REPEATS)]
    return (
        statistics.median(one for one, _other in pairs),
        statistics.median(other for _one, other in pairs),
        statistics.median(one / other for one, other in pairs),
    )


def report() -> None:
    build.monthly(PERIOD, now=NOW)


def sql() -> dict[str, list[tuple[Any, ...]]]:
    return by_hand(PERIOD, date(2027, 2, 9))


def agree() -> None:
    """The SQL is a fair yardstick: it comes to the same numbers."""
    document, rows = build.monthly(PERIOD, now=NOW), sql()
    told = {row[0]: (row[4], row[5], row[6]) for row in document.block("chapters").rows}
    ours = {
        name: (contacts, officials, f"{100 * touched // seats}%" if seats else "–")
        for name, contacts, officials, touched, seats in rows["chapters"]
    }
    unlike = [(one, told[one], ours[one]) for one in told if not _says_the_same(told[one], ours[one])]
    assert not unlike, unlike[:3]
    assert told.keys() == ours.keys()
    bars = document.block("by_month").rows
    in_bars = sum(cell for row in bars for cell in row[1:] if isinstance(cell, int))
    issues = {row[0]: row[1] for row in document.block("issues").rows if row[1] is not None}
    counts, titles = {row[0]: row[1] for row in rows["issues"]}, Issue.objects.in_bulk()
    assert issues == {one.title: counts.get(pk, 0) for pk, one in titles.items() if one.title in issues}
    assert in_bars == sum(number for _month, _kind, number in rows["by_month"])


def _says_the_same(told: tuple[Any, ...], ours: tuple[Any, ...]) -> bool:
    """A dash stands for few restricted records."""
    return all(one in (other, "–") for one, other in zip(told, ours, strict=True))


def queries_of_blocks() -> None:
    scope = Scope.of_nation("SAS", "America/Chicago")
    record = Record(scope, Window.of(PERIOD), NOW)
    print(f"\n{'block':<22}{'queries':>8}{'ms':>10}")
    for block in build.BLOCKS:
        with CaptureQueriesContext(connection) as captured:
            spent = took(partial(block, record))
        print(f"{block.__name__:<22}{len(captured):>8}{spent:>10.1f}")


def main() -> None:
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        began = time.perf_counter()
        build_world(contacts=int(sys.argv[1])) if len(sys.argv) > 1 else build_world()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{connection.vendor}: {table_counts()} built in {time.perf_counter() - began:.0f} s")
        with translation.override("en"):
            agree()
            ours, theirs, ratio = beside_the_sql()
            with CaptureQueriesContext(connection) as captured:
                report()
            mark = "  over the goal" if ratio > MOST_TIMES_BY_HAND else ""
            print(f"\nnational report: {ours:.0f} ms with {len(captured)} queries; by hand: {theirs:.0f} ms")
            print("measures and positions: none in this world; both look for them")
            print(f"ratio: {ratio:.2f} (goal: at most {MOST_TIMES_BY_HAND}){mark}")
            queries_of_blocks()
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
