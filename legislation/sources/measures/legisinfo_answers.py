"""Answers of LEGISinfo in one form, whether they came as XML or as JSON, and the shapes of a bill in them.

Both forms use the same keys. XML repeats an element where JSON has a list, and has an empty element where JSON has
null. Moments carry no zone: they are what the clock in Ottawa showed.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, ConfigDict
from pydantic.alias_generators import to_pascal

from legislation.sources.measures.markup import words_of
from legislation.sources.opening import Document, FileRefused, parse_json
from legislation.sources.shapes import UpstreamModel, limited

OTTAWA = ZoneInfo("America/Toronto")
_NEVER = "0001-01-01"


def _text(value: Any) -> Any:
    return "" if value is None or value == {} else value


def _rows(value: Any) -> list[Any]:
    """A list, however many there are: null and an empty element are none, a single element is one."""
    if isinstance(value, list):
        return [row for row in value if row not in (None, "", {})]
    return [] if value in (None, "", {}) else [value]


def _row(value: Any) -> Any:
    return None if value in ("", {}, []) else value


def _whole(value: Any) -> Any:
    return None if value in ("", {}) else value


def _flag(value: Any) -> Any:
    return False if value in (None, "", {}) else value


def _day(value: Any) -> Any:
    """The date in Ottawa. Year 1 is how the service writes that there is none."""
    if not isinstance(value, str) or not value.strip() or value.startswith(_NEVER):
        return None if not value or isinstance(value, str) else value
    moment = datetime.fromisoformat(value.strip())
    return moment.astimezone(OTTAWA).date() if moment.tzinfo else moment.date()


Words = Annotated[str, limited(200_000), BeforeValidator(_text)]
Day = Annotated[date | None, BeforeValidator(_day)]
Whole = Annotated[int | None, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]


class _Shape(UpstreamModel):
    model_config = ConfigDict(
        extra="ignore",
        coerce_numbers_to_str=True,
        frozen=True,
        alias_generator=to_pascal,
        populate_by_name=True,
    )


class Event(_Shape):
    event_type_id: Words = ""
    event_name_en: Words = ""
    event_name_fr: Words = ""
    event_date_time: Day = None
    is_defeated_event: Flag = False


class Sitting(_Shape):
    name_en: Words = ""
    name_fr: Words = ""
    date: Day = None


class Meeting(_Shape):
    committee_name_en: Words = ""
    committee_name_fr: Words = ""
    number: Words = ""
    date: Day = None


class BillStage(_Shape):
    sittings: Annotated[list[Sitting], BeforeValidator(_rows)] = []
    significant_events: Annotated[list[Event], BeforeValidator(_rows)] = []
    committee_meetings: Annotated[list[Meeting], BeforeValidator(_rows)] = []


class Message(_Shape):
    """A step between the houses: `chamber_organization_id` is the house that took it."""

    event_name_en: Words = ""
    event_name_fr: Words = ""
    date: Day = None
    chamber_organization_id: Words = ""


class BillStages(_Shape):
    house_bill_stages: Annotated[list[BillStage], BeforeValidator(_rows)] = []
    senate_bill_stages: Annotated[list[BillStage], BeforeValidator(_rows)] = []
    royal_assent: Annotated[list[BillStage], BeforeValidator(_rows)] = []
    inter_chamber_messages: Annotated[list[Message], BeforeValidator(_rows)] = []


class Division(_Shape):
    division_number: int
    division_subject_en: Words = ""
    division_subject_fr: Words = ""
    division_votes_yeas: Whole = None
    division_votes_nays: Whole = None
    division_vote_paired: Whole = None
    decision_date_time: Day = None
    is_agreed_to: Flag = False
    is_negatived: Flag = False


class Publication(_Shape):
    publication_id: Words
    publication_type_id: Words = ""
    publication_type_name_en: Words = ""
    publication_type_name_fr: Words = ""


class Similar(_Shape):
    number_code: Words
    parliament_number: int
    session_number: int


class Bill(_Shape):
    """The detail of one bill."""

    id: Words
    number_code: Words
    parliament_number: int
    session_number: int
    long_title_en: Words = ""
    long_title_fr: Words = ""
    short_title_en: Words = ""
    short_title_fr: Words = ""
    status_name_en: Words = ""
    bill_document_type_name_en: Words = ""
    bill_form_name_en: Words = ""
    is_pro_forma: Flag = False
    is_senate_bill: Flag = False
    sponsor_person_id: Words = ""
    sponsor_person_name: Words = ""
    sponsor_constituency_name_en: Words = ""
    latest_bill_event_date_time: Day = None
    received_royal_assent_date_time: Day = None
    reinstated_from_bill_number_code: Words = ""
    short_legislative_summary_en: Words = ""
    short_legislative_summary_fr: Words = ""
    statute_year: Words = ""
    statute_chapter: Words = ""
    bill_stages: Annotated[BillStages | None, BeforeValidator(_row)] = None
    publications: Annotated[list[Publication], BeforeValidator(_rows)] = []
    house_vote_details: Annotated[list[Division], BeforeValidator(_rows)] = []
    similar_bills: Annotated[list[Similar], BeforeValidator(_rows)] = []


class ListedBill(_Shape):
    """A bill in the list of a session: what it is called, and not how it got there."""

    bill_id: Words
    bill_number_formatted: Words
    parliament_number: int
    session_number: int
    long_title_en: Words = ""
    long_title_fr: Words = ""
    short_title_en: Words = ""
    short_title_fr: Words = ""
    bill_type_en: Words = ""


def bills_in(document: Document) -> Iterator[Any]:
    """The bills of an answer, each as plain data. Raises FileRefused for what is no answer of LEGISinfo."""
    content = (
        parse_json(document)
        if document.name.lower().removesuffix(".gz").endswith(".json")
        else _xml(document)
    )
    if isinstance(content, dict):
        content = content.get("Bill") or content.get("Bills") or content
    found = _rows(content)
    if not found or not all(isinstance(row, dict) and _is_a_bill(row) for row in found):
        raise FileRefused(_("%(file)s is not an answer of LEGISinfo.") % {"file": document.name})
    yield from found


def is_listed(row: dict[str, Any]) -> bool:
    return "BillNumberFormatted" in row


def _is_a_bill(row: dict[str, Any]) -> bool:
    return "NumberCode" in row or is_listed(row)


def _xml(document: Document) -> Any:
    """The content of an XML file as the JSON service would send it. Entities and document types are refused unread."""
    try:
        # As text, so that the file's own claim about its encoding hides nothing from the check below.
        text = document.content.decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise FileRefused(
                _("%(file)s declares a document type, which no file of this source does.")
                % {"file": document.name}
            )
        return _plain(ElementTree.fromstring(text))  # noqa: S314 (nothing to expand: no entities are left)
    except (ElementTree.ParseError, UnicodeDecodeError, RecursionError) as problem:
        raise FileRefused(
            _("%(file)s is not readable as XML: %(problem)s") % {"file": document.name, "problem": problem}
        ) from problem


def _plain(element: ElementTree.Element) -> Any:
    if not len(element):
        return (element.text or "").strip()
    found: dict[str, Any] = {}
    for child in element:
        value = _plain(child)
        if child.tag not in found:
            found[child.tag] = value
        elif isinstance(found[child.tag], list):
            found[child.tag].append(value)
        else:
            found[child.tag] = [found[child.tag], value]
    return found


def prose(html: str) -> str:
    """Escaped HTML as plain paragraphs: one line each, none empty."""
    return words_of(html)
