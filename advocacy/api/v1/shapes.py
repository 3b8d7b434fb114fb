"""The shapes of version 1. Names here are promises: a field may be added, never renamed or given another meaning."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Generic, Literal, TypeVar

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from advocacy.api.models import EventKind
from advocacy.interactions.models import Capacity, Initiator, Kind, Purpose
from campaigns.models import CampaignKind, Status
from legislation.models import ChamberCode, Stage

Shape = TypeVar("Shape")
LARGEST_KEY = 2**63 - 1


def storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError(_("Leave out null characters."))
    return text


def on_the_calendar(moment: datetime) -> datetime:
    """The first and last hours of the calendar lie outside of it in another zone."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as outside:
        raise ValueError(_("Choose a moment between the years 1 and 9999.")) from outside


Moment = Annotated[AwareDatetime, AfterValidator(on_the_calendar)]
Text = Annotated[str, AfterValidator(storable)]
Key = Annotated[int, Field(ge=1, le=LARGEST_KEY)]
Word = Annotated[str, Field(max_length=200), AfterValidator(storable)]
Paragraph = Annotated[str, Field(max_length=5000), AfterValidator(storable)]


class FieldProblemOut(Schema):
    field: str
    problem: str


class ProblemOut(Schema):
    """An error (RFC 9457): `detail` says what to do, `errors` which fields."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblemOut] = []


class PageOut(Schema, Generic[Shape]):
    """Some rows of a list. `next` is the address of the following ones; null at the end."""

    data: list[Shape]
    next: str | None


class Paging(Schema):
    after: Word = Field("", description="The cursor of a “next” address.")
    limit: int = Field(50, ge=1, le=100)


class Named(Schema):
    id: int
    name: str


class ChapterOut(Schema):
    slug: str
    name: str


class MeOut(Schema):
    name: str
    scopes: list[str]
    expires_at: datetime
    logs_for: list[ChapterOut]


class IssueOut(Schema):
    id: int
    title_en: str
    title_fr: str


class IdentifierOut(Schema):
    scheme: str
    value: str


class SeatOut(Schema):
    """`division_id` and `jurisdiction_id` are Open Civic Data ids."""

    id: int
    label: str
    chamber: str
    chamber_name: str
    district: str
    division_id: str | None
    jurisdiction_id: str


class TenureOut(Schema):
    """`ends_on` is the first day out of office; an end that is only expected has not happened yet."""

    seat: SeatOut
    title: str
    starts_on: date | None
    ends_on: date | None
    end_is_expected: bool
    is_in_force: bool


class OfficialOut(Schema):
    id: int
    url: str
    name: str
    given_name: str
    family_name: str
    in_office: bool
    identifiers: list[IdentifierOut]
    tenures: list[TenureOut]


class OfficialsAsked(Paging):
    q: Word = Field("", description="Words of a name, seat, state or committee.")
    jurisdiction: Word = Field("", description="An Open Civic Data jurisdiction id.")
    division: Word = Field("", description="An Open Civic Data division id.")
    chamber: ChamberCode | None = None
    in_office: bool | None = None


class SessionOut(Schema):
    identifier: str
    name: str
    jurisdiction_id: str


class StageOut(Schema):
    stage: str
    local_label: str
    on: date
    chamber: str


class MeasureOut(Schema):
    id: int
    url: str
    number: str
    kind: str
    session: SessionOut
    title_en: str
    title_fr: str
    short_name: str
    official_url: str
    stage: str | None
    stage_on: date | None
    last_action_on: date | None


class MeasureInFull(MeasureOut):
    summary_en: str
    summary_fr: str
    stages: list[StageOut]


class MeasuresAsked(Paging):
    q: Word = ""
    jurisdiction: Word = Field("", description="An Open Civic Data jurisdiction id.")
    session: Word = Field("", description="The identifier of a session, such as 90R.")
    number: Word = Field("", description="As it is printed; spaces, dots and case do not matter.")
    stage: Stage | None = None
    tracked: bool = Field(False, description="Only what a chapter or the society follows today.")


class OfficeOut(Schema):
    """An official, a committee or an agency: exactly one. The seat is that of the day."""

    official: Named | None
    committee: Named | None
    agency: str
    seat: SeatOut | None
    jurisdiction_id: str | None


class MetOut(Schema):
    name: str
    level: str


class MeasureMentioned(Schema):
    id: int
    number: str
    session: str
    jurisdiction_id: str


class InteractionOut(Schema):
    id: int
    url: str
    state: str
    kind: str
    purpose: str
    occurred_on: date
    occurred_at_time: time | None
    zone: str
    chapter: ChapterOut
    credited_to: list[ChapterOut]
    summary: str
    confidentiality: str
    offices: list[OfficeOut]
    met: list[MetOut]
    our_people: list[str]
    measures: list[MeasureMentioned]
    issues: list[IssueOut]
    concerns: str
    questions: str
    recommendations: str
    location: str
    duration_minutes: int | None
    initiated_by: str
    replied_on: date | None
    was_voicemail_only: bool
    discussed_specific_legislation: bool | None
    capacity: str
    logged_by: str
    logged_at: datetime | None


class InteractionsAsked(Paging):
    official: Key | None = None
    measure: Key | None = None
    chapter: Word = Field("", description="The slug of a chapter credited with it.")
    state: Literal["logged", "planned"] | None = None
    since: date | None = Field(None, description="On or after this day.")
    until: date | None = Field(None, description="Before this day.")
    q: Word = ""


Keys = Annotated[list[Key], Field(max_length=50)]


class InteractionNew(Schema):
    """A contact as it happened. Restricted records and impressions are written in the portal itself.

    Without `our_people` it was the token's owner; ids come from the other lists.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    occurred_on: date
    chapter: Word = Field(description="The slug of the chapter it is logged for; see /me.")
    summary: Annotated[Word, Field(min_length=1)]
    discussed_specific_legislation: bool
    purpose: Purpose = Purpose.POLICY
    officials: Keys = []
    official_was_there: bool = False
    staffers: Keys = []
    committees: Keys = []
    agency: Annotated[Text, Field(max_length=150)] = ""
    measures: Keys = []
    issues: Keys = []
    guests: Annotated[Text, Field(max_length=300)] = Field("", description="Names, separated by commas.")
    occurred_at_time: time | None = None
    zone: Word = Field("", description="Such as America/Chicago; the owner's own if left out.")
    duration_minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    location: Word = ""
    initiated_by: Initiator | None = None
    was_voicemail_only: bool = False
    replied_on: date | None = None
    concerns: Paragraph = ""
    questions: Paragraph = ""
    recommendations: Paragraph = ""
    confidentiality: Literal["shared", "chapter"] = "shared"
    capacity: Capacity = Capacity.CHAPTER


