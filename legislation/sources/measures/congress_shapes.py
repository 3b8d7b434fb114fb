"""The shapes of a bill of Congress, as Congress.gov and GPO share them: BILLSTATUS is the same content as XML."""

from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from legislation.sources.measures.congress_numbers import LAST_CONGRESS
from legislation.sources.shapes import Day, UpstreamModel, limited

Item = TypeVar("Item")


def _none_is_empty(value: Any) -> Any:
    return "" if value is None else value


def _as_list(value: Any) -> Any:
    """What converters from XML make of one item or of none."""
    if value is None or value == "":
        return []
    return [value] if isinstance(value, dict) else value


Words = Annotated[str, limited(50_000), BeforeValidator(_none_is_empty)]
Short = Annotated[str, limited(80), BeforeValidator(_none_is_empty)]
Long = Annotated[str, limited(2_000_000), BeforeValidator(_none_is_empty)]
Many = Annotated[list[Item], BeforeValidator(_as_list)]
Number = Annotated[int, Field(ge=1, le=999_999)]
Congress = Annotated[int, Field(ge=1, le=LAST_CONGRESS)]


class CongressModel(UpstreamModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class UpstreamSystem(CongressModel):
    code: Short = ""
    name: Words = ""


class UpstreamAction(CongressModel):
    action_date: Day = None
    action_time: Short = ""
    text: Words = ""
    type: Words = ""
    action_code: Short = ""
    source_system: UpstreamSystem | None = None


class UpstreamPerson(CongressModel):
    bioguide_id: Short = ""
    full_name: Words = ""
    name: Words = ""
    party: Short = ""
    state: Short = ""
    district: Short = ""
    sponsorship_date: Day = None
    sponsorship_withdrawn_date: Day = None


class UpstreamTitle(CongressModel):
    title: Words = ""
    title_type: Words = ""


class UpstreamSummary(CongressModel):
    action_date: Day = None
    update_date: Short = ""
    text: Long = ""


class UpstreamFormat(CongressModel):
    type: Short = ""
    url: Words = ""


class UpstreamText(CongressModel):
    type: Words = ""
    date: Short = ""
    formats: Many[UpstreamFormat] = []


class UpstreamRelationship(CongressModel):
    type: Words = ""


class UpstreamRelated(CongressModel):
    congress: Congress
    type: Short
    number: Number
    relationship_details: Many[UpstreamRelationship] = []


class UpstreamLaw(CongressModel):
    type: Words = ""
    number: Short = ""


class UpstreamAmendment(CongressModel):
    type: Short = ""
    number: Short = ""
    actions: Many[UpstreamAction] = []


class UpstreamBill(CongressModel):
    """`None` for a list: the source was not asked for it."""

    congress: Congress
    type: Short
    number: Number
    title: Words = ""
    introduced_date: Day = None
    sponsors: Many[UpstreamPerson] | None = None
    cosponsors: Many[UpstreamPerson] | None = None
    actions: Many[UpstreamAction] | None = None
    amendments: Many[UpstreamAmendment] = []
    titles: Many[UpstreamTitle] = []
    summaries: Many[UpstreamSummary] = []
    subjects: Many[Words] = []
    text_versions: Many[UpstreamText] | None = None
    related_bills: Many[UpstreamRelated] | None = None
    laws: Many[UpstreamLaw] = []
