"""What every source is read into before it is compared with the record: plain facts, no tables."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import NamedTuple


class JurisdictionFact(NamedTuple):
    ocd_id: str
    division_id: str
    name: str
    name_fr: str
    abbreviation: str
    country: str
    level: str
    parent: str = ""


class ChamberFact(NamedTuple):
    jurisdiction: str
    code: str
    name: str
    name_fr: str = ""
    member_title: str = ""
    member_title_fr: str = ""


class SeatKey(NamedTuple):
    """Jurisdiction, chamber code, district: what makes a seat one."""

    jurisdiction: str
    chamber: str
    district: str


class DivisionFact(NamedTuple):
    ocd_id: str
    name: str
    name_fr: str = ""
    kind: str = ""
    jurisdiction: str = ""
    valid_from: date | None = None


class SeatFact(NamedTuple):
    """`is_authoritative`: a list of seats says so; otherwise it was inferred from somebody holding it."""

    key: SeatKey
    label: str
    label_fr: str = ""
    places: int = 1
    division: DivisionFact | None = None
    is_current: bool = True
    is_authoritative: bool = True


class TenureFact(NamedTuple):
    """`has_ended`: the source says that it is over, even where it does not say since when."""

    seat: SeatKey
    starts_on: date | None = None
    ends_on: date | None = None
    end_is_expected: bool = False
    end_reason: str = ""
    title: str = ""
    has_ended: bool = False

    def is_in_force(self, day: date) -> bool:
        started = not self.has_ended and (self.starts_on is None or self.starts_on <= day)
        return started and (self.ends_on is None or self.ends_on > day or self.end_is_expected)


class PartyFact(NamedTuple):
    party: str
    starts_on: date | None = None
    ends_on: date | None = None


class OfficeFact(NamedTuple):
    kind: str
    label: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    hours: str = ""
    external_id: str = ""


class ContactFact(NamedTuple):
    kind: str
    value: str
    label: str = ""


class IdentifierFact(NamedTuple):
    scheme: str
    value: str


class PersonRecord(NamedTuple):
    """One person as a source describes them. The first identifier is the source's own.

    `offices` and `contacts` are None where these files are silent about them.
    """

    external_id: str
    file: str
    serving: bool
    name: str
    given_name: str = ""
    family_name: str = ""
    suffix: str = ""
    nickname: str = ""
    other_names: str = ""
    image_url: str = ""
    birth_date: date | None = None
    identifiers: tuple[IdentifierFact, ...] = ()
    tenures: tuple[TenureFact, ...] = ()
    parties: tuple[PartyFact, ...] = ()
    offices: tuple[OfficeFact, ...] | None = None
    contacts: tuple[ContactFact, ...] | None = None
    content_hash: str = ""


class MembershipFact(NamedTuple):
    person: str
    name: str
    role: str = ""
    rank: int | None = None
    side: str = ""


class CommitteeRecord(NamedTuple):
    """`members` is None where these files are silent about them."""

    scheme: str
    external_id: str
    file: str
    name: str
    jurisdiction: str
    chamber: str = ""
    classification: str = "committee"
    parent: str = ""
    url: str = ""
    members: tuple[MembershipFact, ...] | None = None
    content_hash: str = ""


class Remark(NamedTuple):
    """A row that was refused, or something a person should look at, named by file and id."""

    file: str
    record: str
    why: str


class Link(NamedTuple):
    """An identifier of one source for a person whom another source is the authority for."""

    known: IdentifierFact
    new: IdentifierFact
    name: str


@dataclass
class Snapshot:
    """All that one source says about one jurisdiction, at one moment.

    `missing_means_left`: the source lists only people in office, so whoever is not listed has left. Where it
    is false, a person who is nowhere is only flagged. `covers` names the chambers these files speak about.
    `unchanged` are the records whose bytes we have read before; they were not parsed again. `listed_anyway`:
    refused rows whose person is there all the same; `has_unknown_rows`: rows so broken that they name nobody.
    """

    source: str
    scope: JurisdictionFact
    missing_means_left: bool
    covers: frozenset[str]
    label: str = ""
    jurisdictions: dict[str, JurisdictionFact] = field(default_factory=dict)
    chambers: dict[tuple[str, str], ChamberFact] = field(default_factory=dict)
    seats: dict[SeatKey, SeatFact] = field(default_factory=dict)
    people: list[PersonRecord] = field(default_factory=list)
    committees: list[CommitteeRecord] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    unchanged: set[tuple[str, str]] = field(default_factory=set)
    lists_committees: bool = True
    lists_former_people: bool = False
    lists_district_offices: bool = True
    lists_social_media: bool = True
    listed_anyway: set[str] = field(default_factory=set)
    has_unknown_rows: bool = False
    refused: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)

    def add_chamber(self, chamber: ChamberFact) -> None:
        self.chambers.setdefault((chamber.jurisdiction, chamber.code), chamber)


def content_hash(*parts: object) -> str:
    """A short fingerprint of what a source says."""
    digest = blake2b(digest_size=20)
    for part in parts:
        digest.update(part if isinstance(part, bytes) else repr(part).encode())
        digest.update(b"\x00")
    return digest.hexdigest()


def newest_start(people: Iterable[PersonRecord], day: date) -> date | None:
    """The latest day, not after `day`, on which anybody here took a seat."""
    starts = [
        tenure.starts_on
        for person in people
        for tenure in person.tenures
        if tenure.starts_on is not None and tenure.starts_on <= day
    ]
    return max(starts, default=None)
