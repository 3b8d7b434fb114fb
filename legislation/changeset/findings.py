"""What a comparison finds: rows to add, rows to change, and what a person should hear about."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import models

from legislation.models.correction import Correction, Values
from legislation.sources.records import (
    CommitteeRecord,
    ContactFact,
    IdentifierFact,
    MembershipFact,
    OfficeFact,
    PartyFact,
    PersonRecord,
    Remark,
    Snapshot,
    TenureFact,
)


class Happening(NamedTuple):
    """One thing that happened to one person since the last run."""

    kind: str
    name: str
    record: str
    detail: str


# `added`: somebody who was in office already, or whose body the record did not know before.
LEFT, JOINED, ADDED, MOVED = "left", "joined", "added", "moved_seat"
CHANGED_PARTY, CHANGED_OFFICE = "changed_party", "changed_office"
VANISHED, REAPPEARED = "vanished", "reappeared"
HAPPENINGS = (JOINED, LEFT, MOVED, CHANGED_PARTY, CHANGED_OFFICE, ADDED, VANISHED, REAPPEARED)


class RowUpdate(NamedTuple):
    model: type[models.Model]
    pk: int
    values: dict[str, Any]


class Heard(NamedTuple):
    """What a source says now of a fact that staff corrected: noted, not written."""

    correction: Correction
    said: Values


@dataclass(slots=True)
class PersonChange:
    """What has to be written so that the record says what the source says about one person.

    `official_id` is None for somebody new. `parties` and `tenures` are resolved: no end is left to guess.
    """

    record: PersonRecord
    official_id: int | None
    identifiers: list[IdentifierFact] = field(default_factory=list)
    tenures: list[TenureFact] = field(default_factory=list)
    parties: list[PartyFact] = field(default_factory=list)
    offices: list[OfficeFact] = field(default_factory=list)
    contacts: list[ContactFact] = field(default_factory=list)
    updates: list[RowUpdate] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)

    def is_empty(self) -> bool:
        return self.official_id is not None and not (
            self.identifiers or self.tenures or self.parties or self.offices or self.contacts or self.updates
        )


@dataclass(slots=True)
class CommitteeChange:
    record: CommitteeRecord
    committee_id: int | None
    values: dict[str, Any] = field(default_factory=dict)
    members: list[MembershipFact] = field(default_factory=list)
    updates: list[RowUpdate] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    is_unresolved: bool = False

    def is_empty(self) -> bool:
        return self.committee_id is not None and not (self.values or self.members or self.updates)


@dataclass
class ChangeSet:
    """Everything one snapshot would change, and what was noticed on the way.

    `waiting_records` are those missing of whom a person decides later. `leaving` and `joining` count people
    by chamber; `missing_early` those of the leaving who are simply not listed any more although their term has
    not run out.
    """

    snapshot: Snapshot
    day: date
    people: list[PersonChange] = field(default_factory=list)
    committees: list[CommitteeChange] = field(default_factory=list)
    links: list[tuple[int, IdentifierFact]] = field(default_factory=list)
    updates: list[RowUpdate] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    missing_records: list[int] = field(default_factory=list)
    waiting_records: list[int] = field(default_factory=list)
    seen_again: list[int] = field(default_factory=list)
    leavers: list[int] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)
    leaving: Counter[str] = field(default_factory=Counter)
    joining: Counter[str] = field(default_factory=Counter)
    missing_early: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    is_first: bool = False
    why_older: str = ""

    def gone_from_a_seat(self) -> list[int]:
        """Officials who left, and those who moved to another seat: what was addressed to them there is open."""
        moved = {one.record for one in self.happenings if one.kind == MOVED}
        movers = [change.official_id for change in self.people if change.record.external_id in moved]
        return [*self.leavers, *(official for official in movers if official)]

    def note(self, kind: str, name: str, record: str, detail: str) -> None:
        self.happenings.append(Happening(kind, name, record, detail))
