"""Congress.gov, version 3: the bills whose record was touched since, and each of those with all its parts.

Dates of change are days. A day is read to its end only once it is over, so the last day is asked for again, and a bill
that changed on the day we read it is read once more.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from legislation.sources.measures.congress_numbers import TYPES
from legislation.sources.measures.live.asking import Answer, Broken
from legislation.sources.measures.live.pages import Page, Visit, Wanted, in_pages
from legislation.sources.opening import Document

_A_LIST, _A_PAGE = 250, 10
# By the name that counts them in a bill: what they are called in addresses.
_PARTS = {
    "actions": "actions",
    "cosponsors": "cosponsors",
    "relatedBills": "relatedbills",
    "subjects": "subjects",
    "summaries": "summaries",
    "textVersions": "text",
    "titles": "titles",
}
_KNOWN = frozenset({
    "amendments", "cboCostEstimates", "committeeReports", "committees", "congress",
    "constitutionalAuthorityStatementText", "introducedDate", "latestAction", "laws", "legislationUrl", "notes",
    "number", "originChamber", "originChamberCode", "policyArea", "sponsors", "title", "type", "updateDate",
    "updateDateIncludingText", "calendarNumbers", *_PARTS,
})  # fmt: skip


def pages(visit: Visit) -> Iterator[Page]:
    for type_ in TYPES:
        yield from _pages_of(visit, type_)


def _pages_of(visit: Visit, type_: str) -> Iterator[Page]:
    """From the day to which we have read; whoever could not be read keeps that day where it is."""
    subject = f"since-{type_}"
    since, offset, could_not = visit.version_of(subject), 0, len(visit.problems)
    while True:
        rows, total = _listed(visit, type_, since, offset)
        yield from in_pages(visit, _changed(visit, type_, rows), size=_A_PAGE)
        newest = max((day for row in rows if (day := _day(row))), default=since)
        # What comes later is read as well; the marker waits for what could not be had.
        if newest and len(visit.problems) == could_not:
            yield Page(marks={subject: newest})
        if not rows or offset + len(rows) >= total:
            return
        since, offset = (since, offset + len(rows)) if newest <= since else (newest, 0)


def _listed(visit: Visit, type_: str, since: str, offset: int) -> tuple[list[dict[str, Any]], int]:
    asked: list[tuple[str, str | int]] = [("sort", "updateDate asc"), ("limit", _A_LIST), ("offset", offset)]
    if since:
        asked.append(("fromDateTime", f"{since}T00:00:00Z"))
        asked.append(("toDateTime", f"{visit.now + timedelta(days=1):%Y-%m-%dT00:00:00Z}"))
    answer = _ask(visit, f"/bill/{visit.session_in_an_address}/{type_}", asked).json("bills")
    rows = answer.get("bills") if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise Broken(_("Congress.gov sent no list of bills."))
    return [row for row in rows if isinstance(row, dict)], _count(answer.get("pagination"))


def _changed(visit: Visit, type_: str, rows: list[dict[str, Any]]) -> Iterator[Wanted]:
    for row in rows:
        number = str(row.get("number") or "")
        if not number.isdigit() or str(row.get("type", type_)).lower() != type_:
            continue
        day = _day(row)
        version = f"{day} {row.get('updateDateIncludingText') or ''}".strip()[:120]
        if not visit.has(f"{type_}-{number}", version, since=_end_of(day)):
            yield f"{type_}-{number}", version, partial(_bill, visit, type_, number)


def _day(row: dict[str, Any]) -> str:
    """The day by which the list is filtered and sorted."""
    try:
        return date.fromisoformat(str(row.get("updateDate"))[:10]).isoformat()
    except ValueError:
        return ""


def _end_of(day: str) -> datetime | None:
    return (
        datetime.combine(date.fromisoformat(day) + timedelta(days=1), time.min, tzinfo=UTC) if day else None
    )


def _bill(visit: Visit, type_: str, number: str) -> Sequence[Document]:
    """The bill and each of its parts, whole: what came in pieces would be taken for unknown."""
    path = f"/bill/{visit.session_in_an_address}/{type_}/{number}"
    answer = _ask(visit, path)
    content = answer.json(path)
    bill = content.get("bill") if isinstance(content, dict) else None
    if not isinstance(bill, dict):
        raise Broken(_("Congress.gov sent no bill."))
    visit.look_for_news("Congress.gov", bill, _KNOWN)
    documents = [answer.document(f"{type_}-{number}.json")]
    for part, called in _PARTS.items():
        total = _count(bill.get(part))
        for number_of_piece, offset in enumerate(range(0, total, _A_LIST)):
            piece = _ask(visit, f"{path}/{called}", [("limit", _A_LIST), ("offset", offset)])
            documents.append(piece.document(f"{type_}-{number}-{called}-{number_of_piece}.json"))
    return documents


def _count(held: Any) -> int:
    total = held.get("count") if isinstance(held, dict) else None
    return total if isinstance(total, int) else 0


def _ask(visit: Visit, path: str, params: Sequence[tuple[str, str | int]] = ()) -> Answer:
    """Always in so many words as JSON: what is sent without being asked for has changed before."""
    asked = [*params, ("format", "json")]
    headers = {"X-Api-Key": visit.asker.key}
    return visit.asker.ask(f"{settings.CONGRESS_GOV_URL}{path}", asked, headers=headers)
