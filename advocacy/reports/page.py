"""What stands on the page of a report: numbers for this reader, and the records behind them that they may read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.interactions.models import FollowUp, Interaction, MeetingRequest, State
from advocacy.interactions.models.followup import FollowUpQuerySet
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.kernel.periods import Month
from advocacy.positions.models import Tracking
from advocacy.reports import followed_dates, numbers
from advocacy.reports.metrics import contacts, promises, research
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import ChapterReport
from advocacy.research.models import ResearchActivity
from advocacy.research.models.activity import ResearchActivityQuerySet
from members.access import reach_of
from members.models import Chapter

NEXT_DAYS = timedelta(days=60)
OLDEST = 5


@dataclass(frozen=True)
class Reached:
    """The contacts of the month that the reader may see here, and how many were counted besides."""

    contacts: list[Interaction]
    restricted: int

    @property
    def not_shown(self) -> str:
        if not self.restricted:
            return ""
        return ngettext(
            "%(count)d restricted record counted, not shown",
            "%(count)d restricted records counted, not shown",
            self.restricted,
        ) % {"count": self.restricted}


def reads_restricted(user: User, chapter: Chapter) -> bool:
    """Whether the chapter's restricted records are open to this person anyway."""
    reach = reach_of(user)
    return reach.is_staff or chapter.pk in reach.advocate_of


def lines(report: ChapterReport, user: User) -> list[numbers.Line]:
    """The table of numbers, without cells that would point at single restricted records."""
    found = numbers.compared(Scope.of_chapter(report.chapter), report.month)
    if reads_restricted(user, report.chapter):
        return found
    return [
        replace(
            line,
            now=numbers.hide_small(line.now),
            before=numbers.hide_small(line.before),
            last_year=numbers.hide_small(line.last_year),
            to_date=numbers.hide_small(line.to_date),
        )
        for line in found
    ]


def late_additions(report: ChapterReport) -> str:
    """“Late additions: 1 (Feb)”: what was logged in this month for months that had been issued."""
    found = numbers.late_additions(Scope.of_chapter(report.chapter), report.month)
    if not found:
        return ""
    months = ", ".join(date_format(month.first, "M") for month in found)
    number = sum(rows.count() for rows in found.values())
    return _("Late additions: %(count)d (%(months)s)") % {"count": number, "months": months}


def reached(report: ChapterReport, user: User) -> Reached:
    rows = contacts.meaningful(Scope.of_chapter(report.chapter), Window.of(report.month))
    shown = readable(rows, user).exportable().with_parties().prefetch_related("asks__measure__session")
    return Reached(list(shown.order_by("occurred_on", "pk")), numbers.restricted_rows(rows))


def readable(rows: InteractionQuerySet, user: User) -> InteractionQuerySet:
    return Interaction.objects.visible_to(user).filter(pk__in=rows.order_by().values("pk"))


def researched(report: ChapterReport, user: User) -> ResearchActivityQuerySet:
    """What was held in the month, as far as this reader may read it; nothing restricted."""
    rows = research.held(Scope.of_chapter(report.chapter), Window.of(report.month))
    return ResearchActivity.objects.visible_to(user).filter(pk__in=rows.order_by().values("pk"))


def oldest_overdue(report: ChapterReport, user: User) -> FollowUpQuerySet:
    rows = promises.overdue(Scope.of_chapter(report.chapter), Window.of(report.month))
    mine = FollowUp.objects.visible_to(user).exportable().filter(pk__in=rows.order_by().values("pk"))
    return mine.select_related("owner", "official").order_by("due_on", "pk")[:OLDEST]


@dataclass(frozen=True)
class Ahead:
    """Something with a date in the next sixty days."""

    on: date
    what: str
    url: str


def next_days(report: ChapterReport, user: User, today: date) -> list[Ahead]:
    """Planned contacts and confirmed meetings of the chapter; hearings and session dates of what it follows."""
    until = today + NEXT_DAYS
    planned = (
        Interaction.objects.visible_to(user)
        .exportable()
        .filter(Q(occurred_on__gte=today, occurred_on__lt=until), state=State.PLANNED, chapter=report.chapter)
    )
    confirmed = MeetingRequest.objects.visible_to(user).filter(
        chapter=report.chapter, confirmed_on__gte=today, confirmed_on__lt=until, interaction=None
    )
    found = [Ahead(one.occurred_on, one.summary, one.get_absolute_url()) for one in planned]
    found += [
        Ahead(one.confirmed_on, f"{one.official}: {one.purpose}", one.get_absolute_url())
        for one in confirmed.select_related("official")
        if one.confirmed_on
    ]
    found += _of_what_is_followed(report, user, today)
    return sorted(found, key=lambda one: (one.on, one.what, one.url))


def _of_what_is_followed(report: ChapterReport, user: User, today: date) -> Iterator[Ahead]:
    rows = Tracking.objects.visible_to(user).filter(chapter=report.chapter).tracked(today)
    keys = sorted(set(rows.order_by().values_list("measure", flat=True)))
    until = today + NEXT_DAYS
    for coming in followed_dates.hearings(keys, today, until):
        yield Ahead(coming.on, coming.what, coming.hearing.get_absolute_url())
    for one in followed_dates.deadlines(keys, today, until):
        place = one.session.jurisdiction
        yield Ahead(one.on, f"{place}: {one}", place.get_absolute_url())


def newest_period(user: User, now: datetime) -> Month:
    """The month people are working on: the newest opened one, else the last that is over."""
    last = ChapterReport.objects.visible_to(user).order_by("-period").values_list("period", flat=True).first()
    return Month.parse(last) if last else Month.of(user.today(now)).previous()
