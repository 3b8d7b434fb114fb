"""How quick the search over measures is: 1,000 questions as people type them, against bare SQL on the same index.

    .venv/bin/python -m benchmarks.measure_search                          # 250,000 measures, 3,000,000 actions, SQLite
    .venv/bin/python -m benchmarks.measure_search --measures 10000         # fewer, for a quick look
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.measure_search    # makes and drops a test database

A question is what the list of measures asks for its first page: the best 50 rows with their session and stage, and how
many there are (counted to ten thousand). The bare statement is written by hand for the engine: the keys of the best 50
in the same order, and the same count. Prints both at the median and at the 95th percentile, and their ratio.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django

django.setup()

from django.db import connection
from django.http import QueryDict

from advocacy.accounts.models import User
from advocacy.kernel import listing
from legislation.actions.bulk import insert_rows
from legislation.forms.measures import MeasureFilters
from legislation.measure_search import index_measures
from legislation.models import Jurisdiction, LegislativeSession, Measure, MeasureAction
from legislation.models.measure import MeasureQuerySet, number_key
from legislation.models.measure_text import IN_ABOUT, IN_NUMBER, IN_TITLE, Wanted

MEASURES, ACTIONS_EACH, QUESTIONS = 250_000, 12, 1_000
RATIO_AT_MOST, MILLISECONDS_ON_POSTGRESQL = 3.0, 100
TODAY = date(2027, 2, 9)
PLACES, SESSIONS = 50, 5
_RANK_OF_OUR_WORDS = 400
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
]
# What bills and their histories are full of; every other word is rarer.
_COMMON = [
    "health",
    "care",
    "act",
    "an",
    "to",
    "of",
    "the",
    "relating",
    "insurance",
    "state",
    "public",
    "services",
]
_FIELD = [
    "telehealth",
    "interoperability",
    "broadband",
    "prescribing",
    "privacy",
    "immunization",
    "registry",
    "coverage",
    "parity",
]
_LINES = (
    "Introduced and read first time", "Referred to the committee on {}", "Reported favorably from {}",
    "Public hearing held by {}", "Left pending in {}", "Amended and adopted", "Read second time", "Read third time",
    "Message sent to the other chamber", "Signed by the presiding officer",
)  # fmt: skip
_COMMITTEES = (
    "Appropriations",
    "Insurance",
    "Public Health",
    "Judiciary",
    "Rules",
    "Education",
    "Ways and Means",
)
Question = Callable[[str], object]


def vocabulary(chance: random.Random) -> list[str]:
    """Words from the commonest to the rarest; those of our field are in about one bill of a hundred."""
    rare = sorted({"".join(chance.choices(_SYLLABLES, k=3)) for _ in range(8_000)})
    return [*_COMMON, *rare[:_RANK_OF_OUR_WORDS], *_FIELD, *rare[_RANK_OF_OUR_WORDS:]]


def sentence(words: list[str], weights: list[float], length: int, chance: random.Random) -> str:
    return " ".join(chance.choices(words, cum_weights=weights, k=length))


def build(measures: int, actions_each: int, chance: random.Random) -> list[str]:
    """The rows, in bulk. Returns some titles and numbers to ask for."""
    words, total, weights = vocabulary(chance), 0.0, []
    for place in range(len(words)):
        total += 1 / (place + 3)
        weights.append(total)
    sessions = list(_sessions())
    asked: list[str] = []

    def rows() -> Iterator[tuple[object, ...]]:
        for number in range(measures):
            printed = f"{'HS'[number % 2]}B {number // len(sessions) + 1}"
            title = sentence(words, weights, 11, chance)
            if chance.random() < 2 * QUESTIONS / measures:
                asked.extend((printed, title))
            yield (
                sessions[number % len(sessions)], printed, number_key(printed), "bill", title, "", "",
                sentence(words, weights, 30, chance), "", "", "", "", title,
            )  # fmt: skip

    columns = (
        "session", "number", "number_key", "kind", "title_en", "title_fr", "other_titles", "summary_en",
        "summary_fr", "subjects", "short_name", "url", "search_text",
    )  # fmt: skip
    insert_rows(Measure, columns, rows())
    keys = list(Measure.objects.order_by("pk").values_list("pk", flat=True))
    names = ("measure", "order", "on", "text", "text_fr", "chamber", "classification")
    insert_rows(MeasureAction, names, _actions(keys, actions_each, chance))
    index_measures(keys)
    return asked


def _sessions() -> Iterator[int]:
    for place in range(PLACES):
        home = Jurisdiction.objects.create(
            ocd_id=f"ocd-jurisdiction/{place}", name=f"Place {place}", level="state"
        )
        for number in range(SESSIONS):
            session = LegislativeSession.objects.create(
                jurisdiction=home, identifier=f"{number}R", name=str(number)
            )
            yield session.pk


def _actions(keys: list[int], each: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    for key in keys:
        first = TODAY - timedelta(days=chance.randrange(30, 2_000))
        for order in range(each):
            line = chance.choice(_LINES).format(chance.choice(_COMMITTEES))
            yield key, order, first + timedelta(days=2 * order), line, "", "", ""


def questions(asked: list[str], chance: random.Random) -> list[str]:
    """Two of five are numbers, spelled anyhow; two are words of a title, the last one cut; one is a word or two."""
    numbers, titles = asked[::2], asked[1::2]
    typed = []
    for place in range(QUESTIONS):
        if place % 5 < 2:
            chamber, digits = chance.choice(numbers).split()
            typed.append(
                chance.choice((f"{chamber} {digits}", f"{chamber}{digits:>04}", f"{chamber[0]}.b. {digits}"))
            )
        elif place % 5 < 4:
            some = chance.choice(titles).split()
            first = chance.randrange(len(some) - 3)
            typed.append(" ".join([*some[first : first + 2], some[first + 2][:4]]))
        else:
            typed.append(" ".join([chance.choice(_FIELD), *chance.sample(_COMMITTEES, place % 2)]))
    return typed


def asks_the_list(user: User) -> Question:
    """What the view does before it draws."""

    def ask(text: str) -> object:
        params = QueryDict(mutable=True)
        params["q"] = text
        form = MeasureFilters(params, user=user, day=TODAY)
        visible = Measure.objects.visible_to(user)
        found = form.narrow(visible)

        def fetch(rows: MeasureQuerySet) -> MeasureQuerySet:
            return form.ranked(rows).select_related("session__jurisdiction").with_stage(TODAY)

        return listing.page_and_count(form.ranked(found), visible, params, form.order, fetch=fetch)

    return ask


_POSTGRESQL = (
    "SELECT measure_id FROM legislation_measuretext"
    " WHERE array_to_tsvector(string_to_array(words, ' ')) @@ %s::tsquery"
)
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


def milliseconds(ask: Question, typed: list[str]) -> list[float]:
    spent = []
    for text in typed:
        began = time.perf_counter()
        ask(text)
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def p95(spent: list[float]) -> float:
    return statistics.quantiles(spent, n=20)[-1]


def compare(typed: list[str]) -> None:
    user = User.objects.create(email="reader@example.org", full_name="A Reader")
    ask = asks_the_list(user)
    for text in typed[:50]:
        ask(text)
        asks_by_hand(text)
    portal, by_hand = milliseconds(ask, typed), milliseconds(asks_by_hand, typed)
    for name, spent in (("portal", portal), ("by hand", by_hand)):
        print(f"{name:<10} median {statistics.median(spent):8.2f} ms   p95 {p95(spent):8.2f} ms")
    print(f"ratio of p95: {p95(portal) / p95(by_hand):.2f}   at most {RATIO_AT_MOST}")
    if connection.vendor == "postgresql":
        print(f"on PostgreSQL the portal's p95 is to stay under {MILLISECONDS_ON_POSTGRESQL} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description="The search over measures against bare SQL.")
    parser.add_argument("--measures", type=int, default=MEASURES)
    parser.add_argument("--actions", type=int, default=ACTIONS_EACH, help="to each measure")
    sizes = parser.parse_args(sys.argv[1:])
    chance = random.Random(2027)
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        began = time.perf_counter()
        asked = build(sizes.measures, sizes.actions, chance)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        built = time.perf_counter() - began
        print(
            f"{connection.vendor}: {Measure.objects.count():,} measures, {MeasureAction.objects.count():,} actions,"
            f" built and indexed in {built:.0f} s (load {os.getloadavg()[0]:.1f})"
        )
        compare(questions(asked, chance))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
