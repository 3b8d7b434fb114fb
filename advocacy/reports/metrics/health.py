"""Whether a chapter is well, and always why (DOMAIN.md §6.3)."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.interactions.models import FollowUp
from advocacy.kernel.zones import today_in
from advocacy.reports.metrics import contacts
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import ChapterReport, ReportState
from legislation.models import LegislativeSession
from members.models import Chapter, Role, RoleAssignment

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
    """Green where nothing fails, amber where one thing does, red from two on or long without an advocate."""
    day = today_in(chapter.time_zone, now)
    if day - chapter.starts_on < NEW_FOR:
        return Health(Colour.GREY, [_("A new chapter, in its first 90 days.")])
    vacant_for = _days_without_advocate(chapter, day)
    checks = (_advocate(vacant_for), _report(chapter, now), _contact(chapter, day), _overdue(chapter, day))
    failed = [reason for reason in checks if reason]
    if len(failed) > 1 or (vacant_for is not None and vacant_for > WITHOUT_ADVOCATE.days):
        return Health(Colour.RED, failed)
    if failed:
        return Health(Colour.AMBER, failed)
    return Health(Colour.GREEN, [_("Advocate in post, report on time, in contact, nothing long overdue.")])


def _days_without_advocate(chapter: Chapter, day: date) -> int | None:
    """None while somebody holds the role."""
    roles = RoleAssignment.objects.filter(chapter=chapter, role=Role.ADVOCATE, starts_on__lte=day)
    if roles.in_force(day).exists():
        return None
    last = roles.filter(ends_on__lte=day).order_by("-ends_on").values_list("ends_on", flat=True).first()
    return (day - (last or chapter.starts_on)).days


def _advocate(vacant_for: int | None) -> str:
    if vacant_for is None:
        return ""
    return _("No advocate for %(days)d days.") % {"days": vacant_for}


def _report(chapter: Chapter, now: datetime) -> str:
    """The newest report that was due; one from which the chapter was excused says nothing."""
    rows = (
        ChapterReport.objects.filter(chapter=chapter).exclude(state=ReportState.EXCUSED).order_by("-period")
    )
    last = next((row for row in rows.select_related("chapter")[:3] if row.due_at < now), None)
    if last is None or last.was_on_time:
        return ""
    return _("The report for %(month)s was not on time.") % {"month": date_format(last.month.first, "F Y")}


def _contact(chapter: Chapter, day: date) -> str:
    within = IN_SESSION if _is_in_session(chapter, day) else OUT_OF_SESSION
    recent = Window(day - within + _DAY, day + _DAY)
    if contacts.meaningful(Scope.of_chapter(chapter), recent).exists():
        return ""
    return _("No meaningful interaction in the last %(days)d days.") % {"days": within.days}


def _is_in_session(chapter: Chapter, day: date) -> bool:
    sessions = LegislativeSession.objects.filter(
        jurisdiction__in=chapter.territories.values("jurisdiction"), starts_on__lte=day
    )
    return sessions.filter(Q(ends_on=None) | Q(ends_on__gt=day)).exists()


def _overdue(chapter: Chapter, day: date) -> str:
    late = FollowUp.objects.of_kept_records().filter(chapter=chapter).overdue(day - OVERDUE_FOR)
    number = late.count()
    return _("Follow-ups overdue for more than 14 days: %(count)d.") % {"count": number} if number else ""
