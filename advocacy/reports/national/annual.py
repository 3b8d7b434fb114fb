"""The annual impact report: what a fiscal year came to (DOMAIN.md W10).

Like the monthly one it holds only what every reader may see; its numbers are counted from the record, with what was
added late to months that were locked.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.interactions.models import Confidentiality
from advocacy.kernel.periods import Month
from advocacy.reports import numbers
from advocacy.reports.fiscal_year import FiscalYear
from advocacy.reports.metrics import contacts
from advocacy.reports.metrics.figure import Figure, Unit, without_data
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import ChapterReport, ReportState
from advocacy.reports.models.report import ChapterReportQuerySet
from advocacy.reports.national.document import Block, Cell, Column, Document, Drawing
from advocacy.reports.national.headline import change
from advocacy.reports.national.ladder import ladder
from advocacy.reports.national.policy import outcome_matrix
from members.models import Role, RoleAssignment, Society

HEADLINE = ("meaningful", "officials", "coverage", "thanks", "followups", "received")
_DAY = timedelta(days=1)
_HANDED_IN = (ReportState.SUBMITTED, ReportState.ACCEPTED)


def annual(year_from: date, now: datetime) -> Document:
    """The year that begins on `year_from`, in the active language. While it runs: as far as it has come."""
    society = Society.objects.get()
    return Year(society, FiscalYear.of(year_from), now).document()


class Year:
    """One fiscal year of all chapters as it stands at `now`."""

    def __init__(self, society: Society, year: FiscalYear, now: datetime) -> None:
        self.society, self.year, self.now = society, year, now
        self.scope = Scope.of_nation(society.short_name, society.time_zone)
        self.is_over = self.scope.day(now) >= year.end
        # Days that have not come yet have no coverage.
        until = year.end if self.is_over else max(self.scope.day(now) + _DAY, year.first + _DAY)
        self.window = Window(year.first, until)

    def document(self) -> Document:
        return Document(
            title=_("Annual impact report %(year)s") % {"year": self.year},
            subtitle=self.society.name,
            period=f"{self.year.first:%Y-%m}/{self.year.last:%Y-%m}",
            language=(get_language() or "en")[:2],
            data_as_of=f"{self.now.astimezone(ZoneInfo(self.scope.zone)):%Y-%m-%d %H:%M %Z}",
            status=self._status(),
            blocks=[
                self.headline(),
                self.all_numbers(),
                self.by_month(),
                self.coverage(),
                outcome_matrix(self.scope, self.window),
                ladder(self.scope, self.window),
                self.hours(),
                self.stories(),
                self.wins(),
                self.thanks(),
                self.notes(),
            ],
            facts={"society": self.society.name, "scope": self.society.short_name},
        )

    def _status(self) -> str:
        if self.is_over:
            return _("%(first)s to %(last)s") % self._days()
        return _("Draft: the year is not over, and its numbers still change.")

    def _days(self) -> dict[str, str]:
        return {name: date_format(getattr(self.year, name), "DATE_FORMAT") for name in ("first", "last")}

    def _counted(self, window: Window) -> Mapping[str, Figure]:
        figures = numbers.counted(self.scope, window)
        return {code: numbers.hide_small(figure) for code, figure in figures.items()}

    def _year_before(self) -> Mapping[str, Figure]:
        """The same days a year earlier. Without numbers where the record begins later: nothing then is not zero."""
        before = Window(self.year.previous().first, a_year_before(self.window.end))
        if not self.scope.credited().logged().filter(occurred_on__lt=before.end).exists():
            return {code: without_data(metric.unit) for code, metric in METRICS.items()}
        return self._counted(before)

    def headline(self) -> Block:
        now, before = self._both
        return Block(
            "headline",
            _("The year in numbers"),
            [
                Column("number", _("What is counted")),
                Column("value", _("This year"), is_number=True),
                Column("since_last_year", _("Since the year before"), is_number=True),
            ],
            [
                [str(METRICS[code].title), now[code].text(), change(now[code], before[code])]
                for code in HEADLINE
                if code in METRICS
            ],
            drawing=Drawing.TILES,
        )

    @cached_property
    def _both(self) -> tuple[Mapping[str, Figure], Mapping[str, Figure]]:
        return self._counted(self.window), self._year_before()

    def all_numbers(self) -> Block:
        now, before = self._both
        return Block(
            "numbers",
            _("Every number of the year"),
            [
                Column("number", _("What is counted")),
                Column("year", _("This year"), is_number=True),
                Column("year_before", _("The year before"), is_number=True),
                Column("definition", _("What it means")),
            ],
            [
                [str(one.title), now[code].text(), before[code].text(), str(one.definition)]
                for code, one in METRICS.items()
            ],
        )

    def by_month(self) -> Block:
        """Meaningful interactions of each month that has begun. Days are put into months here: see by_month.py."""
        days = contacts.meaningful(self.scope, self.window).order_by().values_list("occurred_on")
        restricted = Count("pk", filter=Q(confidentiality=Confidentiality.RESTRICTED))
        counts = {month: (0, 0) for month in self.year.months if month.first < self.window.end}
        for day, number, hidden in days.annotate(Count("pk"), restricted=restricted):
            so_far = counts[Month.of(day)]
            counts[Month.of(day)] = so_far[0] + number, so_far[1] + hidden
        rows: list[list[Cell]] = [
            [date_format(month.first, "F Y"), _told(number, hidden)]
            for month, (number, hidden) in counts.items()
        ]
        return Block(
            "by_month",
            _("Meaningful interactions by month"),
            [Column("month", _("Month")), Column("interactions", _("Interactions"), is_number=True)],
            rows,
            drawing=Drawing.BARS,
        )

    def coverage(self) -> Block:
        """How the delegation stood the day before the year began, and how it stands at its end."""
        before = Window(self.year.first - _DAY, self.year.first)
        start = numbers.counted(self.scope, before, ["coverage"])["coverage"]
        rows: list[list[Cell]] = []
        for window, figure in ((before, start), (self.window, self._both[0]["coverage"])):
            parts = [figure.parts.get(code, 0) for code in ("assigned", "strong", "vacant")]
            rows.append([window.last.isoformat(), figure.of or 0, _whole(figure), figure.text(), *parts])
        return Block(
            "coverage",
            _("Delegation coverage, start and end"),
            [
                Column("day", _("Day"), is_day=True),
                Column("seats", _("Seats held"), is_number=True),
                Column("touched", _("Touched"), is_number=True),
                Column("coverage", _("Coverage"), is_number=True),
                Column("assigned", _("Assigned"), is_number=True),
                Column("strong", _("Strong"), is_number=True),
                Column("vacant", _("Vacant"), is_number=True),
            ],
            rows,
            notes=[str(METRICS["coverage"].definition)],
        )

    def _reports(self) -> ChapterReportQuerySet:
        """Of the year's months, by chapter and month."""
        months = [str(month) for month in self.year.months]
        rows = ChapterReport.objects.filter(period__in=months).select_related("chapter")
        return rows.order_by("chapter__name", "chapter", "period", "pk")

    def hours(self) -> Block:
        entered = self._reports().filter(volunteer_hours__isnull=False)
        sums = (
            entered.order_by("chapter__name", "chapter")
            .values_list("chapter")
            .annotate(Sum("volunteer_hours"))
        )
        hours = dict(sums)
        names = {report.chapter_id: str(report.chapter) for report in entered}
        total = float(sum(hours.values()))
        rows: list[list[Cell]] = [[names[pk], float(hours[pk])] for pk in names]
        return Block(
            "hours",
            _("Volunteer hours"),
            [Column("chapter", _("Chapter")), Column("hours", _("Hours"), is_number=True)],
            [*rows, [_("Together"), total]] if rows else [],
            notes=[_("As entered by the chapters; never inferred.")],
            empty=_("No chapter has entered hours."),
        )

    def stories(self) -> Block:
        """Only with consent to publish: no answer is not a yes."""
        rows = self._reports().filter(state__in=_HANDED_IN, story_may_be_published=True).exclude(story="")
        return Block(
            "stories",
            _("Stories"),
            [Column("chapter", _("Chapter and month")), Column("story", _("Story"))],
            [[_signed(report), report.story] for report in rows],
            drawing=Drawing.TEXT,
            empty=_("No chapter has shared a story that may be published."),
        )

    def wins(self) -> Block:
        rows = self._reports().filter(state__in=_HANDED_IN).exclude(top_win="")
        return Block(
            "wins",
            _("What went well"),
            [Column("chapter", _("Chapter and month")), Column("win", _("Top win"))],
            [[_signed(report), report.top_win] for report in rows],
            empty=_("No chapter has told of a win."),
        )

    def thanks(self) -> Block:
        """Everybody who was an advocate on some day of the year."""
        terms = RoleAssignment.objects.filter(role=Role.ADVOCATE, starts_on__lt=self.year.end)
        terms = terms.exclude(ends_on__lte=self.year.first).select_related("chapter", "person")
        names: dict[str, dict[str, None]] = {}
        for term in terms.order_by("chapter__name", "chapter", "starts_on", "pk"):
            names.setdefault(str(term.chapter), {})[str(term.person)] = None
        return Block(
            "thanks",
            _("With thanks to"),
            [Column("chapter", _("Chapter")), Column("advocates", _("Advocates of the year"))],
            [[chapter, ", ".join(people)] for chapter, people in names.items()],
            empty=_("No chapter had an advocate."),
        )

    def notes(self) -> Block:
        said = [
            _("The fiscal year runs from %(first)s to %(last)s.") % self._days(),
            _(
                "Counted from the record, with what was added late: the sum of the monthly reports may differ from it."
            ),
            _("The year before is counted to the same day, so that a running year compares with like."),
            _("Restricted records are counted and never shown."),
        ]
        return Block(
            "notes",
            _("Notes"),
            [Column("note", _("Note"))],
            [[sentence] for sentence in said],
            drawing=Drawing.TEXT,
        )


def a_year_before(day: date) -> date:
    """29 February falls on the 28th (DOMAIN.md §6.5, rule 7)."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _told(number: int, restricted: int) -> int | None:
    """Nothing where only few restricted records are behind it."""
    return _whole(numbers.hide_small(Figure(Unit.COUNT, number, restricted=restricted)))


def _whole(figure: Figure) -> int | None:
    return None if figure.value is None else int(figure.value)


def _signed(report: ChapterReport) -> str:
    return f"{report.chapter}, {date_format(report.month.first, 'F Y')}"
