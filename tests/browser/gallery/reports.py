"""The months of the chapters, and what is counted from them."""

from collections.abc import Callable

from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.kernel.periods import Month
from advocacy.reports.models import ChapterReport, PeriodLock
from tests.browser.gallery.exhibit import Exhibit


def _chapter_report(state: str) -> Callable[[User], int]:
    rows = ChapterReport.objects.visible_to
    return lambda user: rows(user).filter(state=state).order_by("period", "pk").last().pk


def _running_month(user: User) -> Month:
    return Month.of(user.today(timezone.now()))


def _locked_month(user: User) -> str:
    return PeriodLock.objects.visible_to(user).order_by("pk").first().period


REPORTS = [
    Exhibit("reports:report_list", "angela"),
    Exhibit("reports:report_list", "angela", query="?period=2001-01", note="no reports"),
    Exhibit("reports:report_list", "elise", note="in French"),
    Exhibit("reports:definitions"),
    Exhibit("reports:national", "angela", find=_running_month, note="a running month"),
    Exhibit("reports:national", find=_locked_month, query="?sort=-interactions", note="issued, sorted"),
    Exhibit("reports:national", "elise", find=_locked_month, note="in French"),
    Exhibit("reports:national_outcomes", "angela", find=_locked_month),
    Exhibit("reports:chapter_outcomes", find=_chapter_report("open")),
    Exhibit("reports:report_detail", find=_chapter_report("open")),
    Exhibit("reports:report_detail", "angela", find=_chapter_report("accepted"), note="accepted"),
    Exhibit("reports:report_detail", "elise", find=_chapter_report("submitted"), note="in French"),
    Exhibit("reports:report_edit", find=_chapter_report("open")),
    Exhibit("reports:report_decide", "angela", find=_chapter_report("open")),
    Exhibit("reports:metric_rows", find=lambda user: (_chapter_report("accepted")(user), "meaningful")),
    Exhibit("reports:annual", "angela", find=lambda user: "2026-27"),
    Exhibit("reports:annual", "elise", find=lambda user: "2026-27", note="in French"),
    Exhibit("reports:period_lock", "angela", find=_locked_month, note="to restate"),
]
