"""A record of 250,000 measures with 3,000,000 actions, made of the words of real ones: always the same for one size.

Every title is the first half of one real title and the second half of another, and every history that of a third
measure, so that words are as common, and meet as often, as they do in legislatures. What is rare there is not as rare
here: a name that one bill in 2,500 bears stands on a hundred measures.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.db import connection
from django.utils import timezone

from legislation.actions.bulk import insert_rows
from legislation.measure_search import index_measures
from legislation.models import (
    Jurisdiction,
    LegislativeSession,
    Measure,
    MeasureAction,
    MeasureText,
    Stage,
    StageEvent,
)
from legislation.models.measure import number_key
from legislation.models.measure_text import words_of
from legislation.sources.measures.catalogue import READERS
from legislation.sources.measures.records import MeasureRecord

PLACES, SESSIONS_EACH = 50, 5
CHECKED = 40
_EMPTY = ("short_name", "title_fr", "other_titles", "summary_fr", "subjects")
# Primes: which history, which other title and which day a measure has is a matter of its key alone.
_HISTORY, _TAIL, _ABOUT, _DAY = 7_919, 104_729, 15_485_863, 31
_FIRST_DAY, _DAYS, _BETWEEN = date(2019, 1, 7), 2_600, 5
_STAGES = ((Stage.INTRODUCED, 0), (Stage.COMMITTEE_1, 1), (Stage.REPORTED_1, 3))
FILES = (
    ("openstates-scrape", "openstates-scrape/wy-2026.tar.gz"),
    ("openstates-scrape", "openstates-scrape/gu-38th.tar.gz"),
    ("openstates-scrape", "openstates-scrape/us-119-health-it.tar.gz"),
    ("legiscan-csv", "legiscan-csv/mi-2025-2026.tar.gz"),
    ("legisinfo", "legisinfo/45-1.tar.gz"),
)


@dataclass(frozen=True)
class Originals:
    """What real measures are made of."""

    heads: list[str]
    tails: list[str]
    abouts: list[str]
    histories: list[list[str]]

    @classmethod
    def read(cls, staged: Path, actions_each: int) -> "Originals":
        records = [one for one in real_measures(staged) if one.title_en and one.actions]
        lines = [action.text for one in records for action in one.actions or ()]
        return cls(
            heads=[_halves(one.title_en)[0] for one in records],
            tails=[_halves(one.title_en)[1] for one in records],
            abouts=[f"{one.summary_en} {' '.join(one.subjects)}".strip()[:1_200] for one in records],
            histories=[
                lines[start : start + actions_each]
                for start in range(0, len(lines) - actions_each, max(actions_each // 2, 1))
            ],
        )

    def title(self, key: int) -> str:
        return f"{self.heads[key % len(self.heads)]} {self.tails[key * _TAIL % len(self.tails)]}"[:2_000]

    def about(self, key: int) -> str:
        return self.abouts[key * _ABOUT % len(self.abouts)]

    def history(self, key: int) -> list[str]:
        return self.histories[key * _HISTORY % len(self.histories)]


def real_measures(staged: Path) -> Iterator[MeasureRecord]:
    for source, name in FILES:
        for file in READERS[source](staged / name):
            yield from (one for one in file.records if isinstance(one, MeasureRecord))


def _halves(title: str) -> tuple[str, str]:
    words = title.split()
    middle = (len(words) + 1) // 2
    return " ".join(words[:middle]), " ".join(words[middle:])


@contextmanager
def own_database(keep: Path | None) -> Iterator[None]:
    """A database of its own, which is thrown away unless it is to be kept: then it is found again the next time."""
    if connection.vendor == "sqlite" and keep:
        keep.mkdir(parents=True, exist_ok=True)
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(keep / "measures.sqlite3")
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=keep is not None)
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # One process for each question, so that its processor time is all of it; building takes its time.
                cursor.execute("SET statement_timeout = 0; SET max_parallel_workers_per_gather = 0")
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0, keepdb=keep is not None)


def build(originals: Originals, measures: int, actions_each: int) -> None:
    """Nothing where it is there already."""
    if Measure.objects.count() == measures:
        return
    sessions = [session.pk for session in _sessions()]
    insert_rows(
        Measure,
        ("id", "session", "number", "number_key", "kind", "title_en", "title_fr", "other_titles", "summary_en",
         "summary_fr", "subjects", "short_name", "url", "search_text", "last_action_on"),
        (_measure(key, sessions, originals, actions_each) for key in range(1, measures + 1)),
    )  # fmt: skip
    _write_histories(originals)
    with _index_made_afterwards():
        now = timezone.now()
        insert_rows(
            MeasureText,
            ("measure", "words", "added_at", "changed_at"),
            ((key, _words(key, len(sessions), originals), now, now) for key in range(1, measures + 1)),
        )
    _check(measures)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _sessions() -> Iterator[LegislativeSession]:
    for place in range(PLACES):
        ocd_id = f"ocd-jurisdiction/{place}"
        home = Jurisdiction.objects.create(ocd_id=ocd_id, name=f"Place {place}", level="state")
        for number in range(SESSIONS_EACH):
            yield LegislativeSession.objects.create(
                jurisdiction=home, identifier=f"{number}R", name=str(number)
            )


def printed(key: int, sessions: int) -> str:
    """The number of the measure with this key."""
    return f"{'HS'[key // sessions % 2]}B {key // sessions + 1}"


def _measure(key: int, sessions: list[int], originals: Originals, actions_each: int) -> tuple[object, ...]:
    number, title = printed(key, len(sessions)), originals.title(key)
    newest = _first_day(key) + timedelta(days=_BETWEEN * (actions_each - 1))
    session = sessions[key % len(sessions)]
    return (
        key, session, number, number_key(number), "bill", title, "", "", originals.about(key), "", "", "", "",
        title[:1300], newest,
    )  # fmt: skip


def _first_day(key: int) -> date:
    return _FIRST_DAY + timedelta(days=key * _DAY % _DAYS)


def _write_histories(originals: Originals) -> None:
    """Three million rows: the database makes them itself, from the real histories and the keys of the measures."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE line (history integer, place integer, text text)")
        cursor.executemany(
            "INSERT INTO line VALUES (%s, %s, %s)",
            [
                (history, place, text)
                for history, lines in enumerate(originals.histories)
                for place, text in enumerate(lines)
            ],
        )
        cursor.execute(
            f"INSERT INTO {MeasureAction._meta.db_table}"  # noqa: S608 (names of ours)
            ' (measure_id, "order", "on", text, text_fr, chamber, classification)'
            f" SELECT measure.id, place, {_day(f'place * {_BETWEEN}')}, text, '', '', ''"
            f" FROM {Measure._meta.db_table} AS measure"
            f" JOIN line ON history = measure.id * {_HISTORY} %% {len(originals.histories)}"
            " ORDER BY measure.id, place",
            (),
        )
        for stage, place in _STAGES:
            cursor.execute(
                f"INSERT INTO {StageEvent._meta.db_table}"  # noqa: S608 (names of ours)
                ' (measure_id, "on", stage, local_label, chamber, "order", note, url)'
                f" SELECT measure.id, {_day(str(place * _BETWEEN))}, %s, '', '', 0, '', ''"
                f" FROM {Measure._meta.db_table} AS measure",
                [stage.value],
            )


