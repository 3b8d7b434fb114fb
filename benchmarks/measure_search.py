"""How quick the search over measures is: 1,000 questions as people type them, against bare SQL on the same index.

    .venv/bin/python -m benchmarks.measure_search                          # 250,000 measures, 3,000,000 actions, SQLite
    .venv/bin/python -m benchmarks.measure_search --measures 10000         # fewer, for a quick look
    .venv/bin/python -m benchmarks.measure_search --keep /tmp/measures     # keeps the database for the next time
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.measure_search    # makes and drops a test database

Reads ../shared/data/bills, or the folder after --bills. A question is what the list of measures asks for its first
page: the best 50 rows with their session and stage, and how many there are (counted to ten thousand). The bare
statement is written by hand for the engine: the keys of the best 50 in the same order, and the same count.

Prints both at the median and at the 95th percentile by the clock on the wall and by processor, and their ratios.
Processor time is that of this process and, where it can be read, of the database's: work that others do on the
machine hardly changes it.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django

django.setup()

from django.db import connection
from django.http import QueryDict

from advocacy.accounts.models import User
from benchmarks.measures_at_scale import Originals, build, own_database, real_measures
from legislation import measure_listing
from legislation.forms.measures import MeasureFilters
from legislation.models import Measure, MeasureAction
from legislation.models.measure import MeasureQuerySet, number_key
from legislation.models.measure_text import IN_ABOUT, IN_NUMBER, IN_TITLE, Wanted

MEASURES, ACTIONS_EACH, QUESTIONS = 250_000, 12, 1_000
RATIO_AT_MOST, MILLISECONDS_ON_POSTGRESQL = 3.0, 100
TODAY = date(2027, 2, 9)
_SPELLINGS = ("{} {}", "{}{:>04}", "{}. {}", "{}{}")
Question = Callable[[str], object]
Spent = tuple[float, float]


def questions(staged: Path, count: int, chance: random.Random) -> list[str]:
    """Two of five are numbers, spelled anyhow; two are words of a title, the last one cut; one is out of a history."""
    real = [one for one in real_measures(staged) if one.title_en and one.actions]
    typed = []
    for place in range(count):
        one = chance.choice(real)
        if place % 5 < 2:
            typed.append(_number(one.key.number, chance))
        elif place % 5 < 4:
            typed.append(_some_words(one.title_en, chance))
        else:
            typed.append(_some_words(chance.choice(one.actions or ()).text, chance))
    return typed


def _number(number: str, chance: random.Random) -> str:
    letters = number.rstrip("0123456789")
    return chance.choice(_SPELLINGS).format(letters.strip(), number[len(letters) :])


def _some_words(text: str, chance: random.Random) -> str:
    """Two or three that stand side by side; the last one as far as it was typed."""
    words = text.split()
    first = chance.randrange(max(len(words) - 2, 1))
    some = words[first : first + chance.choice((2, 3))]
    return " ".join([*some[:-1], some[-1][: chance.choice((4, 6, 20))]])


def asks_the_list(user: User) -> Question:
    """What the view does before it draws."""

    def ask(text: str) -> object:
        params = QueryDict(mutable=True)
        params["q"] = text
        form = MeasureFilters(params, user=user, day=TODAY)

        def fetch(rows: MeasureQuerySet) -> MeasureQuerySet:
            return rows.select_related("session__jurisdiction").with_stage(TODAY)

        return measure_listing.page_and_count(form, Measure.objects.visible_to(user), params, fetch=fetch)

    return ask


_POSTGRESQL = "SELECT measure_id FROM legislation_measuretext WHERE legislation_words(words) @@ %s::tsquery"
_SQLITE = "SELECT rowid FROM legislation_measuretext_words WHERE legislation_measuretext_words MATCH %s"


def asks_by_hand(text: str) -> object:
    key = number_key(text)
    wanted, is_postgresql = Wanted.of(text, key), connection.vendor == "postgresql"
    match = _POSTGRESQL if is_postgresql else _SQLITE
    words = wanted.on_postgresql if is_postgresql else wanted.on_sqlite
    best = (
        f"SELECT id FROM legislation_measure WHERE id IN ({match}) ORDER BY CASE WHEN number_key = %s THEN 0"  # noqa: S608 (our own SQL)
        f" WHEN id IN ({match}) THEN 1 WHEN id IN ({match}) THEN 2 WHEN id IN ({match}) THEN 3 ELSE 4 END,"
        " last_action_on DESC, number_key, id LIMIT 51"
    )
    ranked = [words(places) for places in (IN_NUMBER, IN_TITLE, IN_ABOUT)]
    with connection.cursor() as cursor:
        cursor.execute(best, [words("1234"), key, *ranked])
        keys = cursor.fetchall()
        cursor.execute(f"SELECT count(*) FROM ({match} LIMIT 10001) AS hits", [words("1234")])  # noqa: S608 (our own SQL)
        return keys, cursor.fetchone()


def processor_of_the_database() -> Callable[[], float]:
    """Milliseconds that the database's process for this connection has spent; nothing where it runs elsewhere."""
    if connection.vendor != "postgresql":
        return lambda: 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        account = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    if not account.is_file():
        return lambda: 0.0
    return lambda: int(account.read_text().split()[0]) / 1_000_000


