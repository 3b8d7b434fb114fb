"""What one tick of the planner costs while nothing is due: the number of questions, and the time.

    .venv/bin/python -m benchmarks.planner_tick                         # SQLite in a temporary folder
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.planner_tick   # makes and drops a test database

With 1,000 people and with 100,000, each in a zone of theirs with a follow-up that falls due months from now.
"""

import os
import tempfile
import time
from datetime import UTC, date, datetime
from itertools import cycle, islice

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django

django.setup()

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.accounts.models import User
from advocacy.interactions.models import FollowUp
from advocacy.kernel.zones import NORTH_AMERICAN_ZONES
from campaigns.models import Occurrence
from campaigns.reminders import planner
from members.models import Chapter, Region, RoleAssignment, Society

NOON = datetime(2027, 2, 18, 18, tzinfo=UTC)
SIZES = (1_000, 100_000)
ROUNDS = 5


def peopled(chapter: Chapter, first: int, last: int) -> None:
    zones = islice(cycle(NORTH_AMERICAN_ZONES), last - first)
    people = User.objects.bulk_create(
        [
            User(email=f"person{number}@example.org", full_name=f"Person {number}", time_zone=zone)
            for number, zone in zip(range(first, last), zones, strict=True)
        ],
        batch_size=5_000,
    )
    RoleAssignment.objects.bulk_create(
        [
            RoleAssignment(person=one, role="advocacy_volunteer", chapter=chapter, starts_on=date(2026, 7, 1))
            for one in people
        ],
        batch_size=5_000,
    )
    FollowUp.objects.bulk_create(
        [
            FollowUp(chapter=chapter, kind="other", owner=one, created_by=one, due_on=date(2027, 8, 2))
            for one in people
        ],
        batch_size=5_000,
    )


def questions_and_milliseconds() -> tuple[int, float]:
    with time_machine.travel(NOON, tick=False):
        with CaptureQueriesContext(connection) as asked:
            tally = planner.tick(NOON)
        assert not tally, tally
    begun = time.perf_counter()
    for _round in range(ROUNDS):
        planner.tick(NOON)
    return len(asked), (time.perf_counter() - begun) / ROUNDS * 1000


def main() -> None:
    name = connection.creation.create_test_db(verbosity=0)
    try:
        society = Society.objects.create(name="Society", short_name="S", time_zone="America/Chicago")
        region = Region.objects.create(society=society, name="South")
        chapter = Chapter.objects.create(
            society=society, region=region, name="Gulf", slug="gulf", starts_on=date(2020, 7, 1)
        )
        planner.tick(NOON)
        counts, made = set(), 0
        for size in SIZES:
            peopled(chapter, made, size)
            made = size
            questions, milliseconds = questions_and_milliseconds()
            counts.add(questions)
            print(
                f"{connection.vendor}: {size:7,} people, nothing due: {questions} queries, {milliseconds:.1f} ms"
            )
        assert Occurrence.objects.count() == 0
        assert len(counts) == 1, "the number of queries grows with the people"
        print("constant: yes")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
