"""How quick "which districts is this point in?" and "which does this code lie in?" are, with every staged map loaded.

    .venv/bin/python -m benchmarks.lookup_points PATH       # SQLite; PATH is a folder of maps and tables
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.lookup_points PATH

Prints the first look-up, then the median and the 99th percentile after a warm-up, beside a linear scan of the same
polygons and beside PostGIS where the database has it, how often they disagree, and the memory the index takes.
Wall clock is what a person waits, and on a busy machine mostly queueing; processor time is this process's alone,
without a database server's. A look-up asks the database whether its index is current: PostGIS is to be compared
with the index alone, plus that query.
"""

import itertools
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django

django.setup()

import shapely
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from legislation.actions import load_record
from legislation.lookup.points import Areas, PointIndex, divisions_at
from legislation.models import DivisionShape, MapEdition, PostalDistrict

LOOKUPS, SCANS, CODES = 5_000, 200, 2_000
FIRST_AT_MOST, POINT_AT_MOST, CODE_AT_MOST, MEGABYTES_AT_MOST = 1_000, 2, 1, 400
Districts = set[tuple[int, int]]  # of an edition and a division
Ask = Callable[[float, float], Districts]


class Took(NamedTuple):
    """Milliseconds of one question."""

    wall: float
    processor: float


def points(count: int) -> list[tuple[float, float]]:
    """Points of both countries, most of them on land."""
    chance = random.Random(2027)
    boxes = [(25.0, 49.0, -124.0, -67.0), (43.0, 60.0, -135.0, -53.0)]
    found = []
    for _ in range(count):
        south, north, west, east = chance.choice(boxes)
        found.append((chance.uniform(south, north), chance.uniform(west, east)))
    return found


def timed(work: Callable[[], object]) -> Took:
    wall, processor = time.perf_counter(), time.thread_time()
    work()
    return Took((time.perf_counter() - wall) * 1000, (time.thread_time() - processor) * 1000)


def median(took: list[Took]) -> float:
    return statistics.median(one.wall for one in took)


def show(name: str, took: list[Took], *, at_most: float | None = None, linear: float | None = None) -> None:
    columns = "".join(
        f"{statistics.median(times):>{width}.3f}{statistics.quantiles(times, n=100)[98]:>9.3f}"
        for width, times in zip((10, 12), zip(*took, strict=True), strict=True)
    )
    target = at_most or ""
    ratio = f"{linear / median(took):>8.0f} × quicker than the scan" if linear else ""
    print(f"{name:<34}{columns}{target:>13}{ratio}")


