"""Reader for Congress.gov v3: answers kept as JSON files.

An answer is known by what it holds, not by its name. A page of the list of bills gives numbers and titles only. A bill
is one answer, and its actions, cosponsors and so on are others, each of which names the bill it was asked for: they
are joined here. What was not asked for, or not whole (twenty at a time unless more are asked for), is said to be not
known, so that nothing on record is taken away.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from legislation.sources.measures.congress_bills import read_bill
from legislation.sources.measures.congress_numbers import CongressNumber, bill_type
from legislation.sources.measures.records import MeasureFile, Reading, Refused
from legislation.sources.opening import Document, FileRefused, content_of, parse_json
from legislation.sources.records import content_hash

SOURCE = "congress-gov"
_NAMES = (".json", ".json.gz")
# The parts of a bill by the name of the list in their answers. Amendments and committees tell us nothing more.
_PARTS = (
    "actions", "amendments", "committees", "cosponsors", "relatedBills", "subjects", "summaries", "textVersions",
    "titles",
)  # fmt: skip
_PASSED_OVER = frozenset(("amendments", "committees"))
# When the record was touched, which happens without anything in it changing.
_STAMPS = frozenset(("updateDate", "updateDateIncludingText"))


@dataclass
class _Answers:
    """All that was answered about one bill."""

    file: str = ""
    bill: dict[str, Any] | None = None
    entry: dict[str, Any] | None = None
    parts: dict[str, list[Any]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)


def open_at(path: Path) -> list[MeasureFile]:
    """An answer, or a folder of them. The folder is read whole: the parts of a bill may lie anywhere in it."""
    found = [path] if path.is_file() else sorted(path.rglob("*")) if path.is_dir() else []
    found = [one for one in found if one.is_file() and one.name.lower().endswith(_NAMES)]
    if not found:
        raise FileRefused(
            _("%(path)s holds no answers of Congress.gov: give a JSON file or a folder.")
            % {"path": path.name}
        )
    file = MeasureFile(SOURCE, path.name, iter(()))
    file.records = _records(path, found, file.warnings)
    return [file]


def _records(path: Path, found: list[Path], warnings: list[str]) -> Iterator[Reading]:
    bills: dict[str, _Answers] = {}
    for one in found:
        name = one.name if one == path else one.relative_to(path).as_posix()
        try:
            yield from _sort(Document(name, content_of(one)), bills)
        except FileRefused as problem:
            yield Refused(name, str(problem))
    for answers in bills.values():
        yield _reading(answers, warnings)


def _sort(document: Document, bills: dict[str, _Answers]) -> Iterator[Refused]:
    """Puts an answer to the others about its bill; a page of the list may hold entries that name none."""
    content = parse_json(document)
    if not isinstance(content, dict):
        raise _not_ours(document, content)
    if isinstance(content.get("bills"), list):
        for entry in content["bills"]:
            try:
                answers = _answers(bills, document, entry)
            except FileRefused as problem:
                yield Refused(document.name, str(problem))
                continue
            answers.entry = entry
            answers.file = answers.file or document.name
    elif isinstance(content.get("bill"), dict):
        answers = _answers(bills, document, content["bill"])
        answers.bill, answers.file = content["bill"], document.name
    else:
        _sort_part(document, content, bills)


def _sort_part(document: Document, content: dict[str, Any], bills: dict[str, _Answers]) -> None:
    asked = content.get("request")
    part = next((one for one in _PARTS if isinstance(content.get(one), list | dict)), "")
    if not part or not isinstance(asked, dict):
        raise _not_ours(document, content)
    answers = _answers(
        bills,
        document,
        {"congress": asked.get("congress"), "type": asked.get("billType"), "number": asked.get("billNumber")},
    )
    answers.file = answers.file or document.name
    answers.parts.setdefault(part, []).extend(_items(content[part]))
    pagination = content.get("pagination")
    total = pagination.get("count") if isinstance(pagination, dict) else None
    if isinstance(total, int):
        answers.totals[part] = total


def _items(written: Any) -> list[Any]:
    """Subjects come as terms and a policy area, which counts as one of them and stands first."""
    if isinstance(written, list):
        return written
    area, terms = written.get("policyArea"), written.get("legislativeSubjects")
    return [*([area] if area else []), *(terms if isinstance(terms, list) else [])]


def _answers(bills: dict[str, _Answers], document: Document, named: Any) -> _Answers:
    """The other answers about the bill that this one names."""
    try:
        type_ = bill_type(str(named["type"]))
        number = CongressNumber(int(named["congress"]), type_, int(named["number"])) if type_ else None
    except (KeyError, TypeError, ValueError, OverflowError):
        number = None
    if number is None:
        raise FileRefused(_("%(file)s names no bill of a Congress.") % {"file": document.name})
    return bills.setdefault(number.external_id, _Answers())


def _not_ours(document: Document, content: Any) -> FileRefused:
    error = content.get("error") if isinstance(content, dict) else None
    message = error.get("message") if isinstance(error, dict) else error
    if isinstance(message, str):
        return FileRefused(
            _("%(file)s is an error of Congress.gov: %(problem)s")
            % {"file": document.name, "problem": message[:200]}
        )
    return FileRefused(_("%(file)s holds no answer of Congress.gov about bills.") % {"file": document.name})


def _reading(answers: _Answers, warnings: list[str]) -> Reading:
    if answers.bill is not None:
        parts = {part: _part(answers, part, warnings) for part in _PARTS if part not in _PASSED_OVER}
        content = answers.bill | parts | {part: [] for part in _PASSED_OVER}
        return read_bill(content, answers.file, _fingerprint(answers.bill, parts))
    if answers.entry is not None:
        listed = {name: answers.entry.get(name) for name in ("congress", "type", "number", "title")}
        return read_bill(listed, answers.file, _fingerprint(listed, {}))
    return Refused(
        answers.file, _("The answer about the bill itself is missing; its parts alone say too little.")
    )


def _part(answers: _Answers, part: str, warnings: list[str]) -> list[Any] | None:
    """The whole list; None where it is not known. A bill without any does not name the part, or counts none."""
    bill = answers.bill or {}
    got = answers.parts.get(part)
    if got is None:
        stated = bill.get(part)
        total = stated.get("count") if isinstance(stated, dict) else None
        return None if total else []
    if answers.totals.get(part, 0) > len(got):
        warnings.append(
            _("%(file)s: %(got)s of %(total)s %(part)s are here. They were left as they are on record.")
            % {"file": answers.file, "got": len(got), "total": answers.totals[part], "part": part}
        )
        return None
    if part == "subjects":
        return [one.get("name") for one in got if isinstance(one, dict)]
    return got


def _fingerprint(bill: dict[str, Any], parts: dict[str, list[Any] | None]) -> str:
    """Of what was answered, whatever the order of its names; not of when, nor of the addresses of the parts."""
    content = {name: said for name, said in bill.items() if name not in _STAMPS and name not in _PARTS}
    return content_hash(json.dumps([content, parts], sort_keys=True, ensure_ascii=False).encode())
