"""What every source of measures is read into: plain facts, the same for all, before anything is compared or written.

A reader turns one upstream record into one of these and decides nothing else. Names stay as they are printed; who
they are is found by the loader, inside the body and session.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind
from legislation.models.measure_relation import RelationKind
from legislation.models.roll_call import VoteOption, VoteResult
from legislation.models.session import SessionKind
from legislation.models.sponsorship import SponsorRole
from legislation.models.stage import Stage


class SessionFact(NamedTuple):
    """`jurisdiction` is an Open Civic Data id; `identifier` is what tells the session from others there: 119, 45-1."""

    jurisdiction: str
    identifier: str
    name: str = ""
    kind: SessionKind = SessionKind.REGULAR
    starts_on: date | None = None
    ends_on: date | None = None


class MeasureKey(NamedTuple):
    """The session and number of a measure that a record speaks of; the number as the source writes it."""

    session: SessionFact
    number: str


class PersonHint(NamedTuple):
    """Whom a source means: ids, best first, as (scheme, value) of `Identifier`; then the name alone."""

    name: str
    identifiers: tuple[tuple[str, str], ...] = ()
    district: str = ""
    party: str = ""
    is_committee: bool = False


class ActionFact(NamedTuple):
    on: date
    text: str
    text_fr: str = ""
    chamber: ChamberCode | None = None
    classification: str = ""


class StageFact(NamedTuple):
    on: date
    stage: Stage
    local_label: str = ""
    chamber: ChamberCode | None = None


class SponsorFact(NamedTuple):
    who: PersonHint
    role: SponsorRole
    on: date | None = None
    withdrawn_on: date | None = None


class TextFact(NamedTuple):
    key: str
    label: str
    label_fr: str = ""
    on: date | None = None
    url: str = ""
    url_fr: str = ""


class VoteFact(NamedTuple):
    who: PersonHint
    option: VoteOption


class RollCallFact(NamedTuple):
    """`votes` is None where the source gives only the count."""

    external_id: str
    on: date
    motion: str
    motion_fr: str = ""
    chamber: ChamberCode | None = None
    number: int | None = None
    result: VoteResult = VoteResult.UNKNOWN
    yes: int | None = None
    no: int | None = None
    others: int | None = None
    url: str = ""
    votes: tuple[VoteFact, ...] | None = None


class HearingFact(NamedTuple):
    """`starts_at` is aware; `zone` names the clock of the room.

    `sitting` is the end of `external_id` that stays the same when the hearing moves, where a source has no id that
    does: which hearing moved is then found by it.
    """

    external_id: str
    starts_at: datetime
    zone: str
    committee: str
    room: str = ""
    url: str = ""
    is_cancelled: bool = False
    sitting: str = ""


class CommentFact(NamedTuple):
    """Until when comments are taken; `zone` names the clock of whoever takes them."""

    closes_at: datetime
    zone: str


class RelationFact(NamedTuple):
    other: MeasureKey
    kind: RelationKind


@dataclass(frozen=True)
class MeasureRecord:
    """One measure as one source describes it.

    `None` for a list means that the source was not asked, or never says: what is on record stays. An empty tuple
    means that there is nothing. Actions are oldest first: readers sort by date and by place in the source's list.
    `content_hash` is that of the raw answer, without what the carrier of a file adds to it.
    """

    external_id: str
    file: str
    key: MeasureKey
    content_hash: str
    kind: MeasureKind = MeasureKind.BILL
    title_en: str = ""
    title_fr: str = ""
    short_name: str = ""
    other_titles: tuple[str, ...] = ()
    summary_en: str = ""
    summary_fr: str = ""
    subjects: tuple[str, ...] = ()
    url: str = ""
    actions: tuple[ActionFact, ...] | None = None
    stages: tuple[StageFact, ...] | None = None
    sponsors: tuple[SponsorFact, ...] | None = None
    texts: tuple[TextFact, ...] | None = None
    roll_calls: tuple[RollCallFact, ...] | None = None
    hearings: tuple[HearingFact, ...] | None = None
    relations: tuple[RelationFact, ...] | None = None
    comments: CommentFact | None = None
    # Other names under which the same source knew this measure: a carried-over bill gets a new id.
    former_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class RollCallRecord:
    """A roll call that comes apart from its measure, which may not be in the set: then only its number is known."""

    file: str
    key: MeasureKey
    content_hash: str
    roll_call: RollCallFact


@dataclass(frozen=True)
class Refused:
    """A record that could not be read: where it stands, and what to do about it."""

    where: str
    why: str


Reading = MeasureRecord | RollCallRecord | Refused


@dataclass
class MeasureFile:
    """What one reader found at a path. `records` is read once, a record at a time: files hold thousands.

    `scheme` names the source (the key of `Source`), under which external ids are unique. `listed`: how many of a kind
    the file lists, where fewer are kept because copies are one; known once all records are read.
    """

    scheme: str
    label: str
    records: Iterator[Reading]
    warnings: list[str] = field(default_factory=list)
    listed: Counter[str] = field(default_factory=Counter)
