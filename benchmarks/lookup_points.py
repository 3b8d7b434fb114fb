"""How quick "which districts is this point in?" and "which does this code lie in?" are, with every staged map loaded.

    .venv/bin/python -m benchmarks.lookup_points PATH       # SQLite; PATH is a folder of maps and tables
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.lookup_points PATH

Prints the first look-up, the median and the 99th percentile beside a linear scan of the same polygons, beside PostGIS
where the database has it, and the memory the index takes.
"""

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django

django.setup()

import shapely
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from legislation.actions import load_record
from legislation.lookup.points import divisions_at
from legislation.models import DivisionShape, MapEdition, PostalDistrict

LOOKUPS, SCANS, CODES = 5_000, 100, 2_000


def points(count: int) -> list[tuple[float, float]]:
    """Points of both countries, most of them on land."""
    chance = random.Random(2027)
    boxes = [(25.0, 49.0, -124.0, -67.0), (43.0, 60.0, -135.0, -53.0)]
    found = []
    for _ in range(count):
        south, north, west, east = chance.choice(boxes)
        found.append((chance.uniform(south, north), chance.uniform(west, east)))
    return found


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def show(name: str, took: list[float], linear: float | None = None) -> None:
    p99 = statistics.quantiles(took, n=100)[98]
    ratio = f"{linear / statistics.median(took):>12.0f} × quicker than a scan" if linear else ""
    print(f"{name:<34}{statistics.median(took):>10.3f}{p99:>10.3f} ms{ratio}")


def memory_mb() -> float:
    """What the process holds now; its peak was the loading of a million codes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1_048_576


def linear_scan(today: object) -> Callable[[float, float], object]:
    shapes = DivisionShape.objects.filter(edition__in=MapEdition.objects.in_force(today))
    areas = [shapely.from_wkb(bytes(area)) for area in shapes.values_list("geometry", flat=True)]
    return lambda latitude, longitude: [
        area for area in areas if area.intersects(shapely.Point(longitude, latitude))
    ]


def postgis() -> Callable[[float, float], object] | None:
    if connection.vendor != "postgresql":
        return None
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
            cursor.execute(
                "CREATE TEMP TABLE areas AS SELECT edition_id, division_id, ST_GeomFromWKB(geometry, 4326) AS area "
                "FROM legislation_divisionshape"
            )
            cursor.execute("CREATE INDEX ON areas USING gist (area)")
            cursor.execute("ANALYZE areas")
    except DatabaseError:
        return None

    def ask(latitude: float, longitude: float) -> object:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT edition_id, division_id FROM areas "
                "WHERE ST_Intersects(area, ST_SetSRID(ST_Point(%s, %s), 4326))",
                [longitude, latitude],
            )
            return cursor.fetchall()

    return ask


def measure() -> None:
    today = timezone.now().date()
    before = memory_mb()
    first = timed(lambda: divisions_at(39.739, -104.985, today))
    print(f"first look-up {first:.0f} ms, index +{memory_mb() - before:.0f} MB\n")
    print(f"{'':<34}{'median':>10}{'p99':>10}")
    scan = linear_scan(today)
    scanned = [timed(lambda at=at: scan(*at)) for at in points(SCANS)]
    linear = statistics.median(scanned)
    show("linear scan", scanned)
    show(
        "point -> districts",
        [timed(lambda at=at: divisions_at(*at, today)) for at in points(LOOKUPS)],
        linear,
    )
    if ask := postgis():
        show("PostGIS", [timed(lambda at=at: ask(*at)) for at in points(LOOKUPS)], linear)
    else:
        print("PostGIS: this database has none")
    codes = list(PostalDistrict.objects.order_by("?").values_list("code", flat=True)[:CODES])
    in_force = list(MapEdition.objects.in_force(today).values_list("pk", flat=True))

    def ask_code(code: str) -> object:
        found = PostalDistrict.objects.filter(code=code, edition__in=in_force)
        return list(found.values_list("edition", "division", "share"))

    show("ZIP or postal code -> districts", [timed(lambda code=code: ask_code(code)) for code in codes])


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("Name the folder of maps and tables.")
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        took = timed(
            lambda: load_record.load(
                Path(sys.argv[1]), now=timezone.now(), only=["divisions", "shapes", "postal"]
            )
        )
        shapes = DivisionShape.objects.count()
        print(
            f"{connection.vendor}: {shapes} shapes, {PostalDistrict.objects.count():,} codes in {took / 1000:.0f} s"
        )
        measure()
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