def memory_mb() -> float:
    """What the process holds now; its peak was the loading of a million codes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1_048_576


def drawn(today: date) -> list[tuple[int, int, bytes]]:
    shapes = DivisionShape.objects.filter(edition__in=MapEdition.objects.in_force(today))
    return list(shapes.values_list("edition", "division", "geometry"))


def index_alone(today: date) -> Ask:
    index = PointIndex([Areas(drawn(today))])
    return lambda latitude, longitude: {
        (hit.edition_id, hit.division_id) for hit in index.at(latitude, longitude)
    }


def linear_scan(today: date) -> Ask:
    areas = [(edition, division, shapely.from_wkb(bytes(area))) for edition, division, area in drawn(today)]
    return lambda latitude, longitude: {
        (edition, division)
        for edition, division, area in areas
        if area.intersects(shapely.Point(longitude, latitude))
    }


def postgis(today: date) -> Ask | None:
    """The same polygons in PostGIS; None where the database has none."""
    if connection.vendor != "postgresql":
        return None
    in_force = list(MapEdition.objects.in_force(today).values_list("pk", flat=True))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
            cursor.execute(
                "CREATE TEMP TABLE areas AS SELECT edition_id, division_id, ST_GeomFromWKB(geometry, 4326) AS area "
                "FROM legislation_divisionshape WHERE edition_id = ANY(%s)",
                [in_force],
            )
            cursor.execute("CREATE INDEX ON areas USING gist (area)")
            cursor.execute("ANALYZE areas")
    except DatabaseError:
        return None

    def ask(latitude: float, longitude: float) -> Districts:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT edition_id, division_id FROM areas "
                "WHERE ST_Intersects(area, ST_SetSRID(ST_Point(%s, %s), 4326))",
                [longitude, latitude],
            )
            return set(cursor.fetchall())

    return ask


def asked(ask: Ask, count: int) -> list[Took]:
    """How long each of the points takes the second time all of them are asked."""
    chosen = points(count)
    for at in chosen:
        ask(*at)
    return [timed(partial(ask, *at)) for at in chosen]


def disagreements(one: Ask, other: Ask) -> int:
    return sum(one(*at) != other(*at) for at in points(SCANS))


def two_days_in_turn(today: date) -> Ask:
    """Today and a day of the last Congress: other lines, so another index."""
    days = itertools.cycle([today, today.replace(year=today.year - 2)])
    return lambda latitude, longitude: set(divisions_at(latitude, longitude, next(days)))


def measure_points(today: date) -> None:
    def in_memory(latitude: float, longitude: float) -> Districts:
        return set(divisions_at(latitude, longitude, today))

    before = memory_mb()
    first = timed(lambda: in_memory(39.739, -104.985))
    grew = memory_mb() - before
    print(f"first look-up {first.wall:.0f} ms (at most {FIRST_AT_MOST})")
    print(f"index +{grew:.0f} MB, process {memory_mb():.0f} MB (at most {MEGABYTES_AT_MOST})\n")
    print(
        f"{'median and p99, in ms':<34}{'wall':>10}{'p99':>9}{'processor':>12}{'p99':>9}{'p99 at most':>13}"
    )
    scan = linear_scan(today)
    scanned = asked(scan, SCANS)
    linear = median(scanned)
    show("linear scan", scanned)
    show("point -> districts", asked(in_memory, LOOKUPS), at_most=POINT_AT_MOST, linear=linear)
    print(f"  other answers than the scan: {disagreements(in_memory, scan)} of {SCANS} points")
    show("  of two days in turn", asked(two_days_in_turn(today), LOOKUPS), at_most=POINT_AT_MOST)
    show("  the index alone", asked(index_alone(today), LOOKUPS), linear=linear)
    if ask := postgis(today):
        show("PostGIS", asked(ask, LOOKUPS), linear=linear)
        print(f"  other answers than the scan: {disagreements(ask, scan)} of {SCANS} points")
    else:
        print("PostGIS: not installed in this database")


def measure_codes(today: date) -> None:
    codes = list(PostalDistrict.objects.order_by("?").values_list("code", flat=True)[:CODES])
    in_force = list(MapEdition.objects.in_force(today).values_list("pk", flat=True))

    def ask_code(code: str) -> object:
        found = PostalDistrict.objects.filter(code=code, edition__in=in_force)
        return list(found.values_list("edition", "division", "share"))

    for code in codes:
        ask_code(code)
    took = [timed(partial(ask_code, code)) for code in codes]
    show("ZIP or postal code -> districts", took, at_most=CODE_AT_MOST)


def name_a_database_of_its_own() -> None:
    """Tests may be running in `test_…`, and SQLite would keep a test database in memory, where nobody runs it."""
    here = connection.settings_dict
    is_file = connection.vendor == "sqlite"
    here["TEST"]["NAME"] = (
        str(settings.VAR_DIR / "benchmark.sqlite3") if is_file else f"benchmark_{here['NAME']}"
    )


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("Name the folder of maps and tables.")
    name_a_database_of_its_own()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        folder, now = Path(sys.argv[1]), timezone.now()
        took = timed(lambda: load_record.load(folder, now=now, only=["divisions", "shapes", "postal"]))
        shapes, codes = DivisionShape.objects.count(), PostalDistrict.objects.count()
        print(f"{connection.vendor}: {shapes} shapes, {codes:,} codes in {took.wall / 1000:.0f} s")
        measure_points(now.date())
        measure_codes(now.date())
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