def measured(ask: Question, typed: list[str]) -> list[Spent]:
    """By the wall and by the processor, in milliseconds."""
    of_the_database = processor_of_the_database()
    spent = []
    for text in typed:
        wall, processor, server = time.perf_counter(), time.process_time(), of_the_database()
        ask(text)
        took = (time.process_time() - processor) * 1000 + of_the_database() - server
        spent.append(((time.perf_counter() - wall) * 1000, took))
    return spent


def p95(spent: list[float]) -> float:
    return statistics.quantiles(spent, n=20)[-1]


def compare(typed: list[str]) -> None:
    user = User.objects.get_or_create(email="reader@example.org", defaults={"full_name": "A Reader"})[0]
    ask = asks_the_list(user)
    for text in typed[:50]:
        ask(text)
        asks_by_hand(text)
    portal, by_hand = measured(ask, typed), measured(asks_by_hand, typed)
    for clock, name in enumerate(("wall", "processor")):
        ours, bare = ([one[clock] for one in spent] for spent in (portal, by_hand))
        for who, spent in (("portal", ours), ("by hand", bare)):
            middle = statistics.median(spent)
            print(
                f"{name:<10} {who:<8} median {middle:8.2f} ms   p95 {p95(spent):8.2f} ms   most {max(spent):8.2f} ms"
            )
        print(f"{name:<10} ratio of p95: {p95(ours) / p95(bare):.2f}   at most {RATIO_AT_MOST}")
    if connection.vendor == "postgresql":
        print(f"on PostgreSQL the portal's p95 is to stay under {MILLISECONDS_ON_POSTGRESQL} ms")
    slowest = sorted(zip(portal, typed, strict=True), reverse=True)[:5]
    print("slowest:", "; ".join(f"{text!r} {took[1]:.0f} ms" for took, text in slowest))


def main() -> None:
    parser = argparse.ArgumentParser(description="The search over measures against bare SQL.")
    parser.add_argument("--measures", type=int, default=MEASURES)
    parser.add_argument("--actions", type=int, default=ACTIONS_EACH, help="to each measure")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--bills", type=Path, default=Path("../shared/data/bills"))
    parser.add_argument("--keep", type=Path, help="where the database stays for the next time")
    given = parser.parse_args(sys.argv[1:])
    with own_database(given.keep):
        began = time.perf_counter()
        build(Originals.read(given.bills, given.actions), given.measures, given.actions)
        built = time.perf_counter() - began
        print(
            f"{connection.vendor}: {Measure.objects.count():,} measures, {MeasureAction.objects.count():,} actions,"
            f" there after {built:.0f} s (load {os.getloadavg()[0]:.1f})",
            flush=True,
        )
        compare(questions(given.bills, given.questions, random.Random(2027)))


if __name__ == "__main__":
    main()
