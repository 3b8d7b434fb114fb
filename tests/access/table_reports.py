"""The access table of the chapters' months."""

from typing import Any

from tests.access import oracle
from tests.access.page import WRITING, Listing, Page
from tests.access.planting_months import LOCKED_MONTH, OPEN_MONTH
from tests.access.world import Actor, Thing, World

ENDINGS = ("html", "txt", "pdf")


def _words(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"version": "1", "save": "draft", "summary": "Changed."}


def _decision(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    is_submitted = thing is not None and thing.state == "submitted"
    return {"decision": "accepted" if is_submitted else "excused", "reason": "On leave."}


def _opens(actor: Actor, report: Thing) -> bool:
    return oracle.reports.reads_month(actor, report) and report.state == "open"


MONTH_PAGES = [
    Page(
        "reports:report_list",
        query=f"period={OPEN_MONTH}",
        lists=Listing("chapter report", _opens, r'href="/reports/(\d+)/"'),
    ),
    Page("reports:definitions"),
    Page(
        "reports:national_month",
        may=oracle.meetings.of_the_task_force,
        query=f"period={OPEN_MONTH}",
        shown=302,
    ),
    Page(
        "reports:national",
        may=oracle.meetings.of_the_task_force,
        fixed=({"period": str(OPEN_MONTH)}, {"period": str(LOCKED_MONTH)}),
        note="Words of the reports that were handed in are for all who may open it: test_national_pages.py.",
    ),
    Page(
        "reports:national_table",
        may=oracle.meetings.of_the_task_force,
        fixed=({"period": str(OPEN_MONTH), "block": "chapters"},),
        exports=True,
        leaves_trace=True,
    ),
    Page(
        "reports:national_outcomes",
        may=oracle.meetings.of_the_task_force,
        fixed=({"period": str(OPEN_MONTH)},),
    ),
    Page("reports:chapter_outcomes", of="chapter report", may=oracle.reports.reads_month),
    Page("reports:report_detail", of="chapter report", may=oracle.reports.reads_month),
    Page(
        "reports:metric_rows",
        of="chapter report",
        may=oracle.reports.reads_month,
        fixed=({"metric": "meaningful"},),
    ),
    Page(
        "reports:report_edit",
        WRITING,
        of="chapter report",
        may=oracle.reports.writes_month,
        may_post=oracle.reports.writes_month,
        post=_words,
    ),
    Page("reports:report_decide", WRITING, of="chapter report", may=oracle.leads, post=_decision),
    Page("reports:period_lock", WRITING, may=oracle.leads, fixed=({"period": str(OPEN_MONTH)},)),
    Page(
        "reports:national_file",
        may=oracle.meetings.of_the_task_force,
        fixed=tuple({"period": str(LOCKED_MONTH), "ending": ending} for ending in ENDINGS),
        exports=True,
        leaves_trace=True,
    ),
    Page("reports:annual", may=oracle.meetings.of_the_task_force, fixed=({"year": "2026-27"},), exports=True),
    Page(
        "reports:annual_file",
        may=oracle.meetings.of_the_task_force,
        fixed=tuple({"year": "2026-27", "ending": ending} for ending in ENDINGS),
        exports=True,
        leaves_trace=True,
    ),
    Page(
        "reports:issued_file",
        may=oracle.leads,
        fixed=({"period": str(LOCKED_MONTH), "version": "1"},),
        exports=True,
        leaves_trace=True,
    ),
]
