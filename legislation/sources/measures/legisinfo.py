"""Reader for LEGISinfo: bills of the Parliament of Canada, as its service sends them or as files of its answers.

The detail of a bill says everything; the list of a session only what its bills are called, and which have changed.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from pydantic import ValidationError

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind
from legislation.models.measure_relation import RelationKind
from legislation.models.roll_call import VoteResult
from legislation.models.sponsorship import SponsorRole
from legislation.sources.measures.legisinfo_answers import (
    Bill,
    Division,
    ListedBill,
    Publication,
    bills_in,
    is_listed,
    prose,
)
from legislation.sources.measures.legisinfo_steps import actions_of, stages_of, statute, statute_fr
from legislation.sources.measures.records import (
    MeasureFile,
    MeasureKey,
    MeasureRecord,
    PersonHint,
    Reading,
    Refused,
    RelationFact,
    RollCallFact,
    SessionFact,
    SponsorFact,
    TextFact,
)
from legislation.sources.opening import Document, FileRefused, content_of, members
from legislation.sources.places import CANADA
from legislation.sources.records import content_hash
from legislation.sources.shapes import one_line, why

SOURCE = "legisinfo"
PEOPLE = "ourcommons"
_SITE = "https://www.parl.ca"
_ANSWERS = (".xml", ".json", ".xml.gz", ".json.gz")
_REGULAR_FORM = "Regular"
# The viewer's words for the kinds of text whose address is known; others are reached from the page of the bill.
_VIEWER = {
    "80701": ("first-reading", "premiere-lecture"),
    "80703": ("third-reading", "troisieme-lecture"),
    "80704": ("royal-assent", "sanction-royal"),
}


class Listed(NamedTuple):
    """A bill in the list of a session: its detail is asked for again when the hash differs."""

    session: str
    number: str
    content_hash: str


def list_address(session: str, site: str = _SITE) -> str:
    return f"{site}/legisinfo/en/bills/json?parlsession={session}"


def detail_address(session: str, number: str, site: str = _SITE) -> str:
    return f"{site}/LegisInfo/en/bill/{session}/{number.lower()}/json"


def open_at(path: Path) -> list[MeasureFile]:
    """The bills of a file, folder or archive of answers. Raises FileRefused where there are none."""
    documents = _documents(path)
    first = next(documents, None)
    if first is None:
        raise FileRefused(_("%(path)s holds no answer of LEGISinfo.") % {"path": path.name})
    # One answer is read at once: a path that holds something else is refused before anything is written.
    for _bill in bills_in(first):
        break
    return [MeasureFile(SOURCE, path.name, _readings(first, documents))]


def listed(document: Document) -> Iterator[Listed]:
    """The bills of a session with the fingerprint of each; what cannot be read is left out and read in detail."""
    for row in bills_in(document):
        if is_listed(row):
            bill = ListedBill.model_validate(row)
            session = f"{bill.parliament_number}-{bill.session_number}"
            yield Listed(session, bill.bill_number_formatted, content_hash(row))


def _documents(path: Path) -> Iterator[Document]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and file.name.lower().endswith(_ANSWERS):
                yield Document(str(file.relative_to(path)), content_of(file))
    elif path.name.lower().endswith((".tar.gz", ".tgz")):
        yield from (found for found in members(path) if found.name.lower().endswith(_ANSWERS))
    else:
        yield Document(path.name, content_of(path))


def _readings(first: Document, others: Iterator[Document]) -> Iterator[Reading]:
    yield from _read(first)
    for document in others:
        try:
            yield from _read(document)
        except FileRefused as problem:
            yield Refused(document.name, str(problem))


def _read(document: Document) -> Iterator[Reading]:
    for row in bills_in(document):
        number = str(row.get("NumberCode") or row.get("BillNumberFormatted") or "?")
        try:
            yield (
                _from_the_list(row, document.name) if is_listed(row) else _from_its_detail(row, document.name)
            )
        except (ValidationError, RecursionError) as problem:
            reason = why(problem) if isinstance(problem, ValidationError) else _("nested too deeply")
            yield Refused(f"{document.name}: {number}", reason)


def _from_its_detail(row: dict[str, Any], file: str) -> MeasureRecord:
    bill = Bill.model_validate(row)
    key = MeasureKey(_session(bill.parliament_number, bill.session_number), bill.number_code)
    titles = _Titles.of(bill)
    return MeasureRecord(
        bill.id,
        file,
        key,
        content_hash(row),
        MeasureKind.BILL,
        titles.english,
        titles.french,
        other_titles=tuple(filter(None, (*titles.others, statute(bill), statute_fr(bill)))),
        summary_en=prose(bill.short_legislative_summary_en),
        summary_fr=prose(bill.short_legislative_summary_fr),
        subjects=_subjects(bill),
        url=_page(bill),
        actions=actions_of(bill),
        stages=stages_of(bill),
        sponsors=_sponsors(bill),
        texts=tuple(_text(publication, bill) for publication in bill.publications),
        roll_calls=tuple(_roll_calls(bill)),
        relations=_relations(bill),
    )


def _from_the_list(row: dict[str, Any], file: str) -> MeasureRecord:
    """Of its way only some dates are listed: nothing is said of it, so that what is on record stays."""
    bill = ListedBill.model_validate(row)
    key = MeasureKey(_session(bill.parliament_number, bill.session_number), bill.bill_number_formatted)
    titles = _Titles.of(bill)
    return MeasureRecord(
        bill.bill_id,
        file,
        key,
        content_hash(row),
        MeasureKind.BILL,
        titles.english,
        titles.french,
        other_titles=titles.others,
        subjects=(bill.bill_type_en,) if bill.bill_type_en else (),
        url=f"{_SITE}/legisinfo/en/bill/{key.session.identifier}/{key.number.lower()}",
    )


class _Titles(NamedTuple):
    """The short title where Parliament gave one; the long ones are found in search."""

    english: str
    french: str
    others: tuple[str, ...]

    @classmethod
    def of(cls, bill: Bill | ListedBill) -> "_Titles":
        long = one_line(bill.long_title_en), one_line(bill.long_title_fr)
        english = one_line(bill.short_title_en) or long[0]
        french = one_line(bill.short_title_fr) or long[1]
        return cls(
            english, french, tuple(title for title in long if title and title not in (english, french))
        )


def _session(parliament: int, session: int) -> SessionFact:
    name = f"{_ordinal(parliament)} Parliament, {_ordinal(session)} Session"
    return SessionFact(CANADA.ocd_id, f"{parliament}-{session}", name)


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _page(bill: Bill, language: str = "en") -> str:
    session, number = f"{bill.parliament_number}-{bill.session_number}", bill.number_code.lower()
    return (
        f"{_SITE}/legisinfo/{language}/{'bill' if language == 'en' else 'projet-de-loi'}/{session}/{number}"
    )


def _subjects(bill: Bill) -> tuple[str, ...]:
    """How Parliament files it. A pro forma bill asserts a right of the house and goes no further."""
    form = "Pro forma" if bill.is_pro_forma else bill.bill_form_name_en
    form = "" if form == _REGULAR_FORM else form
    return tuple(filter(None, (bill.bill_document_type_name_en, form)))


def _sponsors(bill: Bill) -> tuple[SponsorFact, ...]:
    name = one_line(bill.sponsor_person_name)
    if not name:
        return ()
    known = ((PEOPLE, bill.sponsor_person_id),) if bill.sponsor_person_id else ()
    hint = PersonHint(name, known, one_line(bill.sponsor_constituency_name_en))
    return (SponsorFact(hint, SponsorRole.SPONSOR),)


def _text(publication: Publication, bill: Bill) -> TextFact:
    english, french = _page(bill), _page(bill, "fr")
    if words := _VIEWER.get(publication.publication_type_id):
        session = f"{bill.parliament_number}-{bill.session_number}"
        english = f"{_SITE}/DocumentViewer/en/{session}/bill/{bill.number_code}/{words[0]}"
        french = f"{_SITE}/DocumentViewer/fr/{session}/projet-loi/{bill.number_code}/{words[1]}"
    return TextFact(
        publication.publication_id,
        one_line(publication.publication_type_name_en),
        one_line(publication.publication_type_name_fr),
        url=english,
        url_fr=french,
    )


def _roll_calls(bill: Bill) -> Iterator[RollCallFact]:
    """Divisions of the House with their counts: how each member voted is published elsewhere."""
    for division in bill.house_vote_details:
        if division.decision_date_time is None:
            continue
        parliament, session = bill.parliament_number, bill.session_number
        page = f"https://www.ourcommons.ca/members/en/votes/{parliament}/{session}/{division.division_number}"
        yield RollCallFact(
            f"{parliament}-{session}/{division.division_number}",
            division.decision_date_time,
            one_line(division.division_subject_en),
            one_line(division.division_subject_fr),
            ChamberCode.LOWER,
            division.division_number,
            _result(division),
            division.division_votes_yeas,
            division.division_votes_nays,
            division.division_vote_paired,
            page,
        )


def _result(division: Division) -> VoteResult:
    if division.is_agreed_to == division.is_negatived:
        return VoteResult.UNKNOWN
    return VoteResult.PASSED if division.is_agreed_to else VoteResult.FAILED


def _relations(bill: Bill) -> tuple[RelationFact, ...]:
    """Similar bills: of an earlier session the same idea, of this one related. Later ones say so themselves."""
    here = (bill.parliament_number, bill.session_number)
    found: list[RelationFact] = []
    for similar in bill.similar_bills:
        there = (similar.parliament_number, similar.session_number)
        if there <= here and (there, similar.number_code) != (here, bill.number_code):
            kind = RelationKind.RELATED if there == here else RelationKind.PRIOR_SESSION
            found.append(RelationFact(MeasureKey(_session(*there), similar.number_code), kind))
    return tuple(dict.fromkeys([*_reinstated(bill), *found]))


def _reinstated(bill: Bill) -> Iterable[RelationFact]:
    """A bill is reinstated after prorogation only, so from the session before in the same Parliament."""
    number = bill.reinstated_from_bill_number_code
    if number and bill.session_number > 1:
        before = MeasureKey(_session(bill.parliament_number, bill.session_number - 1), number)
        yield RelationFact(before, RelationKind.PRIOR_SESSION)
