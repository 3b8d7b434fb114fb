"""The lists of Open Civic Data divisions: names in both languages, validity, and ids that mean the same."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from legislation.sources.division_ids import PREFIX, listed_division
from legislation.sources.opening import Document, FileRefused
from legislation.sources.records import DivisionFact
from legislation.sources.tables import Row, ends_with_its_line, named, refused, rows_of

_NAME_ONLY = ["id", "name"]


class ListedDivision(NamedTuple):
    fact: DivisionFact
    valid_through: date | None = None
    alias_of: str = ""


def looks_like_divisions(head: bytes) -> bool:
    """Whether a file that begins so is such a list, with or without a line of headers."""
    lines = [line for line in head.decode("utf-8-sig", "replace").splitlines() if line.strip()][:2]
    return any(line.removeprefix('"').startswith(PREFIX) for line in lines)


def read_divisions(document: Document) -> Iterator[ListedDivision]:
    """The divisions of one file, in its order. Raises FileRefused, naming the line.

    Upstream repeats an id where its validity has changed, and the later line counts; one id with two names is a
    mistake.
    """
    known: dict[str, tuple[int, str]] = {}
    header = _NAME_ONLY
    for number, row in enumerate(rows_of(document)):
        if number == 0 and not row.cells[0].startswith(PREFIX):
            header = [name.strip() for name in row.cells]
            continue
        cells = _cells(header, row, document)
        listed = _listed(document, row.line, cells)
        line, name = known.setdefault(listed.fact.ocd_id, (row.line, listed.fact.name))
        if name != listed.fact.name:
            why = _("%(id)s stands on line %(line)d with another name; keep one of the two")
            raise refused(document, row.line, why % {"id": listed.fact.ocd_id, "line": line})
        yield listed
    if not known:
        raise FileRefused(_("%(file)s holds no divisions.") % {"file": document.name})


def _cells(header: list[str], row: Row, document: Document) -> dict[str, str]:
    """Lists without headers have their id and name first; a last line need not be ended, but it must be whole."""
    if header is _NAME_ONLY and len(row.cells) >= len(_NAME_ONLY):
        return dict(zip(_NAME_ONLY, (cell.strip() for cell in row.cells), strict=False))
    if len(row.cells) != len(header) and not ends_with_its_line(document):
        why = _("the file seems to be cut off here. Download it again.")
        raise refused(document, row.line, why)
    return named(header, row, document)


def _listed(document: Document, line: int, cells: dict[str, str]) -> ListedDivision:
    try:
        fact = listed_division(cells.get("id", ""), cells.get("name", ""), cells.get("name_fr", ""))
        since, until = _day(cells.get("validFrom")), _day(cells.get("validThrough"))
        if since and until and until < since:
            raise ValueError(_("validThrough lies before validFrom; correct one of the two"))
    except ValueError as problem:
        raise refused(document, line, str(problem)) from problem
    return ListedDivision(fact._replace(valid_from=since), until, cells.get("sameAs", ""))


def _day(text: str | None) -> date | None:
    """Upstream writes days, months or years."""
    if not text:
        return None
    parts = [*text.split("-"), "1", "1"][:3]
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError as problem:
        raise ValueError(_("this is no day: %(text)s") % {"text": text[:40]}) from problem
