"""Planning alerts after an import: 10,000 changed measures, 5,000 people who watch them.

    .venv/bin/python -m benchmarks.alerts                         # SQLite in a temporary folder
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.alerts   # makes and drops a test database

Each measure is followed by a chapter, with an owner and four watchers in zones of their own, in tiers 1 to 3: fifty
thousand alerts. For a quarter of them, a half and all, each with the peak of memory while it was planned.
"""

import gc
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django

django.setup()

from django.db import connection

from advocacy.accounts.models import User
from advocacy.kernel.zones import NORTH_AMERICAN_ZONES
from advocacy.positions.alerts import planner
from advocacy.positions.models import Alert, TierChange, Tracking, TrackingWatcher
from legislation.actions.bulk import refresh_statistics
from legislation.models import Jurisdiction, LegislativeSession, Measure, MeasureEvent
from members.models import Chapter, Region, Society

NOON = datetime(2027, 2, 18, 18, tzinfo=UTC)
MEASURES, PEOPLE, WATCHERS = 10_000, 5_000, 4
PARTS = (4, 2, 1)
AT_ONCE = 2_000


def peopled() -> list[User]:
    zones = islice(cycle(NORTH_AMERICAN_ZONES), PEOPLE)
    people = [
        User(email=f"person{number}@example.org", full_name=f"Person {number}", time_zone=zone)
        for number, zone in enumerate(zones)
    ]
    return User.objects.bulk_create(people, batch_size=AT_ONCE)


def followed(people: list[User]) -> list[int]:
    """The measures of one session, each with a tracking, its tier, an owner and watchers."""
    society = Society.objects.create(name="Society", short_name="S", time_zone="America/Chicago")
    region = Region.objects.create(society=society, name="South")
    chapter = Chapter.objects.create(
        society=society, region=region, name="Gulf", slug="gulf", starts_on=date(2020, 7, 1)
    )
    place, _is_new = Jurisdiction.objects.get_or_create(
        ocd_id="ocd-jurisdiction/country:us/state:tx/government", defaults={"name": "Texas", "level": "state"}
    )
    session = LegislativeSession.objects.create(jurisdiction=place, identifier="90R", name="90R")
    measures = Measure.objects.bulk_create(
        [
            Measure(session=session, number=f"HB {number}", number_key=f"HB{number}")
            for number in range(MEASURES)
        ],
        batch_size=AT_ONCE,
    )
    trackings = Tracking.objects.bulk_create(
        [
            Tracking(measure=measure, chapter=chapter, owner=people[number % PEOPLE])
            for number, measure in enumerate(measures)
        ],
        batch_size=AT_ONCE,
    )
    TierChange.objects.bulk_create(
        [
            TierChange(tracking=tracking, on=date(2027, 1, 11), tier=1 + number % 3)
            for number, tracking in enumerate(trackings)
        ],
        batch_size=AT_ONCE,
    )
    TrackingWatcher.objects.bulk_create(_watchers(trackings, people), batch_size=AT_ONCE)
    return [measure.pk for measure in measures]


def _watchers(trackings: list[Tracking], people: list[User]) -> Iterator[TrackingWatcher]:
    for number, tracking in enumerate(trackings):
        for step in range(1, WATCHERS + 1):
            yield TrackingWatcher(tracking=tracking, person=people[(number * 7 + step * 911) % PEOPLE])


def changed(measures: list[int], by: User, run: int) -> None:
    MeasureEvent.objects.bulk_create(
        [
            MeasureEvent(
                measure_id=pk,
                kind="stage_changed",
                key=f"{run}",
                noted_at=NOON,
                old={"stage": "introduced", "label": "Filed", "on": "2027-02-01", "chamber": "lower"},
                new={"stage": "committee_1", "label": "", "on": "2027-02-17", "chamber": "lower"},
                by=by,
            )
            for pk in measures
        ],
        batch_size=AT_ONCE,
    )


def forget_peak() -> None:
    """Linux forgets the highest memory it has seen of us: what made the world is not what plans."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")


def peak() -> float:
    """In MB, since it was last forgotten."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> None:
    name = connection.creation.create_test_db(verbosity=0)
    try:
        people = peopled()
        measures = followed(people)
        for app in ("legislation", "positions"):
            refresh_statistics(app)
        staff, seconds = people[0], {}
        del people
        for run, part in enumerate(PARTS):
            some = measures[: len(measures) // part]
            changed(some, staff, run)
            known = Alert.objects.count()
            forget_peak()
            began = time.perf_counter()
            planned = planner.plan(NOON)
            seconds[part] = time.perf_counter() - began
            assert Alert.objects.count() - known == planned > 4 * len(some), planned
            print(
                f"{connection.vendor}: {len(some):6,} changed measures, {planned:6,} alerts: "
                f"{seconds[part]:5.1f} s, peak memory {peak():.0f} MB",
                flush=True,
            )
        began = time.perf_counter()
        assert planner.plan(NOON) == 0
        print(f"again, nothing new: {time.perf_counter() - began:.2f} s")
        print(f"2 × as many: {seconds[2] / seconds[4]:.2f} ×; 4 × as many: {seconds[1] / seconds[4]:.2f} ×")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
