"""What several blocks of one report ask of the record, asked once for all of them."""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property

from advocacy.kernel.periods import Month
from advocacy.reports.deadlines import fiscal_year_of
from advocacy.reports.metrics import seats
from advocacy.reports.metrics.figure import Figure
from advocacy.reports.metrics.health import Health, healths, in_session
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.metrics.seats import Standings, Sums
from advocacy.reports.models import ChapterReport, ReportState
from advocacy.reports.numbers import Figures, Trend, counted, hide_small, trends
from members.models import Chapter, Role, RoleAssignment

HEADLINES = ("meaningful", "officials", "coverage", "followups", "received", "measures")
# Words are shared with the task force once their chapter has handed them in, and not while they were sent back.
_HANDED_IN = (ReportState.SUBMITTED, ReportState.ACCEPTED)


class Record:
    """The month of a scope as it stands at `now`. As many queries for sixty chapters as for one."""

    def __init__(self, scope: Scope, window: Window, now: datetime) -> None:
        self.scope, self.window, self.now = scope, window, now
        self.period = Month.of(window.first)
        self.fiscal_year = Window(fiscal_year_of(self.period), window.end)
        self.today = scope.day(now)

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The chapters active on the last day (DOMAIN.md §6.5, rule 10)."""
        rows = self.scope.members().active(self.window.last).order_by("name", "pk")
        return list(rows.prefetch_related("territories__jurisdiction__parent"))

    @cached_property
    def each(self) -> Scope:
        """The same chapters, to be told apart."""
        return Scope.of_chapters(self.chapters, self.scope.name, self.scope.zone)

    def by_chapter(self, code: str) -> dict[int, Figure]:
        """A metric for each chapter, without cells that would point at single restricted records."""
        figures = METRICS[code].count_by_chapter(self.each, self.window)
        return {pk: hide_small(figure) for pk, figure in figures.items()}

    @cached_property
    def standings(self) -> Standings:
        """Of the seats of all chapters: the dearest question of the report, so it is asked once for every block."""
        return Standings(self.scope, self.window)

    def coverage_by_chapter(self) -> dict[int, Figure]:
        sums = self.standings.by_chapter()
        return {chapter.pk: seats.covered([sums.get(chapter.pk, Sums())]) for chapter in self.chapters}

    @cached_property
    def headlines(self) -> dict[str, Trend]:
        """The numbers of the headline strip, with their way here."""
        return trends(self.scope, self.period, HEADLINES, self._counted)

    def _counted(self, scope: Scope, window: Window, codes: Collection[str]) -> Figures:
        """As `numbers.counted` does; the seats are fetched once for all months in which they were the same."""
        now = self.standings
        then = now if window == self.window else Standings(scope, window, near=now)
        others = counted(scope, window, [code for code in codes if code != "coverage"])
        return others | {"coverage": seats.covered([then.together()])}

    @cached_property
    def health(self) -> dict[int, Health]:
        return healths(self.chapters, self.now)

    @cached_property
    def in_session(self) -> set[int]:
        return in_session([chapter.pk for chapter in self.chapters], self.today)

    @cached_property
    def reports(self) -> dict[int, ChapterReport]:
        """The report of each chapter that has one for the month."""
        rows = ChapterReport.objects.of(self.period).filter(self.scope.own())
        known = {chapter.pk: chapter for chapter in self.chapters}
        found = {report.chapter_id: report for report in rows.select_related("submitted_by").order_by("pk")}
        for pk, report in found.items():
            if pk in known:
                report.chapter = known[pk]
        return {chapter.pk: found[chapter.pk] for chapter in self.chapters if chapter.pk in found}

    @property
    def handed_in(self) -> list[ChapterReport]:
        """In the order of the chapters."""
        return [report for report in self.reports.values() if report.state in _HANDED_IN]

    @cached_property
    def advocates(self) -> dict[int, RoleAssignment]:
        """Who has been an advocate of each chapter for longest, of those in post on the last day."""
        roles = RoleAssignment.objects.in_force(self.window.last).filter(self.scope.own(), role=Role.ADVOCATE)
        newest_first = roles.order_by("-starts_on", "-pk")
        return {role.chapter_id: role for role in newest_first if role.chapter_id is not None}
