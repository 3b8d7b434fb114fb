"""LegiScan: once the whole dataset of a session, then each day only the bills whose `change_hash` is another.

Its answers say in themselves whether they are any: an error comes with the code of success.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from legislation.sources.measures.legiscan_codes import state_of
from legislation.sources.measures.legiscan_sessions import NamedSession, session_fact
from legislation.sources.measures.live import legiscan_dataset
from legislation.sources.measures.live.asking import Answer, Broken, KeyRefused, Waits
from legislation.sources.measures.live.pages import Page, Visit, Wanted, in_pages
from legislation.sources.opening import LARGEST_ARCHIVE, Document, FileRefused

_DATASET, _PEOPLE, _LISTS = "dataset", "people", "lists"
_A_PAGE = 25
_ABOUT_THE_KEY, _ABOUT_THE_QUOTA = re.compile(r"\bkey\b", re.I), re.compile(r"limit|quota|exceed", re.I)
_UNTIL_THE_QUOTA_IS_LOOKED_AT_AGAIN = timedelta(hours=6)
_KNOWN = frozenset({
    "bill_id", "change_hash", "session_id", "session", "url", "state_link", "completed", "status", "status_date",
    "progress", "state", "state_id", "bill_number", "bill_type", "bill_type_id", "body", "body_id", "current_body",
    "current_body_id", "title", "description", "pending_committee_id", "committee", "referrals", "history",
    "sponsors", "sasts", "subjects", "texts", "votes", "amendments", "supplements", "calendar",
})  # fmt: skip


def pages(visit: Visit) -> Iterator[Page]:
    listed = _our_session(visit)
    if not visit.version_of(_DATASET):
        yield from _whole_session(visit, listed)
    asked = [("op", "getMasterListRaw"), ("id", str(listed["session_id"]))]
    for page in in_pages(visit, _changed(visit, _ask(visit, asked)), size=_A_PAGE):
        calls = [one for item in page.items for one in item.documents if one.name.startswith("vote-")]
        page.beside = _people(visit, listed) if calls else ()
        page.marks = {_as_subject(one.name): "" for one in calls}
        yield page


def _our_session(visit: Visit) -> dict[str, Any]:
    """The publisher's row of our session: its number, and where its dataset is."""
    state = state_of(visit.jurisdiction)
    lists: dict[str, list[dict[str, Any]]] = visit.shared.setdefault(_LISTS, {})
    if state not in lists:
        lists[state] = _datasets(_ask(visit, [("op", "getDatasetList"), ("state", state)]))
    for row in lists[state]:
        if _identifier(state, row) == visit.session.identifier:
            return row
    raise Broken(
        _("LegiScan has no session of this state that we know as %(session)s.")
        % {"session": visit.session.identifier}
    )


def _datasets(answer: dict[str, Any]) -> list[dict[str, Any]]:
    listed = answer.get("datasetlist")
    rows = list(listed.values()) if isinstance(listed, dict) else listed
    if not isinstance(rows, list):
        raise Broken(_("LegiScan sent no list of its sessions."))
    return [row for row in rows if isinstance(row, dict) and row.get("session_id")]


def _identifier(state: str, row: dict[str, Any]) -> str:
    try:
        years = (int(row["year_start"]), int(row["year_end"]))
    except (KeyError, TypeError, ValueError):
        return ""
    title = str(row.get("session_name") or row.get("session_title") or "")
    return session_fact(NamedSession(state, years, title, bool(int(row.get("special") or 0)))).identifier


def _whole_session(visit: Visit, listed: dict[str, Any]) -> Iterator[Page]:
    """The dataset: thousands of bills for one request. Where it cannot be had, the bills are asked for one by one."""
    asked = [
        ("op", "getDataset"),
        ("id", str(listed["session_id"])),
        ("access_key", str(listed.get("access_key", ""))),
    ]
    try:
        yield from legiscan_dataset.pages(visit, _ask(visit, asked, at_most=LARGEST_ARCHIVE))
    except Broken as problem:
        visit.notices.append(str(problem))
    else:
        yield Page(marks={_DATASET: str(listed.get("dataset_hash") or "loaded")[:120]})


