"""Open States, version 3 of its API: the bills of a session in the order in which they were last written.

Each page is asked for anew from the moment the last one ended: counting pages through a list whose bills move to its
end as they change would lose the one that moves up into the page just read.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from legislation.sources.measures.live.asking import Broken
from legislation.sources.measures.live.pages import Item, Page, Visit
from legislation.sources.opening import Document

_SINCE, _LATEST = "since", "latest_bill_update"
_A_PAGE, _A_PAGE_OF_STATES = 20, 52
# The publisher writes fractions of a second and is asked in whole ones.
_OVERLAP = timedelta(seconds=1)
# From here on, one question about all states saves many about each.
_MANY_SESSIONS = 3
_PARTS = (
    "sponsorships", "abstracts", "other_titles", "actions", "sources", "versions", "votes", "related_bills",
)  # fmt: skip
_KNOWN = frozenset({
    "id", "session", "jurisdiction", "from_organization", "identifier", "title", "classification", "subject",
    "extras", "created_at", "updated_at", "openstates_url", "first_action_date", "latest_action_date",
    "latest_action_description", "latest_passage_date", "other_identifiers", "documents", *_PARTS,
})  # fmt: skip


def pages(visit: Visit) -> Iterator[Page]:
    latest = _latest_update(visit)
    if latest and visit.has(_LATEST, latest):
        return
    since, page = visit.version_of(_SINCE), 1
    while True:
        answer = _ask(visit, "/bills", _question(visit, since, page))
        rows, last_page = _rows(answer)
        for row in rows:
            visit.look_for_news("Open States", row, _KNOWN)
        newest = max((str(row.get("updated_at") or "") for row in rows), default="") or since
        is_last = page >= last_page
        yield Page(
            [_item(row) for row in rows],
            marks={_SINCE: newest} | ({_LATEST: latest} if is_last and latest else {}),
        )
        if is_last:
            return
        # A page within one second moves nothing on: only then the pages are counted.
        since, page = (since, page + 1) if _asked(newest) <= _asked(since) else (newest, 1)


def _question(visit: Visit, since: str, page: int) -> list[tuple[str, str | int]]:
    asked: list[tuple[str, str | int]] = [
        ("jurisdiction", visit.jurisdiction),
        ("session", visit.session.identifier),
        ("sort", "updated_asc"),
        ("page", page),
        ("per_page", _A_PAGE),
        *(("include", part) for part in _PARTS),
    ]
    return [*asked, ("updated_since", _asked(since))] if since else asked


def _asked(since: str) -> str:
    """A moment as this service takes it: whole seconds of UTC, without a zone."""
    if not since:
        return ""
    try:
        moment = datetime.fromisoformat(since)
    except ValueError as problem:
        raise Broken(_("Open States wrote a date that is none: %(date)s") % {"date": since[:40]}) from problem
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{moment - _OVERLAP:%Y-%m-%dT%H:%M:%S}"


def _ask(visit: Visit, path: str, params: list[tuple[str, str | int]]) -> dict[str, Any]:
    url = f"{settings.OPENSTATES_URL}{path}"
    answer = visit.asker.ask(url, params, headers={"X-API-KEY": visit.asker.key}).json(path)
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
        raise Broken(_("The answer of Open States holds no list of results."))
    return answer


def _rows(answer: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
    """The bills of a page, and how many pages there are."""
    pagination = answer.get("pagination")
    last = pagination.get("max_page") if isinstance(pagination, dict) else None
    if not isinstance(last, int):
        raise Broken(_("The answer of Open States does not say how many pages there are."))
    return [row for row in answer["results"] if isinstance(row, dict) and row.get("id")], last


def _item(row: dict[str, Any]) -> Item:
    name = f"{row['id']}".removeprefix("ocd-bill/").replace("/", "-")
    document = Document(f"{name}.json", json.dumps(row, ensure_ascii=False).encode())
    return Item(str(row["id"])[:120], str(row.get("updated_at") or "")[:120], (document,))


def _latest_update(visit: Visit) -> str:
    """When the publisher last wrote any bill of this jurisdiction; empty where it is not worth the question."""
    if visit.sessions_in_all <= _MANY_SESSIONS:
        return ""
    if _LATEST not in visit.shared:
        visit.shared[_LATEST] = _latest_updates(visit)
    found: dict[str, str] = visit.shared[_LATEST]
    return found.get(visit.jurisdiction, "")


def _latest_updates(visit: Visit) -> dict[str, str]:
    found: dict[str, str] = {}
    page = last = 1
    while page <= last:
        asked: list[tuple[str, str | int]] = [
            ("classification", "state"),
            ("page", page),
            ("per_page", _A_PAGE_OF_STATES),
        ]
        rows, last = _rows(_ask(visit, "/jurisdictions", asked))
        found |= {str(row["id"]): str(row.get("latest_bill_update") or "")[:120] for row in rows}
        page += 1
    return found
