"""The lists of Open Civic Data divisions: names in both languages, validity, and ids that mean the same."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from legislation.sources.division_ids import PREFIX, division_fact
from legislation.sources.opening import Document, FileRefused
from legislation.sources.records import DivisionFact

_NAME_ONLY = ["id", "name"]


class ListedDivision(NamedTuple):
    fact: DivisionFact
    valid_through: date | None = None
    alias_of: str = ""


def looks_like_divisions(head: bytes) -> bool:
    """Whether a file that begins so is such a list, with or without a line of headers."""
    lines = head.decode("utf-8-sig", "replace").splitlines()[:2]
    return any(line.removeprefix('"').startswith(PREFIX) for line in lines)


def read_divisions(document: Document) -> Iterator[ListedDivision]:
    """The divisions of one file, in its order. Raises FileRefused, naming the line."""
    for number, row in _rows(document):
        ocd_id = (row.get("id") or "").strip()
        if not ocd_id.startswith(PREFIX):
            raise _refused(document, number, _("this is no division id: %(id)s") % {"id": ocd_id[:80]})
        name = (row.get("name") or "").strip()
        try:
            fact = division_fact(ocd_id, name[:160], (row.get("name_fr") or "").strip()[:160])
            yield ListedDivision(
                fact._replace(valid_from=_day(row.get("validFrom"))),
                _day(row.get("validThrough")),
                (row.get("sameAs") or "").strip(),
            )
        except ValueError as problem:
            raise _refused(document, number, str(problem)) from problem


def _rows(document: Document) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = document.content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise FileRefused(_("%(file)s is not in UTF-8.") % {"file": document.name}) from problem
    lines = csv.reader(io.StringIO(text))
    header = _NAME_ONLY
    for number, line in enumerate(lines, start=1):
        if number == 1 and not line[0].startswith(PREFIX):
            header = line
        elif line:
            yield number, dict(zip(header, line, strict=False))


def _day(text: str | None) -> date | None:
    """Upstream writes days, months or years."""
    if not (text or "").strip():
        return None
    year, month, day = ([*str(text).strip().split("-"), "1", "1"])[:3]
    return date(int(year), int(month), int(day))


def _refused(document: Document, line: int, why: str) -> FileRefused:
    return FileRefused(
        _("%(file)s, line %(line)d: %(why)s") % {"file": document.name, "line": line, "why": why}
    )
