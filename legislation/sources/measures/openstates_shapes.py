"""The shape of a bill and of a roll call as Open States writes them: its scrapers and its API differ in few words."""

import json
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field, model_validator

from legislation.sources.shapes import Day, Id, ShortText, UpstreamModel, limited

Number = Annotated[str, limited(40, least=1)]
Wording = Annotated[str, limited(10_000)]
LongText = Annotated[str, limited(200_000)]
Address = Annotated[str, limited(2_000)]

_MOST_VOTERS, _LAST_ROLL_CALL = 10_000, 1_000_000


def _reference(value: Any) -> Any:
    """Scrapers point at people and bodies by what they know of them: `~{"name": "King"}`."""
    if value == "":
        return None
    if not isinstance(value, str):
        return value
    if not value.startswith("~"):
        return {"id": value}
    try:
        return json.loads(value[1:])
    except RecursionError as problem:
        raise ValueError("nested too deeply") from problem


class OpenStatesModel(UpstreamModel):
    """`null` says as little as an absent key."""

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: one for name, one in value.items() if one is not None}


class UpstreamReference(OpenStatesModel):
    id: Wording = ""
    name: Wording = ""
    classification: Wording = ""


Reference = Annotated[UpstreamReference | None, BeforeValidator(_reference)]


class UpstreamAction(OpenStatesModel):
    date: ShortText
    description: Wording
    classification: list[ShortText] = []
    organization: Reference = Field(None, validation_alias=AliasChoices("organization_id", "organization"))


class UpstreamSponsor(OpenStatesModel):
    name: Annotated[str, limited(400, least=1)]
    primary: bool = False
    entity_type: ShortText = "person"
    person: Reference = None


class UpstreamAbstract(OpenStatesModel):
    abstract: LongText
    note: Wording = ""


class UpstreamTitle(OpenStatesModel):
    title: Wording


class UpstreamLink(OpenStatesModel):
    url: Address
    media_type: ShortText = ""


class UpstreamVersionExtras(UpstreamModel):
    amendment_number: ShortText | None = Field(None, validation_alias="amendmentNumber")


class UpstreamVersion(OpenStatesModel):
    note: Wording = ""
    date: ShortText | None = None
    classification: ShortText | None = None
    links: list[UpstreamLink] = []
    extras: UpstreamVersionExtras | None = None

    @property
    def is_an_amendment(self) -> bool:
        """Something proposed to the text is not a text of the measure; what is adopted comes engrossed."""
        return self.classification == "amendment" or bool(self.extras and self.extras.amendment_number)


class UpstreamRelated(OpenStatesModel):
    identifier: Number
    legislative_session: Number
    relation_type: ShortText = "related"


class UpstreamAddress(UpstreamModel):
    url: Address


class UpstreamExtras(OpenStatesModel):
    sponsor_bioguides: list[ShortText | None] = []
    cosponsor_bioguides: list[ShortText | None] = []


class UpstreamJurisdiction(UpstreamModel):
    id: Annotated[str, limited(200, least=1)]


class UpstreamCount(UpstreamModel):
    option: ShortText
    value: int = Field(ge=0, le=_MOST_VOTERS)


class UpstreamVote(UpstreamModel):
    option: ShortText
    voter_name: Annotated[str, limited(400, least=1)]
    note: ShortText | None = None
    voter: Reference = None


class UpstreamVoteExtras(OpenStatesModel):
    house: int | None = Field(None, validation_alias="house-rollcall-num", ge=0, le=_LAST_ROLL_CALL)
    senate: int | None = Field(None, validation_alias="senate-rollcall-num", ge=0, le=_LAST_ROLL_CALL)


class UpstreamVoteEvent(OpenStatesModel):
    """The scraper's says of which bill and session it is; in the API it stands inside its bill."""

    id: ShortText = ""
    identifier: ShortText = ""
    bill_identifier: Annotated[str, limited(40)] = ""
    legislative_session: Annotated[str, limited(40)] = ""
    motion_text: Wording
    start_date: ShortText
    result: ShortText | None = None
    organization: Reference = None
    counts: list[UpstreamCount] = []
    votes: list[UpstreamVote] | None = None
    sources: list[UpstreamAddress] = []
    extras: UpstreamVoteExtras | None = None


class UpstreamBill(OpenStatesModel):
    id: Id | None = None
    identifier: Number
    session: Number = Field(validation_alias=AliasChoices("legislative_session", "session"))
    jurisdiction: UpstreamJurisdiction | None = None
    title: LongText
    classification: list[ShortText] = []
    from_organization: Reference = None
    subject: list[Wording] = []
    abstracts: list[UpstreamAbstract] = []
    other_titles: list[UpstreamTitle] = []
    openstates_url: Address | None = None
    sources: list[UpstreamAddress] = []
    extras: UpstreamExtras | None = None
    # What is not asked for is an absent key: the reader must tell it from an empty list.
    actions: list[UpstreamAction] | None = None
    sponsorships: list[UpstreamSponsor] | None = None
    versions: list[UpstreamVersion] | None = None
    related_bills: list[UpstreamRelated] | None = None
    votes: list[UpstreamVoteEvent] | None = None


class UpstreamSession(OpenStatesModel):
    identifier: Number
    name: Annotated[str, limited(160)] = ""
    classification: ShortText | None = None
    start_date: Day = None
    end_date: Day = None


class UpstreamScope(OpenStatesModel):
    """What a scraper says about its jurisdiction."""

    id: Annotated[str, limited(200)] = ""
    legislative_sessions: list[UpstreamSession]
