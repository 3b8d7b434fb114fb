"""LegiScan's dataset of a session, taken apart into pages: tens of thousands of files in one answer."""

import base64
import binascii
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from legislation.sources.measures.legiscan_files import json_documents
from legislation.sources.measures.live.asking import Broken
from legislation.sources.measures.live.pages import Item, Page, Visit
from legislation.sources.measures.records import Refused
from legislation.sources.opening import Document, FileRefused, parse_json

_A_PAGE = 100


class _Parts(NamedTuple):
    """The files of a dataset: bills with their numbers and markers, roll calls by bill, people."""

    bills: list[tuple[str, str, Document]]
    votes: dict[str, list[tuple[str, Document]]]
    people: tuple[Document, ...]


def pages(visit: Visit, answer: dict[str, Any]) -> Iterator[Page]:
    """Bills that are not on record in this version. Raises Broken where the archive is none."""
    parts = _taken_apart(_archive(answer))
    wanted = [one for one in parts.bills if not visit.has(f"bill-{one[0]}", one[1])]
    for start in range(0, len(wanted), _A_PAGE):
        items: list[Item] = []
        marks: dict[str, str] = {}
        for bill_id, marker, document in wanted[start : start + _A_PAGE]:
            calls = parts.votes.get(bill_id, [])
            items.append(Item(f"bill-{bill_id}", marker, (document, *(one for _key, one in calls))))
            marks |= {f"vote-{key}": "" for key, _one in calls}
        yield Page(items, beside=parts.people, marks=marks)


def people_documents(rows: Iterable[Any]) -> tuple[Document, ...]:
    """People in the form in which one person comes."""
    return tuple(
        Document(f"person-{row['people_id']}.json", json.dumps({"status": "OK", "person": row}).encode())
        for row in rows
        if isinstance(row, dict) and row.get("people_id")
    )


def _archive(answer: dict[str, Any]) -> bytes:
    dataset = answer.get("dataset")
    packed = dataset.get("zip") if isinstance(dataset, dict) else None
    try:
        return base64.b64decode(str(packed or ""), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise Broken(_("LegiScan’s dataset cannot be unpacked.")) from problem


def _taken_apart(content: bytes) -> _Parts:
    bills: list[tuple[str, str, Document]] = []
    votes: dict[str, list[tuple[str, Document]]] = {}
    people: list[Document] = []
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "dataset.zip"
        archive.write_bytes(content)
        try:
            for document in json_documents(archive):
                if isinstance(document, Refused):
                    continue
                held = _held(document)
                if isinstance(bill := held.get("bill"), dict):
                    bill_id = str(bill.get("bill_id"))
                    marker = str(bill.get("change_hash") or "")[:120]
                    bills.append((bill_id, marker, Document(f"bill-{bill_id}.json", document.content)))
                elif isinstance(call := held.get("roll_call"), dict):
                    key = str(call.get("roll_call_id"))
                    named = Document(f"vote-{key}.json", document.content)
                    votes.setdefault(str(call.get("bill_id")), []).append((key, named))
                elif isinstance(person := held.get("person"), dict):
                    people += people_documents([person])
        except FileRefused as problem:
            raise Broken(str(problem)) from problem
    return _Parts(bills, votes, tuple(people))


def _held(document: Document) -> dict[str, Any]:
    """What a file holds; nothing where it cannot be read: the list of bills has it asked for again."""
    try:
        content = parse_json(document)
    except FileRefused:
        return {}
    return content if isinstance(content, dict) else {}
