"""The national report of a month: as it was issued where the month is locked, else as the record has it now."""

from datetime import datetime

from django.utils import translation

from advocacy.accounts.models import Language
from advocacy.kernel.periods import Month
from advocacy.reports.models import IssuedDocument, PeriodLock
from advocacy.reports.models.issued import checksum_of
from advocacy.reports.national import build
from advocacy.reports.national.document import Document


def document_of(period: Month, language: str, now: datetime) -> Document:
    """The newest issue in this language. A month locked before reports were kept is built from the record."""
    lock = PeriodLock.objects.newest_of(period)
    row = IssuedDocument.objects.filter(lock=lock, language=language).first() if lock else None
    if row is not None:
        return Document.from_json(row.body)
    with translation.override(language):
        return build.monthly(period, now=now)


def issue(lock: PeriodLock, *, now: datetime) -> list[IssuedDocument]:
    """Keep the report of a month that is being locked, in every language."""
    return [_issued(lock, language, now) for language in Language.values]


def _issued(lock: PeriodLock, language: str, now: datetime) -> IssuedDocument:
    with translation.override(language):
        body = build.monthly(Month.parse(lock.period), now=now).as_json()
    row = IssuedDocument(lock=lock, language=language, body=body, checksum=checksum_of(body))
    row.save()
    return row
