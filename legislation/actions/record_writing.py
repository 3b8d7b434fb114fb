"""Writing a change set: one jurisdiction, one transaction."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Model

from advocacy.kernel.folding import fold
from legislation.actions import corrections
from legislation.actions.bulk import insert_rows, update_rows
from legislation.actions.record_places import Places
from legislation.actions.row_images import Ledger
from legislation.changeset.findings import ChangeSet, CommitteeChange, PersonChange, RowUpdate
from legislation.changeset.held import chunks
from legislation.models import (
    Committee,
    CommitteeMembership,
    ContactPoint,
    Correction,
    Identifier,
    Office,
    Official,
    PartyAffiliation,
    RecordKind,
    Source,
    SourceRecord,
    Tenure,
)
from legislation.models.committee import committee_search_text, normalised_role
from legislation.sources.records import CommitteeRecord, PersonRecord

_NAMES = (
    "name",
    "given_name",
    "family_name",
    "suffix",
    "nickname",
    "other_names",
    "image_url",
    "birth_date",
)


def write(changes: ChangeSet, *, source: Source, now: datetime, ledger: Ledger | None = None) -> int:
    """Write `changes`. Returns how many rows about seats, people and committees were added or changed.

    A `ledger` is told of every row, so that the write can be undone.
    """
    return _Writer(changes, source, now, ledger or Ledger()).write()


class _Writer:
    def __init__(self, changes: ChangeSet, source: Source, now: datetime, ledger: Ledger) -> None:
        self.changes = changes
        self.source = source
        self.now = now
        self.day = changes.day
        self.ledger = ledger
        self.places = Places(changes.snapshot, ledger)
        self.officials: dict[str, int] = {}
        self.committees: dict[str, int] = {}

    def write(self) -> int:
        people, committees = self.changes.people, self.changes.committees
        # Ends before beginnings: only one party, one membership may be open at a time.
        updates = [*self.changes.updates, *(update for person in people for update in person.updates)]
        updates.extend(update for committee in committees for update in committee.updates)
        updates.extend(self._ended_memberships())
        written = update_rows(updates, self.ledger)
        written += self._write_people(people) + self._write_committees(committees)
        heard = [*self.changes.heard, *(one for person in people for one in person.heard)]
        heard.extend(one for committee in committees for one in committee.heard)
        self.ledger.changing(Correction, [one.correction.pk for one in heard])
        corrections.note(heard, self.day)
        self._remember(people, committees)
        return written + self.places.written

    def _write_people(self, people: list[PersonChange]) -> int:
        new = [change for change in people if change.official_id is None]
        rows = [self._official(change.record) for change in new]
        created = [row for chunk in chunks(rows) for row in Official.objects.bulk_create(chunk)]
        self.ledger.inserted(Official, [row.pk for row in created])
        self.officials = {change.record.external_id: row.pk for change, row in zip(new, created, strict=True)}
        self.officials |= {
            change.record.external_id: change.official_id
            for change in people
            if change.official_id is not None
        }
        written = len(created)
        identifiers = [(owner, *fact) for owner, fact in self.changes.links]
        identifiers += self._of_each(people, "identifiers")
        written += self._insert(Identifier, ("official", "scheme", "value"), identifiers)
        written += self._insert(Tenure, _TENURE_COLUMNS, self._tenures(people))
        written += self._insert(PartyAffiliation, _PARTY_COLUMNS, self._parties(people))
        source, day = self.source.pk, self.day
        offices = ((*row, source, day, None) for row in self._of_each(people, "offices"))
        written += self._insert(Office, _OFFICE_COLUMNS, offices)
        contacts = ((*row, source, day, None) for row in self._of_each(people, "contacts"))
        return written + self._insert(ContactPoint, _CONTACT_COLUMNS, contacts)

    def _insert(self, model: type[Model], columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> int:
        return insert_rows(model, columns, rows, self.ledger)

    def _of_each(self, people: list[PersonChange], part: str) -> list[tuple[Any, ...]]:
        return [
            (self.officials[change.record.external_id], *fact)
            for change in people
            for fact in getattr(change, part)
        ]

    def _official(self, record: PersonRecord) -> Official:
        official = Official(source=self.source, **{name: getattr(record, name) for name in _NAMES})
        official.fold_names()
        return official

    def _tenures(self, people: list[PersonChange]) -> Iterator[tuple[Any, ...]]:
        for change in people:
            official = self.officials[change.record.external_id]
            for fact in change.tenures:
                yield (official, self.places.seats[fact.seat], *fact[1:6], self.source.pk)

    def _parties(self, people: list[PersonChange]) -> Iterator[tuple[Any, ...]]:
        for change in people:
            official = self.officials[change.record.external_id]
            for fact in change.parties:
                yield (official, *fact, fold(fact.party)[:120])

    def _ended_memberships(self) -> Iterator[RowUpdate]:
        """Whoever leaves office leaves the committees."""
        for chunk in chunks(self.changes.leavers):
            rows = CommitteeMembership.objects.filter(official__in=chunk, ends_on=None)
            for pk, starts_on in rows.values_list("pk", "starts_on"):
                ends_on = max(self.day, starts_on) if starts_on else self.day
                yield RowUpdate(CommitteeMembership, pk, {"ends_on": ends_on})

    def _write_committees(self, committees: list[CommitteeChange]) -> int:
        new = [change for change in committees if change.committee_id is None]
        rows = [self._committee(change.record) for change in new]
        created = [row for chunk in chunks(rows) for row in Committee.objects.bulk_create(chunk)]
        self.ledger.inserted(Committee, [row.pk for row in created])
        self.committees = {row.external_id: row.pk for row in created}
        self.committees |= {
            change.record.external_id: change.committee_id for change in committees if change.committee_id
        }
        updates = [
            RowUpdate(Committee, change.committee_id, {**change.values, **_folded(change)})
            for change in committees
            if change.committee_id and change.values
        ]
        updates += self._parents(new)
        written = len(created) + update_rows(updates, self.ledger)
        return written + self._insert(CommitteeMembership, _MEMBERSHIP_COLUMNS, self._memberships(committees))

    def _committee(self, record: CommitteeRecord) -> Committee:
        chamber = self.places.chambers.get((record.jurisdiction, record.chamber))
        committee = Committee(
            jurisdiction=self.places.jurisdictions[record.jurisdiction],
            chamber=chamber,
            classification=record.classification,
            name=record.name,
            url=record.url,
            scheme=record.scheme,
            external_id=record.external_id,
        )
        committee.search_text = committee_search_text(committee)
        return committee

    def _parents(self, new: list[CommitteeChange]) -> Iterator[RowUpdate]:
        wanted = {change.record.parent for change in new if change.record.parent}
        elsewhere = Committee.objects.filter(external_id__in=wanted - self.committees.keys())
        parents = self.committees | dict(elsewhere.values_list("external_id", "pk"))
        for change in new:
            if parent := parents.get(change.record.parent):
                pk = self.committees[change.record.external_id]
                yield RowUpdate(Committee, pk, {"parent": parent})

    def _memberships(self, committees: list[CommitteeChange]) -> Iterator[tuple[Any, ...]]:
        known = self._people_of(committees)
        for change in committees:
            committee = self.committees[change.record.external_id]
            for member in change.members:
                role = normalised_role(member.role)
                yield (
                    committee,
                    known[member.person],
                    member.role,
                    role,
                    member.rank,
                    member.side,
                    None,
                    None,
                )

    def _people_of(self, committees: list[CommitteeChange]) -> dict[str, int]:
        wanted = {member.person for change in committees for member in change.members}
        known = dict(self.officials)
        for chunk in chunks(wanted - known.keys()):
            rows = SourceRecord.objects.filter(
                source=self.source, kind=RecordKind.PERSON, external_id__in=chunk, official__isnull=False
            )
            known.update(rows.values_list("external_id", "official_id"))
        return known

    def _remember(self, people: list[PersonChange], committees: list[CommitteeChange]) -> None:
        """Note what the source said, so that the next run knows what is new."""
        seen = {
            (RecordKind.PERSON.value, change.record.external_id): (change.record.content_hash, self.officials)
            for change in people
        }
        seen |= {
            (RecordKind.COMMITTEE.value, change.record.external_id): (
                "" if change.is_unresolved else change.record.content_hash,
                self.committees,
            )
            for change in committees
        }
        records = SourceRecord.objects.filter(source=self.source, jurisdiction=self.places.scope)
        held = {(kind, id): pk for pk, kind, id in records.values_list("pk", "kind", "external_id")}
        known = [
            RowUpdate(SourceRecord, held[key], {"content_hash": hashed, "missing_since": None})
            for key, (hashed, _ids) in seen.items()
            if key in held
        ]
        new = [
            self._record(key, hashed, ids[key[1]]) for key, (hashed, ids) in seen.items() if key not in held
        ]
        missing = set(self.changes.missing_records)
        again = [RowUpdate(SourceRecord, pk, {"missing_since": None}) for pk in self.changes.seen_again]
        unseen = missing.union(self.changes.waiting_records)
        # A person may approve today what was seen last week, and somebody be seen in between.
        seen_now = records.filter(missing_since=None, last_seen_at__lt=self.now).exclude(pk__in=unseen)
        if self.ledger.keeps:
            self.ledger.changing(SourceRecord, seen_now.values_list("pk", flat=True))
        seen_now.update(last_seen_at=self.now)
        gone = [RowUpdate(SourceRecord, pk, {"missing_since": self.now}) for pk in missing]
        update_rows([*known, *again, *gone], self.ledger)
        self._insert(SourceRecord, _RECORD_COLUMNS, new)

    def _record(self, key: tuple[str, str], hashed: str, row: int) -> tuple[Any, ...]:
        kind, external_id = key
        official, committee = (row, None) if kind == RecordKind.PERSON else (None, row)
        scope = self.places.scope.pk
        return (
            self.source.pk,
            kind,
            external_id,
            scope,
            hashed,
            self.now,
            self.now,
            None,
            official,
            committee,
        )


_TENURE_COLUMNS = (
    "official",
    "seat",
    "starts_on",
    "ends_on",
    "end_is_expected",
    "end_reason",
    "title",
    "source",
)
_PARTY_COLUMNS = ("official", "party", "starts_on", "ends_on", "search_text")
_OFFICE_COLUMNS = (
    "official",
    "kind",
    "label",
    "address",
    "phone",
    "fax",
    "hours",
    "external_id",
    "source",
    "last_seen_on",
    "ended_on",
)
_CONTACT_COLUMNS = ("official", "kind", "value", "label", "source", "last_seen_on", "ended_on")
_MEMBERSHIP_COLUMNS = (
    "committee",
    "official",
    "role_raw",
    "role",
    "rank",
    "side",
    "starts_on",
    "ends_on",
)
_RECORD_COLUMNS = (
    "source",
    "kind",
    "external_id",
    "jurisdiction",
    "content_hash",
    "first_seen_at",
    "last_seen_at",
    "missing_since",
    "official",
    "committee",
)


def _folded(change: CommitteeChange) -> dict[str, str]:
    name = change.values.get("name")
    return {"search_text": fold(str(name))[:700]} if name else {}
