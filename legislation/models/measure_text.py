"""The words by which a measure is found, and how both engines are asked for them.

Every word is kept once, folded, behind a digit that says where it stands: `1hb126 2telehealth 4referred`. A search for
words in titles asks for them behind 1 or 2. So neither engine needs a dictionary, a parser or an extension, and both
give the same rows in the same order: PostgreSQL from a GIN index over these words, SQLite from an FTS5 table that
triggers keep (migrations 0010 and 0014).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, ClassVar

from django.db import connections, models
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.folding import fold

# Where a word stands, the best place first; `IN_TITLE` means in the number or a title, and so on.
NUMBER, TITLE, ABOUT, HISTORY = "1", "2", "3", "4"
IN_NUMBER, IN_TITLE, IN_ABOUT, ANYWHERE = NUMBER, NUMBER + TITLE, NUMBER + TITLE + ABOUT, "1234"
# A day before all others: a key of a list is never NULL.
NOTHING_HAPPENED = date(1, 1, 1)

_WORD = re.compile(r"[^\W_]+")
_LETTERS_OR_DIGITS = re.compile(r"[a-z]+|[0-9]+")
_LIKE_A_NUMBER = re.compile(r"[A-Z]{0,8}[0-9]{1,7}[A-Z]{0,2}")
_LONGEST_WORD = 40
# PostgreSQL keeps at most a megabyte of words in a row; what goes beyond this is the oldest part of a long history.
_MOST_WORDS = 6_000
_LONGEST_QUESTION, _MOST_TERMS = 400, 8

_POSTGRESQL = "SELECT measure_id FROM legislation_measuretext WHERE legislation_words(words) @@ %s::tsquery"
_SQLITE = "SELECT rowid FROM legislation_measuretext_words WHERE legislation_measuretext_words MATCH %s"


@dataclass(frozen=True)
class Wanted:
    """What somebody typed: its words, of which the last may be unfinished, and the number it may be instead."""

    terms: tuple[str, ...]
    number: str = ""

    @classmethod
    def of(cls, text: str, key: str) -> "Wanted":
        """`key` is the text read as the number of a measure."""
        found = _WORD.findall(fold(text[:_LONGEST_QUESTION]))[:_MOST_TERMS]
        number = key.lower() if _LIKE_A_NUMBER.fullmatch(key) else ""
        return cls(tuple(word[:_LONGEST_WORD] for word in found), number)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def on_postgresql(self, places: str) -> str:
        words = " & ".join(
            f"({' | '.join(_lexeme(place, word, is_last) for place in places)})"
            for word, is_last in self._with_last()
        )
        return f"({words}) | {_lexeme(NUMBER, self.number, True)}" if self.number else words

    def on_sqlite(self, places: str) -> str:
        words = " AND ".join(
            f"({' OR '.join(_token(place, word, is_last) for place in places)})"
            for word, is_last in self._with_last()
        )
        return f"({words}) OR {_token(NUMBER, self.number, True)}" if self.number else words

    def _with_last(self) -> Iterator[tuple[str, bool]]:
        last = len(self.terms) - 1
        return ((word, place == last) for place, word in enumerate(self.terms))


def _lexeme(place: str, word: str, may_go_on: bool) -> str:
    return f"'{place}{word}':*" if may_go_on else f"'{place}{word}'"


def _token(place: str, word: str, may_go_on: bool) -> str:
    return f'"{place}{word}" *' if may_go_on else f'"{place}{word}"'


class MeasureTextQuerySet(models.QuerySet["MeasureText"]):
    def keys_of(self, wanted: Wanted, places: str = ANYWHERE) -> RawSQL:
        """The keys of measures that have every wanted word in one of `places`, or that number."""
        if connections[self.db].vendor == "postgresql":
            return RawSQL(_POSTGRESQL, [wanted.on_postgresql(places)])  # noqa: S611 (words are a parameter)
        return RawSQL(_SQLITE, [wanted.on_sqlite(places)])  # noqa: S611 (words are a parameter)


class MeasureText(models.Model):
    """What search reads of one measure. `keep` alone writes it, and says when something changed."""

    measure = models.OneToOneField(
        "legislation.Measure",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="text",
        verbose_name=_("measure"),
    )
    words = models.TextField(editable=False)
    added_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False, db_index=True)

    objects: ClassVar[models.Manager["MeasureText"]] = models.Manager.from_queryset(MeasureTextQuerySet)()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        ordering = ["measure"]

    def __str__(self) -> str:
        return str(self.measure)


def keep(measures: Iterable[Any]) -> None:
    """Bring what search knows of these measures up to date, and the day of their newest action.

    A list of up to some hundred rows; `actions` and `stage_events` may be fetched ahead. A day that lies ahead is not
    counted until it has come: `measure_search.index_days_that_came` sees to that.
    """
    rows = list(measures)
    known = {
        text.measure_id: text for text in MeasureText.objects.filter(measure__in=[row.pk for row in rows])
    }
    now, texts, moved = timezone.now(), [], []
    for row in rows:
        words, newest = words_of(row), _newest(row, now.date())
        text, has_moved = known.get(row.pk), newest != row.last_action_on
        if has_moved:
            row.last_action_on = newest
            moved.append(row)
        if text is None or text.words != words or has_moved:
            added_at = text.added_at if text else now
            texts.append(MeasureText(measure_id=row.pk, words=words, added_at=added_at, changed_at=now))
    MeasureText.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["measure"], update_fields=["words", "changed_at"]
    )
    for day, of_a_day in groupby(sorted(moved, key=_last_action_on), key=_last_action_on):
        found = list(of_a_day)
        type(found[0])._base_manager.filter(pk__in=[row.pk for row in found]).update(last_action_on=day)


def words_of(measure: Any) -> str:
    """Each word once, where it stands best; the newest actions first, so that the oldest are cut if any are."""
    actions = sorted(measure.actions.all(), key=lambda action: -action.order)
    parts = {
        NUMBER: _number_words(measure.number, measure.number_key),
        TITLE: _words(f"{measure.short_name} {measure.title_en} {measure.title_fr} {measure.other_titles}"),
        ABOUT: _words(f"{measure.summary_en} {measure.summary_fr} {measure.subjects}"),
        HISTORY: (word for one in actions for text in (one.text, one.text_fr) for word in _words(text)),
    }
    best: dict[str, str] = {}
    for place, words in parts.items():
        for word in words:
            best.setdefault(word, place)
    return " ".join(f"{place}{word}" for word, place in list(best.items())[:_MOST_WORDS])


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    # Remembered: legislatures write the same lines over and over, "Read first time" above all.
    return tuple(dict.fromkeys(word[:_LONGEST_WORD] for word in _WORD.findall(fold(text))))


def _number_words(number: str, key: str) -> Iterator[str]:
    """`HB0126` is found by hb0126, hb126, hb, 0126 and 126."""
    for text in (fold(number), key.lower()):
        yield from _WORD.findall(text)
        yield from _LETTERS_OR_DIGITS.findall(text)


def _newest(measure: Any, today: date) -> date:
    """Of what has happened: sources also list what is planned, such as the day of effect, and mistype years.

    `today` is the day in Greenwich, which in America is never behind that of the legislature.
    """
    days = [one.on for one in measure.actions.all() if one.on <= today]
    days = days or [step.on for step in measure.stage_events.all() if step.on <= today]
    return max(days, default=NOTHING_HAPPENED)


def _last_action_on(measure: Any) -> date:
    day: date = measure.last_action_on
    return day
