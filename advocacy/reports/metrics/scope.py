"""Of whom, and of which days, a number speaks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, Self

from django.db.models import F, IntegerField, Q, QuerySet, Value

from advocacy.interactions.models import Credit, Interaction
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.kernel.periods import Month
from advocacy.kernel.zones import today_in
from members.models import Chapter, JurisdictionTeam
from members.models.chapter import ChapterQuerySet

_DAY = timedelta(days=1)
# The group of everything, where nothing is told apart. No chapter has this key.
TOGETHER = 0
Grouped = dict[int, list[Any]]


class By(Enum):
    """Whether what is counted counts for the scope as a whole, or for each of its chapters."""

    ALL = "all"
    CHAPTER = "chapter"


@dataclass(frozen=True)
class Window:
    """Days from `first` to the one before `end`; records belong to the day on which they happened."""

    first: date
    end: date

    @classmethod
    def of(cls, period: Month) -> Self:
        return cls(period.first, period.end)

    @property
    def last(self) -> date:
        return self.end - _DAY

    def holds(self, field: str) -> Q:
        return Q(**{f"{field}__gte": self.first, f"{field}__lt": self.end})


@dataclass(frozen=True)
class Scope:
    """One chapter, the chapters of a team, or all of them (`chapters` is None). What is shared counts once in it."""

    name: str
    zone: str
    chapters: frozenset[int] | None = None
    chapter: Chapter | None = None

    @classmethod
    def of_chapter(cls, chapter: Chapter) -> Self:
        return cls(chapter.name, chapter.time_zone, frozenset({chapter.pk}), chapter)

    @classmethod
    def of_chapters(cls, chapters: Iterable[Chapter], name: str, zone: str) -> Self:
        """Several chapters, which can be told apart."""
        return cls(name, zone, frozenset(chapter.pk for chapter in chapters))

    @classmethod
    def of_team(cls, team: JurisdictionTeam, zone: str) -> Self:
        return cls(team.name, zone, frozenset(team.chapters().values_list("pk", flat=True)))

    @classmethod
    def of_nation(cls, name: str, zone: str) -> Self:
        return cls(name, zone)

    def own(self, field: str = "chapter") -> Q:
        """Rows that belong to a chapter of this scope."""
        return Q() if self.chapters is None else Q(**{f"{field}__in": self.chapters})

    def members(self) -> ChapterQuerySet:
        chapters = ChapterQuerySet(Chapter)
        return chapters.all() if self.chapters is None else chapters.filter(pk__in=self.chapters)

    def credited(self) -> InteractionQuerySet:
        """Contacts credited to a chapter of this scope, each once."""
        rows = InteractionQuerySet(Interaction)
        if self.chapters is None:
            return rows.all()
        credits = Credit.objects.filter(chapter__in=self.chapters).order_by().values("interaction")
        return rows.filter(pk__in=credits)

    def among(self, by: By) -> Self:
        """Where to look for contacts: told apart, each finds its chapters by itself in `grouped`, and asking before
        whether it has one of sixty would read the whole log for nothing."""
        return self if by is By.ALL else replace(self, chapters=None)

    def grouped(self, rows: "QuerySet[Any]", by: By, chapter: str) -> "QuerySet[Any, Any]":
        """The rows in no order, with the `group` that each counts for.

        A contact that chapters share comes once for each of them, also for chapters of no interest here, and once
        where all is counted together.
        """
        found: QuerySet[Any, Any] = rows.order_by()
        group = F(chapter) if by is By.CHAPTER else Value(TOGETHER, output_field=IntegerField())
        told_apart: QuerySet[Any, Any] = found.annotate(group=group)
        return told_apart

    def zones(self, by: By) -> dict[int, str]:
        """The time zone that each group keeps its days in."""
        if by is By.ALL:
            return {TOGETHER: self.zone}
        return dict(Chapter.objects.order_by().values_list("pk", "time_zone"))

    def day(self, moment: datetime) -> date:
        return today_in(self.zone, moment)


def by_group(rows: Iterable[Sequence[Any]]) -> Grouped:
    """Rows that begin with their group, put together by it, without it."""
    found: Grouped = {}
    for group, *rest in rows:
        found.setdefault(group, []).append(tuple(rest))
    return found
