"""Reader for answers of the Open States API, version 3: pages of a list, and single bills.

An answer holds what was asked for: what was not asked for is an absent key, and says nothing.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from legislation.sources.measures.openstates_facts import fingerprint, measure_record
from legislation.sources.measures.openstates_shapes import UpstreamBill, UpstreamVoteEvent
from legislation.sources.measures.openstates_votes import roll_call
from legislation.sources.measures.records import (
    MeasureFile,
    MeasureKey,
    MeasureRecord,
    Reading,
    Refused,
    RollCallFact,
    SessionFact,
)
from legislation.sources.opening import Document, FileRefused, content_of, members, parse_json
from legislation.sources.shapes import why

SOURCE = "openstates-v3"
_MARK_OF_A_BILL = b'"ocd-bill/'
# When they last wrote the bill down says nothing about the bill.
_NOT_OF_THE_SOURCE = frozenset({"created_at", "updated_at"})


def read(path: Path) -> MeasureFile:
    """Answers kept in files: one, a folder of them, or a .tar.gz. Raises FileRefused where none is about bills."""
    documents = list(_documents(path))
    answers = [document for document in documents if _MARK_OF_A_BILL in document.content]
    if not answers:
        raise FileRefused(
            _("%(path)s holds no bills of the Open States API: give an answer, or a folder of answers.")
            % {"path": path.name}
        )
    left_out = [
        _("%(file)s is no answer about bills and was left out.") % {"file": document.name}
        for document in documents
        if _MARK_OF_A_BILL not in document.content
    ]
    return MeasureFile(SOURCE, path.name, _readings(answers), left_out)


def bills_of(answer: Any, file: str) -> Iterator[Reading]:
    """The bills of one parsed answer: a page of a list, or a single bill."""
    listed = answer.get("results") if isinstance(answer, dict) else None
    for raw in listed if isinstance(listed, list) else [answer]:
        yield _bill(raw, file)


def _documents(path: Path) -> Iterator[Document]:
    if path.name.endswith(".tar.gz"):
        yield from (document for document in members(path) if document.name.endswith(".json"))
    elif path.is_file():
        yield Document(path.name, content_of(path))
    else:
        for found in sorted({*path.rglob("*.json"), *path.rglob("*.json.gz")}):
            yield Document(found.relative_to(path).as_posix(), content_of(found))


def _readings(answers: list[Document]) -> Iterator[Reading]:
    for document in answers:
        try:
            answer = parse_json(document)
        except FileRefused as refusal:
            yield Refused(document.name, str(refusal))
        else:
            yield from bills_of(answer, document.name)


def _bill(raw: Any, file: str) -> MeasureRecord | Refused:
    number = raw.get("identifier") if isinstance(raw, dict) else None
    where = f"{file}: {number}" if number else file
    try:
        bill = UpstreamBill.model_validate(raw)
        if not bill.id or not bill.jurisdiction:
            raise ValueError(_("it has no id, or no jurisdiction"))
        key = MeasureKey(SessionFact(bill.jurisdiction.id, bill.session), bill.identifier)
        return measure_record(
            bill,
            key=key,
            external_id=bill.id,
            file=file,
            content_hash=fingerprint(raw, without=_NOT_OF_THE_SOURCE),
            roll_calls=None if bill.votes is None else _roll_calls(bill.votes, key),
        )
    except ValidationError as problem:
        return Refused(where, why(problem))
    except ValueError as problem:
        return Refused(where, str(problem))


def _roll_calls(events: list[UpstreamVoteEvent], key: MeasureKey) -> tuple[RollCallFact, ...]:
    if not all(event.id for event in events):
        raise ValueError(_("a roll call has no id"))
    facts = [
        roll_call(event, external_id=event.id, jurisdiction=key.session.jurisdiction) for event in events
    ]
    return tuple(sorted(facts, key=lambda fact: (fact.on, fact.external_id)))
