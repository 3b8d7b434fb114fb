"""LegiScan's answers as it gives them: getBill, with getRollCall and getPerson beside it for votes and names.

A file with one answer or a list of them, a folder, or the ZIP of getDataset. A roll call names its bill by id only,
so it is read together with the bill; one whose bill is not there is refused by name.
"""

import hashlib
import json
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from legislation.models.roll_call import VoteOption
from legislation.sources.measures.legiscan_bills import Voters, measure_record
from legislation.sources.measures.legiscan_codes import SCHEME, VOTES
from legislation.sources.measures.legiscan_files import is_there_any, json_documents
from legislation.sources.measures.legiscan_people import person_hint, unnamed
from legislation.sources.measures.legiscan_shapes import (
    UpstreamBill,
    UpstreamPerson,
    UpstreamRollCall,
    listed,
)
from legislation.sources.measures.records import (
    MeasureFile,
    MeasureRecord,
    PersonHint,
    Reading,
    Refused,
    VoteFact,
)
from legislation.sources.opening import Document, FileRefused, parse_json
from legislation.sources.shapes import why

_HAS_VOTES_OR_PEOPLE = re.compile(rb'"(?:roll_call|person)"\s*:\s*\{')
# Answers that say nothing of a measure we keep: texts are linked, lists are what the live feed reads.
_NOT_FOR_US = ("text", "amendment", "supplement", "sessions", "masterlist", "datasetlist", "sessionpeople")


@dataclass
class _RollCall:
    """The count, and who voted how as pairs of numbers: a session has a million of them."""

    where: str
    count: UpstreamRollCall
    votes: "array[int]"


@dataclass
class _Beside:
    """What comes apart from the bills it belongs to: people, and roll calls by the id of their bill."""

    people: dict[int, PersonHint] = field(default_factory=dict)
    roll_calls: dict[int, list[_RollCall]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    def join(self, bill: UpstreamBill) -> tuple[UpstreamBill, Voters]:
        """The bill with the roll calls it does not list yet, and the votes of all that are here."""
        here = self.roll_calls.pop(bill.bill_id, [])
        if not here:
            return bill, {}
        known = {count.roll_call_id for count in bill.votes or ()}
        unlisted = [one.count for one in here if one.count.roll_call_id not in known]
        joined = bill.model_copy(update={"votes": [*(bill.votes or ()), *unlisted]})
        return joined, {one.count.roll_call_id: tuple(self._votes(one.votes)) for one in here}

    def _votes(self, votes: "array[int]") -> Iterator[VoteFact]:
        for people_id, code in zip(votes[::2], votes[1::2], strict=True):
            who = self.people.get(people_id) or unnamed(people_id)
            yield VoteFact(who, VOTES.get(code, VoteOption.OTHER))


def open_at(path: Path) -> list[MeasureFile]:
    """Raises FileRefused where there is no answer of LegiScan."""
    if not is_there_any(path):
        raise FileRefused(_("%(file)s holds no answer of LegiScan.") % {"file": path.name})
    return [MeasureFile(SCHEME, path.name, _records(path))]


def _records(path: Path) -> Iterator[Reading]:
    beside = _read_beside(path)
    yield from beside.refused
    for document in json_documents(path):
        if isinstance(document, Refused):
            yield document
            continue
        try:
            answers = _answers(document)
        except FileRefused as refusal:
            yield Refused(document.name, str(refusal))
            continue
        for where, answer in answers:
            yield from _measure(answer, where, beside)
    yield from _without_bill(beside)


def _without_bill(beside: _Beside) -> Iterator[Refused]:
    for bill_id, left in beside.roll_calls.items():
        reason = _("It is a roll call on bill %(bill)d, whose answer to getBill is not here.") % {
            "bill": bill_id
        }
        yield from (Refused(one.where, reason) for one in left)


def _read_beside(path: Path) -> _Beside:
    """A first pass: only documents that have votes or people are parsed twice."""
    beside = _Beside()
    for document in json_documents(path):
        if isinstance(document, Refused) or not _HAS_VOTES_OR_PEOPLE.search(document.content):
            continue
        try:
            answers = _answers(document)
        except FileRefused:
            continue  # refused by name in the second pass
        for where, answer in answers:
            if isinstance(answer, dict):
                _read_one_beside(answer, where, beside)
    return beside


def _read_one_beside(answer: dict[str, Any], where: str, beside: _Beside) -> None:
    try:
        if "person" in answer:
            person = UpstreamPerson.model_validate(answer["person"])
            beside.people[person.people_id] = person_hint(person)
        elif "roll_call" in answer:
            roll_call = UpstreamRollCall.model_validate(answer["roll_call"])
            pairs = array("L")
            for vote in listed(answer["roll_call"].get("votes") or []):
                pairs.extend((int(vote["people_id"]), int(vote["vote_id"])))
            one = _RollCall(where, roll_call, pairs)
            beside.roll_calls.setdefault(roll_call.bill_id, []).append(one)
    except ValidationError as problem:
        beside.refused.append(Refused(where, why(problem)))
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
        reason = _("A vote in it has no number of a person, or none of LegiScan's codes.")
        beside.refused.append(Refused(where, reason))


def _answers(document: Document) -> list[tuple[str, Any]]:
    """Each answer of a file with where it stands. Raises FileRefused for anything but JSON."""
    content = parse_json(document)
    if not isinstance(content, list):
        return [(document.name, content)]
    return [
        (_("%(file)s, answer %(number)d") % {"file": document.name, "number": number}, answer)
        for number, answer in enumerate(content, start=1)
    ]


def _measure(answer: Any, where: str, beside: _Beside) -> Iterator[MeasureRecord | Refused]:
    if not isinstance(answer, dict):
        yield Refused(where, _("This is no answer of LegiScan."))
    elif str(answer.get("status", "OK")).upper() == "ERROR":
        alert = answer.get("alert")
        said = alert.get("message") if isinstance(alert, dict) else None
        yield Refused(where, _("LegiScan answered with an error: %(said)s") % {"said": said or "?"})
    elif "bill" in answer:
        yield _bill(answer["bill"], where, beside)
    elif not any(kind in answer for kind in ("person", "roll_call", *_NOT_FOR_US)):
        yield Refused(where, _("This is no answer of LegiScan to getBill, getRollCall or getPerson."))


def _bill(raw: Any, where: str, beside: _Beside) -> MeasureRecord | Refused:
    try:
        bill = UpstreamBill.model_validate(raw)
    except ValidationError as problem:
        return Refused(where, why(problem))
    joined, voters = beside.join(bill)
    try:
        return measure_record(joined, where, _content_hash(bill, raw, voters), voters)
    except KeyError:
        return Refused(where, _("%(state)s is no state LegiScan has.") % {"state": bill.state})


def _content_hash(bill: UpstreamBill, raw: Any, voters: Voters) -> str:
    """LegiScan's own change marker; it does not know of votes and names that we read beside the bill."""
    marker = bill.change_hash or _digest(json.dumps(raw, sort_keys=True))
    return _digest(f"{marker} {sorted(voters.items())!r}") if voters else marker


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
