"""Whether a chapter is well, and always why (DOMAIN.md §6.3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.interactions.models import FollowUp
from advocacy.kernel.periods import Month
from advocacy.kernel.zones import today_in
from advocacy.reports.metrics import contacts
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import ChapterReport, ReportState
from legislation.models import LegislativeSession
from members.models import Chapter, ChapterTerritory, Role, RoleAssignment

NEW_FOR = timedelta(days=90)
WITHOUT_ADVOCATE = timedelta(days=30)
OVERDUE_FOR = timedelta(days=14)
IN_SESSION, OUT_OF_SESSION = timedelta(days=60), timedelta(days=120)
_DAY = timedelta(days=1)


class Colour(models.TextChoices):
    GREEN = "green", gettext_lazy("Green")
    AMBER = "amber", gettext_lazy("Amber")
    RED = "red", gettext_lazy("Red")
    GREY = "grey", gettext_lazy("New")


_TONES = {Colour.GREEN: "good", Colour.AMBER: "warn", Colour.RED: "bad", Colour.GREY: "neutral"}


@dataclass(frozen=True)
class Health:
    colour: Colour
    reasons: list[str] = field(default_factory=list)

    @property
    def tone(self) -> str:
        return _TONES[self.colour]

    @property
    def label(self) -> str:
        return str(self.colour.label)


def health_of(chapter: Chapter, now: datetime) -> Health:
    return healths([chapter], now)[chapter.pk]


def healths(chapters: Sequence[Chapter], now: datetime) -> dict[int, Health]:
    """Green where nothing fails, amber where one thing does, red from two on or long without an advocate.

    As many queries for many chapters as for one.
    """
    signs = _Signs(chapters, now)
    return {chapter.pk: _judged(chapter, signs) for chapter in chapters}


def _judged(chapter: Chapter, signs: "_Signs") -> Health:
    if signs.day(chapter) - chapter.starts_on < NEW_FOR:
        return Health(Colour.GREY, [_("A new chapter, in its first 90 days.")])
    vacant_for = signs.days_without_advocate(chapter)
    checks = (_advocate(vacant_for), signs.report(chapter), signs.contact(chapter), signs.overdue(chapter))
    failed = [reason for reason in checks if reason]
    if len(failed) > 1 or (vacant_for is not None and vacant_for > WITHOUT_ADVOCATE.days):
        return Health(Colour.RED, failed)
    if failed:
        return Health(Colour.AMBER, failed)
    return Health(Colour.GREEN, [_("Advocate in post, report on time, in contact, nothing long overdue.")])


def _advocate(vacant_for: int | None) -> str:
    if vacant_for is None:
        return ""
    return _("No advocate for %(days)d days.") % {"days": vacant_for}


class _Signs:
    """What the record tells of these chapters, fetched for all of them at once."""

    def __init__(self, chapters: Sequence[Chapter], now: datetime) -> None:
        self.now = now
        keys = [chapter.pk for chapter in chapters]
        days = [self.day(chapter) for chapter in chapters] or [now.date()]
        self.roles = _grouped(
            RoleAssignment.objects.filter(chapter__in=keys, role=Role.ADVOCATE).order_by("pk")
        )
        reported = ChapterReport.objects.filter(chapter__in=keys).exclude(state=ReportState.EXCUSED)
        places = "chapter__territories__jurisdiction"
        newest = reported.filter(period__gte=str(Month.of(min(days) - IN_SESSION - IN_SESSION)))
        self.reports = _grouped(
            newest.select_related("chapter").prefetch_related(places).order_by("-period", "pk")
        )
        self.sitting = in_session(keys, max(days))
        recent = Window(min(days) - OUT_OF_SESSION, max(days) + _DAY)
        # Of every chapter: with keys to look for, SQLite begins at their credits of ten years and not at these days.
        met = contacts.meaningful(Scope.of_nation("", "UTC"), recent)
        last = met.order_by().values_list("credits__chapter").annotate(Max("occurred_on"))
        self.last_contact = dict(last)
        late = FollowUp.objects.of_kept_records().filter(chapter__in=keys)
        self.late = _grouped(late.overdue(max(days) - OVERDUE_FOR).only("chapter", "due_on"))

    def day(self, chapter: Chapter) -> date:
        return today_in(chapter.time_zone, self.now)

    def days_without_advocate(self, chapter: Chapter) -> int | None:
        """None while somebody holds the role."""
        day = self.day(chapter)
        begun = [role for role in self.roles.get(chapter.pk, []) if role.starts_on <= day]
        if any(role.is_in_force(day) for role in begun):
            return None
        return (day - max((role.ends_on for role in begun if role.ends_on), default=chapter.starts_on)).days

    def report(self, chapter: Chapter) -> str:
        """The newest report that was due; one from which the chapter was excused says nothing."""
        rows: list[ChapterReport] = self.reports.get(chapter.pk, [])
        last = next((row for row in rows if row.due_at < self.now), None)
        if last is None or last.was_on_time:
            return ""
        return _("The report for %(month)s was not on time.") % {
            "month": date_format(last.month.first, "F Y")
        }

    def contact(self, chapter: Chapter) -> str:
        within = IN_SESSION if chapter.pk in self.sitting else OUT_OF_SESSION
        last = self.last_contact.get(chapter.pk)
        if last is not None and last > self.day(chapter) - within:
            return ""
        return _("No meaningful interaction in the last %(days)d days.") % {"days": within.days}

    def overdue(self, chapter: Chapter) -> str:
        before = self.day(chapter) - OVERDUE_FOR
        number = sum(row.due_on < before for row in self.late.get(chapter.pk, []))
        return _("Follow-ups overdue for more than 14 days: %(count)d.") % {"count": number} if number else ""


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.chapter_id, []).append(row)
    return found


def in_session(chapters: Sequence[int], day: date) -> set[int]:
    """Chapters of whose territory a legislature sits on this day."""
    sitting = LegislativeSession.objects.sitting(day)
    places = ChapterTerritory.objects.filter(
        chapter__in=chapters, jurisdiction__in=sitting.order_by().values("jurisdiction")
    )
    return set(places.order_by().values_list("chapter", flat=True))