def _day(after: str) -> str:
    """The day of a line as the engine reckons it: so many days after the first of its measure."""
    days = f"measure.id * {_DAY} %% {_DAYS} + {after}"
    if connection.vendor == "postgresql":
        return f"DATE '{_FIRST_DAY}' + ({days})::integer"
    return f"date('{_FIRST_DAY}', '+' || ({days}) || ' days')"


@contextmanager
def _index_made_afterwards() -> Iterator[None]:
    """The index of words is put aside while its rows are written, as by any load of this size, and made at the end."""
    table = MeasureText._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [f"{table}_words"])
            aside = cursor.fetchone()[0]
            cursor.execute(f"DROP INDEX {table}_words")
            yield
            cursor.execute(aside)
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [f"{table}_added"])
        aside = cursor.fetchone()[0]
        cursor.execute(f"DROP TRIGGER {table}_added")
        yield
        cursor.execute(f"INSERT INTO {table}_words({table}_words) VALUES ('rebuild')")  # noqa: S608 (names of ours)
        cursor.execute(aside)


@dataclass(frozen=True)
class _Line:
    order: int
    text: str
    text_fr: str = ""


@dataclass(frozen=True)
class _Lines:
    lines: list[_Line]

    def all(self) -> list[_Line]:
        return self.lines


def _words(key: int, sessions: int, originals: Originals) -> str:
    """What is to be indexed, without fetching what was just written."""
    number, nothing = printed(key, sessions), dict.fromkeys(_EMPTY, "")
    lines = [_Line(order, text) for order, text in enumerate(originals.history(key))]
    return words_of(
        SimpleNamespace(
            number=number,
            number_key=number_key(number),
            title_en=originals.title(key),
            summary_en=originals.about(key),
            actions=_Lines(lines),
            **nothing,
        )
    )


def _check(measures: int) -> None:
    """The portal's own clerk finds nothing to mend in what was written without it."""
    began = timezone.now()
    index_measures(range(1, measures + 1, max(measures // CHECKED, 1)))
    mended = MeasureText.objects.filter(changed_at__gt=began).count()
    if mended:
        raise AssertionError(f"{mended} measures were not indexed as the portal does it")
