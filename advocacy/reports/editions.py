"""One report in one language, ready to be written: the document, where its page is, and how its files are called."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from advocacy.kernel.periods import Month
from advocacy.reports.addresses import annual_link, national_link
from advocacy.reports.fiscal_year import FiscalYear
from advocacy.reports.metrics.scope import Scope
from advocacy.reports.models import PeriodLock
from advocacy.reports.national import annual, build, issued
from advocacy.reports.national.document import Document
from advocacy.reports.numbers import is_running
from advocacy.reports.writers.formats import FORMATS
from members.models import Chapter, Society


@dataclass(frozen=True)
class Edition:
    """`name` is that of its files without the ending."""

    document: Document
    link: str
    name: str

    def file(self, form: str) -> bytes:
        return FORMATS[form].written(self.document, self.link)

    def file_name(self, form: str) -> str:
        return f"{self.name}.{FORMATS[form].ending}"


def of_month(period: Month, *, chapter: Chapter | None = None, language: str, now: datetime) -> Edition:
    """The national report, as issued where the month is locked, or that of one chapter.

    A chapter's is built from the record, with the issued numbers where the month is locked: as of the lock.
    """
    if chapter is None:
        document = issued.document_of(period, language, now)
        return Edition(document, national_link(period), f"national-report-{period}-{language}")
    lock = PeriodLock.objects.newest_of(period)
    with translation.override(language):
        document = build.monthly(period, chapter=chapter, now=lock.locked_at if lock else now)
    link = f"{settings.PORTAL_URL}{reverse('reports:report_list')}?period={period}"
    return Edition(document, link, f"{chapter.slug}-report-{period}-{language}")


def of_year(year: FiscalYear, *, language: str, now: datetime) -> Edition:
    """The annual impact report, as the record has it now."""
    with translation.override(language):
        document = annual.annual(year.first, now)
    return Edition(document, annual_link(year), f"annual-report-{year}-{language}")


def is_draft(period: Month, chapter: Chapter | None, now: datetime) -> bool:
    """The month is not over yet where the report is about."""
    if chapter is not None:
        return is_running(period, Scope.of_chapter(chapter), now)
    society = Society.objects.get()
    return is_running(period, Scope.of_nation(society.short_name, society.time_zone), now)
