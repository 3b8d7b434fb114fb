"""The campaigns of a chapter's report: those that ran in the month, and what its people did in them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Q, QuerySet

from advocacy.accounts.models import User
from advocacy.kernel.schedules import moment_of
from advocacy.kernel.zones import today_in
from advocacy.reports.metrics import campaigns as acts_of
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import ChapterReport
from campaigns.models import Campaign, StatusChange
from campaigns.models.choices import Status


@dataclass(frozen=True)
class Line:
    """One campaign: how many people credited to the chapter took part in the month."""

    campaign: Campaign
    acted: int


def ran(report: ChapterReport, user: User) -> list[Line]:
    """Live for a moment of the month, or closed in it; run by the chapter, or with it, as far as this reader sees."""
    scope, window = Scope.of_chapter(report.chapter), Window.of(report.month)
    first, end = (moment_of(day, time(), scope.zone) for day in (window.first, window.end))
    joined = Campaign.chapters.through.objects.filter(chapter=report.chapter).values("campaign")
    rows = Campaign.objects.visible_to(user).filter(Q(chapter=report.chapter) | Q(pk__in=joined))
    running = rows.filter(launched_at__lt=end).exclude(pk__in=_over_before(first).values("campaign"))
    counts = _counted(scope, window)
    found = running.select_related("chapter").order_by("-launched_at", "-pk")
    return [Line(campaign, counts[campaign.pk]) for campaign in found]


def _over_before(moment: datetime) -> QuerySet[StatusChange]:
    return StatusChange.objects.filter(after=Status.CLOSED, at__lt=moment).order_by()


def _counted(scope: Scope, window: Window) -> Counter[int]:
    rows = acts_of.acts(scope, window).order_by().values_list("campaign", "at").iterator()
    return Counter(
        campaign for campaign, moment in rows if window.first <= today_in(scope.zone, moment) < window.end
    )
