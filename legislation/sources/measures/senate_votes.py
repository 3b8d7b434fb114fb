"""Reader for the roll calls of the United States Senate, in the XML of its Legislative Information System.

Members are known by their LIS id. Votes on nominations, treaties and the order of business concern no measure: they
are passed over, and a warning says how many there were. So is the menu, which lists votes and holds none.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legislation.models.jurisdiction import ChamberCode
from legislation.models.roll_call import VoteOption, VoteResult
from legislation.sources.measures.congress_numbers import CongressNumber, read_number
from legislation.sources.measures.records import (
    MeasureFile,
    PersonHint,
    Reading,
    Refused,
    RollCallFact,
    RollCallRecord,
    VoteFact,
)
from legislation.sources.measures.xml_files import documents, find_xml, parse_xml, said, text_of
from legislation.sources.opening import Document, FileRefused
from legislation.sources.records import content_hash
from legislation.sources.shapes import nfc

SOURCE = "senate-votes"
_ROLL_CALL, _MENU = "roll_call_vote", "vote_summary"
_STAMPS = frozenset(("modify_date",))
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# The clock is that of the Senate, so the day is the day there.
_DAY = re.compile(rf"^(?P<month>{'|'.join(_MONTHS)}) (?P<day>[0-9]{{1,2}}), (?P<year>[0-9]{{4}})\b")
_FAILED = re.compile(r"\b(?:rejected|failed|defeated|not|veto sustained)\b", re.IGNORECASE)
_PASSED = re.compile(
    r"\b(?:agreed to|passed|confirmed|overridden|sustained|well taken|guilty)\b", re.IGNORECASE
)
_OPTIONS = {
    "yea": VoteOption.YES,
    "guilty": VoteOption.YES,
    "nay": VoteOption.NO,
    "not guilty": VoteOption.NO,
    "present": VoteOption.PRESENT,
    "not voting": VoteOption.NOT_VOTING,
    "absent": VoteOption.ABSENT,
    "present, giving live pair": VoteOption.PAIRED,
}


class _OfNoMeasure(NamedTuple):
    """A vote on a nomination, a treaty or the order of business, by its question."""

    question: str


def open_at(path: Path) -> list[MeasureFile]:
    """A vote, or a folder of them: `vote_118_2_00336.xml`, also compressed by gzip."""
    found = find_xml(path)
    file = MeasureFile(SOURCE, path.name, iter(()))
    file.records = _records(path, found, file.warnings)
    return [file]


def _records(path: Path, found: list[Path], warnings: list[str]) -> Iterator[Reading]:
    passed_over: list[str] = []
    for document in documents(path, found):
        if isinstance(document, FileRefused):
            yield Refused(path.name, str(document))
            continue
        reading = _reading(document)
        if isinstance(reading, _OfNoMeasure):
            passed_over.append(f"{document.name}: {reading.question}")
        elif reading is None:
            warnings.append(
                _("%(file)s is the menu of votes and holds none. It was passed over.")
                % {"file": document.name}
            )
        else:
            yield reading
    if passed_over:
        warnings.append(
            ngettext(
                "%(count)s vote concerns no measure and was passed over (%(first)s).",
                "%(count)s votes concern no measure and were passed over (the first: %(first)s).",
                len(passed_over),
            )
            % {"count": len(passed_over), "first": passed_over[0]}
        )


def _reading(document: Document) -> Reading | _OfNoMeasure | None:
    """The roll call; None for the menu."""
    try:
        root = parse_xml(document)
    except FileRefused as problem:
        return Refused(document.name, str(problem))
    if root.tag == _MENU:
        return None
    if root.tag != _ROLL_CALL:
        return Refused(
            document.name,
            _("%(file)s is not a roll call of the Senate: it begins with <%(element)s>.")
            % {"file": document.name, "element": root.tag[:80]},
        )
    return _roll_call(root, document.name)


def _roll_call(root: Element, file: str) -> Reading | _OfNoMeasure:
    congress, session, number = (_count(root, name) for name in ("congress", "session", "vote_number"))
    on, question = _day(text_of(root, "vote_date")), _question(root)
    if not congress or not session or not number or not on or not question:
        return Refused(
            file, _("Its Congress, session, number, date or question is missing or cannot be read.")
        )
    measure = _measure(root, congress)
    if measure is None:
        return _OfNoMeasure(question)
    yes, no, others = _counts(root)
    fact = RollCallFact(
        f"{congress}-{session}-senate-{number}",
        on,
        question,
        chamber=ChamberCode.UPPER,
        number=number,
        result=_result(text_of(root, "vote_result") or text_of(root, "vote_result_text")),
        yes=yes,
        no=no,
        others=others,
        url=_page(congress, session, number),
        votes=tuple(_votes(root)),
    )
    return RollCallRecord(file, measure.key, content_hash(said(root, without=_STAMPS)), fact)


def _question(root: Element) -> str:
    names = ("vote_question_text", "question", "vote_title")
    return nfc(next((said for name in names if (said := text_of(root, name))), ""))


def _counts(root: Element) -> tuple[int | None, int | None, int | None]:
    """Yeas, nays and neither. An empty element is none of them; without yeas and nays nothing was counted."""
    yeas, nays, present, absent = (
        _count(root, f"count/{name}") for name in ("yeas", "nays", "present", "absent")
    )
    if yeas is None and nays is None:
        return None, None, None
    return yeas or 0, nays or 0, (present or 0) + (absent or 0)


def _measure(root: Element, congress: int) -> CongressNumber | None:
    """What was voted on, or what the amendment voted on would have changed."""
    document = " ".join((text_of(root, "document/document_type"), text_of(root, "document/document_number")))
    amended = text_of(root, "amendment/amendment_to_document_number")
    of_document = _count(root, "document/document_congress") or congress
    for written in (document, text_of(root, "document/document_name"), amended):
        if found := read_number(of_document, written):
            return found
    return None


def _votes(root: Element) -> Iterator[VoteFact]:
    seen: set[str] = set()
    for member in root.findall("members/member"):
        who = _who(member)
        key = who.identifiers[0][1] if who.identifiers else who.name
        if who.name and key not in seen:
            seen.add(key)
            yield VoteFact(who, _option(text_of(member, "vote_cast")))
    if (casting := text_of(root, "tie_breaker/tie_breaker_vote")) and (
        by := text_of(root, "tie_breaker/by_whom")
    ):
        yield VoteFact(PersonHint(nfc(by)[:200]), _option(casting))


def _who(member: Element) -> PersonHint:
    name = " ".join(part for part in (text_of(member, "first_name"), text_of(member, "last_name")) if part)
    lis = text_of(member, "lis_member_id")
    return PersonHint(
        nfc(name or text_of(member, "member_full"))[:200],
        (("lis", lis),) if lis else (),
        text_of(member, "state"),
        text_of(member, "party"),
    )


def _option(cast: str) -> VoteOption:
    return _OPTIONS.get(cast.lower(), VoteOption.OTHER)


def _result(written: str) -> VoteResult:
    if _FAILED.search(written):
        return VoteResult.FAILED
    return VoteResult.PASSED if _PASSED.search(written) else VoteResult.UNKNOWN


def _day(written: str) -> date | None:
    match = _DAY.match(written)
    try:
        return (
            date(int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"])) if match else None
        )
    except ValueError:
        return None


def _count(root: Element, path: str) -> int | None:
    written = text_of(root, path)
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 6 else None


def _page(congress: int, session: int, number: int) -> str:
    return (
        "https://www.senate.gov/legislative/LIS/roll_call_votes/"
        f"vote{congress}{session}/vote_{congress}_{session}_{number:05}.htm"
    )