def _changed(visit: Visit, answer: dict[str, Any]) -> Iterator[Wanted]:
    """Bills whose marker is not the one that we have read. An object with numbered keys, among them the session."""
    listed = answer.get("masterlist")
    if not isinstance(listed, dict):
        raise Broken(_("LegiScan sent no list of bills."))
    rows = [row for key, row in listed.items() if key.isdigit() and isinstance(row, dict)]
    for row in rows:
        bill_id, marker = str(row.get("bill_id") or ""), str(row.get("change_hash") or "")[:120]
        subject = f"bill-{bill_id}"
        if bill_id and (not marker or not visit.has(subject, marker)):
            yield subject, marker, partial(_bill, visit, bill_id)


def _bill(visit: Visit, bill_id: str) -> Sequence[Document]:
    """The bill, and those of its roll calls that we have not read: they never change."""
    answer = _answer(visit, [("op", "getBill"), ("id", bill_id)])
    bill = _checked(visit, answer).get("bill")
    if not isinstance(bill, dict):
        raise Broken(_("LegiScan sent no bill."))
    visit.look_for_news("LegiScan", bill, _KNOWN)
    documents = [answer.document(f"bill-{bill_id}.json")]
    counts = bill.get("votes") or []
    for count in counts.values() if isinstance(counts, dict) else counts:
        roll_call = str(count.get("roll_call_id") or "") if isinstance(count, dict) else ""
        name = f"vote-{roll_call}.json"
        if roll_call and _as_subject(name) not in visit.marks:
            call = _answer(visit, [("op", "getRollCall"), ("id", roll_call)])
            _checked(visit, call)
            documents.append(call.document(name))
    return documents


def _people(visit: Visit, listed: dict[str, Any]) -> tuple[Document, ...]:
    """Everybody who sits in this session: a roll call names its voters by number."""
    key = f"{_PEOPLE} {listed['session_id']}"
    if key not in visit.shared:
        answer = _ask(visit, [("op", "getSessionPeople"), ("id", str(listed["session_id"]))])
        held = answer.get("sessionpeople")
        people = held.get("people") if isinstance(held, dict) else None
        rows = list(people.values()) if isinstance(people, dict) else people or []
        visit.shared[key] = legiscan_dataset.people_documents(rows)
    found: tuple[Document, ...] = visit.shared[key]
    return found


def _as_subject(name: str) -> str:
    return name.removesuffix(".json")


def _ask(visit: Visit, params: list[tuple[str, str]], **options: Any) -> dict[str, Any]:
    return _checked(visit, _answer(visit, params, **options))


def _answer(visit: Visit, params: list[tuple[str, str]], **options: Any) -> Answer:
    return visit.asker.ask(f"{settings.LEGISCAN_URL}/", [("key", visit.asker.key), *params], **options)


def _checked(visit: Visit, answer: Answer) -> dict[str, Any]:
    """The content of an answer that claims to be one."""
    content = answer.json("LegiScan")
    if not isinstance(content, dict):
        raise Broken(_("This is no answer of LegiScan."))
    if str(content.get("status", "")).upper() == "OK":
        return content
    alert = content.get("alert")
    said = str(alert.get("message") if isinstance(alert, dict) else "")[:200] or "?"
    if _ABOUT_THE_QUOTA.search(said):
        until = visit.now + _UNTIL_THE_QUOTA_IS_LOOKED_AT_AGAIN
        raise Waits(_("LegiScan says: %(said)s.") % {"said": said.rstrip(".")}, until)
    refusal: type[FileRefused] = KeyRefused if _ABOUT_THE_KEY.search(said) else Broken
    raise refusal(_("LegiScan answered with an error: %(said)s") % {"said": said})
