"""A contact as somebody reports it: what the forms, the debrief, the import and the API hand to `contacts.log`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from advocacy.accounts.models import User
from advocacy.positions.models import Issue, Material
from legislation.models import Committee, Measure, Official, Staffer
from members.confidentiality import Confidentiality
from members.models import Chapter


@dataclass(frozen=True)
class Met:
    """Somebody we met, at a level of DOMAIN.md §4.2; a `name` alone is somebody new at the office."""

    level: str
    official: Official | None = None
    staffer: Staffer | None = None
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class AskMade:
    """One request and its answer; `stance` needs `evidence`, an official and a measure or issue."""

    kind: str
    response: str
    official: Official | None = None
    measure: Measure | None = None
    issue: Issue | None = None
    text: str = ""
    is_primary: bool = True
    reason_given: str = ""
    stance: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Promise:
    """Something promised by us (a follow-up of `kind` for `owner`) or by them (to look at again).

    `shown_by` names what the public record will show once an `official` has done it on a `measure`.
    """

    side: str
    text: str
    check_back_on: date
    kind: str = ""
    owner: User | None = None
    official: Official | None = None
    shown_by: str = ""
    measure: Measure | None = None


@dataclass(frozen=True)
class Facts:
    """The record itself: everything that is one value. `occurred_on` is the date where it happened."""

    kind: str
    occurred_on: date
    chapter: Chapter
    zone: str
    purpose: str
    summary: str = ""
    occurred_at_time: time | None = None
    confidentiality: str = Confidentiality.SHARED
    discussed_specific_legislation: bool | None = None
    capacity: str = "chapter"
    gift_value: Decimal | None = None
    gift_currency: str = ""
    was_voicemail_only: bool = False
    replied_on: date | None = None
    initiated_by: str = ""
    duration_minutes: int | None = None
    location: str = ""
    concerns: str = ""
    questions: str = ""
    recommendations: str = ""
    allies: str = ""
    personal_notes: str = ""
    stories_used: str = ""
    materials_left: str = ""
    partners_present: str = ""


@dataclass(frozen=True)
class Entry:
    """A whole report: the facts, both sides, what it was about, and what came of it."""

    facts: Facts
    officials: Sequence[Official] = ()
    committees: Sequence[Committee] = ()
    agency: str = ""
    met: Sequence[Met] = ()
    our_people: Sequence[User] = ()
    guests: Sequence[str] = ()
    measures: Sequence[Measure] = ()
    issues: Sequence[Issue] = ()
    materials: Sequence[Material] = ()
    asks: Sequence[AskMade] = ()
    promises: Sequence[Promise] = ()
    impressions: str = ""
    impressions_confidentiality: str = Confidentiality.CHAPTER
