"""The report of a month as one document, in the active language, block by block in the order of DOMAIN.md §6.2."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.kernel.periods import Month
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import PeriodLock
from advocacy.reports.national.ahead import next_days
from advocacy.reports.national.by_month import by_month
from advocacy.reports.national.chapters import chapter_table, health_map
from advocacy.reports.national.document import Block, Document
from advocacy.reports.national.headline import headline
from advocacy.reports.national.issues import issues
from advocacy.reports.national.ladder import ladder
from advocacy.reports.national.needs import help_wanted, overdue_items, risks
from advocacy.reports.national.notes import definitions, notes
from advocacy.reports.national.policy import outcome_matrix, policy_changes
from advocacy.reports.national.record import Record
from advocacy.reports.national.stories import stories, thanks
from advocacy.reports.numbers import is_running
from members.models import Chapter, Society


def _policy(record: Record) -> Block:
    return policy_changes(record.scope, record.window)


def _issues(record: Record) -> Block:
    return issues(record.scope, record.window)


def _outcomes(record: Record) -> Block:
    """Of the fiscal year so far."""
    return outcome_matrix(record.scope, record.fiscal_year)


def _ladder(record: Record) -> Block:
    return ladder(record.scope, record.window)


BLOCKS: tuple[Callable[[Record], Block], ...] = (
    headline,
    _policy,
    next_days,
    health_map,
    by_month,
    _issues,
    chapter_table,
    _outcomes,
    _ladder,
    help_wanted,
    risks,
    overdue_items,
    stories,
    thanks,
    notes,
    definitions,
)


def monthly(period: Month, *, chapter: Chapter | None = None, now: datetime) -> Document:
    """The month of all chapters, or of one, as the record has it at `now`."""
    society = Society.objects.get()
    scope = Scope.of_chapter(chapter) if chapter else Scope.of_nation(society.short_name, society.time_zone)
    record = Record(scope, Window.of(period), now)
    lock = PeriodLock.objects.newest_of(period)
    month = date_format(period.first, "F Y")
    return Document(
        title=_("Chapter report: %(month)s") % {"month": month}
        if chapter
        else _("National report: %(month)s") % {"month": month},
        subtitle=str(chapter) if chapter else society.name,
        period=str(period),
        language=(get_language() or "en")[:2],
        data_as_of=f"{now.astimezone(ZoneInfo(scope.zone)):%Y-%m-%d %H:%M %Z}",
        status=_status(record, lock),
        blocks=blocks(record),
        facts={"society": society.name, "scope": str(chapter) if chapter else society.short_name},
    )


def blocks(record: Record) -> list[Block]:
    """In the order of DOMAIN.md §6.2. One chapter alone has no map."""
    return [block(record) for block in BLOCKS if record.scope.chapter is None or block is not health_map]


def _status(record: Record, lock: PeriodLock | None) -> str:
    if lock is not None:
        return _("Issued, version %(version)d") % {"version": lock.version}
    if is_running(record.period, record.scope, record.now):
        return _("Running: the month is not over, and its numbers are not final.")
    return _("Draft: the month is not locked, and its numbers still change.")