class CampaignOut(Schema):
    """A campaign as colleagues know it; its texts stand on its public page."""

    id: int
    url: str
    slug: str
    name: str
    name_fr: str
    kind: str
    status: str
    ask: str
    ask_fr: str
    chapter: ChapterOut | None
    chapters: list[ChapterOut]
    measures: list[MeasureMentioned]
    opens_at: datetime | None
    closes_at: datetime | None
    zone: str
    launched_at: datetime | None
    outcome: str
    outcome_fr: str


class CampaignsAsked(Paging):
    status: Status | None = None
    kind: CampaignKind | None = None
    measure: Key | None = None
    chapter: Word = Field("", description="The slug of the chapter that runs it, or takes part.")


class ActionOut(Schema):
    """What one supporter did toward one office. It names no supporter; `divisions` are where they live.

    `confirmation` keeps apart what we saw from what we were told.
    """

    id: int
    url: str
    campaign_id: int
    at: datetime
    method: str
    confirmation: str
    call_outcome: str
    office: OfficeOut
    divisions: list[str]
    chapter: ChapterOut | None
    language: str
    came_by: str
    is_personalised: bool
    reply: str
    replied_on: date | None


class ActionsAsked(Paging):
    campaign: Key | None = None
    official: Key | None = None
    since: Moment | None = Field(None, description="At or after this moment; with its zone, such as Z.")
    until: Moment | None = Field(None, description="Before this moment; likewise.")


class WebhookOut(Schema):
    id: str
    url: str
    events: list[str]
    is_active: bool
    created_at: datetime


class WebhookMade(WebhookOut):
    """The secret signs what the address is told. It is shown this once."""

    secret: str


class WebhookNew(Schema):
    model_config = ConfigDict(extra="forbid")

    url: Annotated[Text, Field(max_length=500)]
    events: Annotated[list[EventKind], Field(min_length=1, max_length=10)]


PROBLEMS: dict[Any, Any] = {(401, 403, 404, 422, 429): ProblemOut}
WRITING_PROBLEMS: dict[Any, Any] = {(400, 401, 403, 404, 409, 413, 415, 422, 429): ProblemOut}
