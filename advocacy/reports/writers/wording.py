"""What every written form of a report says in the same words: its cells, its time, its issuer."""

from datetime import UTC, date, datetime, time

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from advocacy.reports.national.document import Cell, Document

NOTHING = "–"
_MINUTES = len("2027-03-12 09:00")


def cell_text(value: Cell) -> str:
    """As the page shows it, in the language that is active."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value
    return number_format(value)


def moment_of(document: Document) -> datetime:
    """The clock reading of the document, for the inside of files: written again, they carry the same one."""
    try:
        moment = datetime.fromisoformat(document.data_as_of[:_MINUTES])
    except ValueError:
        moment = datetime.combine(date.fromisoformat(f"{document.period[:7]}-01"), time())
    return moment.replace(tzinfo=UTC)


def as_of(document: Document) -> str:
    """The line under every page."""
    return _("Data as of %(when)s") % {"when": document.data_as_of}


def issuer(document: Document) -> str:
    return document.facts.get("society", "")


def in_language_of(document: Document) -> translation.override:
    return translation.override(document.language)
