"""Comparing committees and their members."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from legislation.changeset.corrected_rows import as_the_source_said
from legislation.changeset.findings import ChangeSet, CommitteeChange, Heard, RowUpdate
from legislation.changeset.held import HeldRecord, chunks, people_by_external_id
from legislation.models import (
    Committee,
    CommitteeMembership,
    Correction,
    Jurisdiction,
    RecordKind,
    Source,
    SourceRecord,
    Tenure,
)
from legislation.models.committee import normalised_role
from legislation.sources.records import CommitteeRecord, MembershipFact, Remark

Memberships = dict[int, dict[int, CommitteeMembership]]


def compare_committees(
    found: ChangeSet,
    source: Source,
    jurisdiction: Jurisdiction | None,
    people: dict[str, HeldRecord],
) -> None:
    """Adds to `found` what has changed in the committees its snapshot lists."""
    snapshot = found.snapshot
    if not snapshot.lists_committees:
        return
    hashes = _held_hashes(source, jurisdiction)
    listed = {id for kind, id in snapshot.unchanged if kind == RecordKind.COMMITTEE}
    found.unchanged += len(listed & hashes.keys())
    changed = []
    for record in snapshot.committees:
        listed.add(record.external_id)
        if record.content_hash and hashes.get(record.external_id) == record.content_hash:
            found.unchanged += 1
        else:
            changed.append(record)
    held = (
        {
            committee.external_id: committee
            for committee in Committee.objects.filter(
                jurisdiction=jurisdiction, source_records__source=source
            )
        }
        if jurisdiction
        else {}
    )
    _end_missing(found, held, listed)
    if changed:
        _Members(found, source, people).compare(changed, held)


def _held_hashes(source: Source, jurisdiction: Jurisdiction | None) -> dict[str, str]:
    rows = SourceRecord.objects.filter(source=source, jurisdiction=jurisdiction, kind=RecordKind.COMMITTEE)
    return dict(rows.values_list("external_id", "content_hash")) if jurisdiction else {}


def _end_missing(found: ChangeSet, held: dict[str, Committee], listed: set[str]) -> None:
    """A committee the source no longer lists has ended, and so have its memberships."""
    if found.snapshot.has_unknown_rows:
        return
    gone = [row for id, row in held.items() if id not in listed and row.ended_on is None]
    for committee in gone:
        found.updates.append(RowUpdate(Committee, committee.pk, {"ended_on": found.day}))
    for chunk in chunks(committee.pk for committee in gone):
        open_memberships = CommitteeMembership.objects.filter(committee__in=chunk, ends_on=None)
        for pk, starts_on in open_memberships.values_list("pk", "starts_on"):
            found.updates.append(_ended(pk, starts_on, found.day))


def _ended(pk: int, starts_on: date | None, day: date) -> RowUpdate:
    return RowUpdate(CommitteeMembership, pk, {"ends_on": max(day, starts_on) if starts_on else day})


class _Members:
    """Who sits where, with people that are not written yet known by their id at the source."""

    def __init__(self, found: ChangeSet, source: Source, people: dict[str, HeldRecord]) -> None:
        self.found = found
        self.source = source
        self.known = {id: record.official_id for id, record in people.items() if record.official_id}
        self.arriving = {
            change.record.external_id
            for change in found.people
            if change.official_id is None and change.record.serving
        }
        self.in_office: set[int] = set()
        self.ended_by_the_source: dict[tuple[int, int], Correction] = {}

    def compare(self, records: list[CommitteeRecord], held: dict[str, Committee]) -> None:
        mentioned = {member.person for record in records for member in record.members or ()}
        elsewhere = {person for person in mentioned if person and person not in self.known}
        self.known |= people_by_external_id(self.source, elsewhere - self.arriving)
        self.in_office = self._in_office()
        sitting, self.ended_by_the_source = _memberships(held.values())
        for record in records:
            committee = held.get(record.external_id)
            change = CommitteeChange(record, committee.pk if committee else None)
            if committee:
                change.values = _differences(committee, record)
            self._compare_members(change, sitting.get(committee.pk, {}) if committee else {})
            self.found.committees.append(change)

    def _in_office(self) -> set[int]:
        leavers = set(self.found.leavers)
        in_office: set[int] = set()
        for chunk in chunks(self.known.values()):
            rows = Tenure.objects.in_force(self.found.day).filter(official__in=chunk)
            in_office.update(rows.values_list("official_id", flat=True))
        joined = {change.official_id for change in self.found.people if change.official_id and change.tenures}
        return (in_office | joined) - leavers

    def _compare_members(self, change: CommitteeChange, sitting: dict[int, CommitteeMembership]) -> None:
        if change.record.members is None:
            return
        left = dict(sitting)
        seen: set[str] = set()
        for member in change.record.members:
            official_id = self.known.get(member.person)
            if member.person in seen:
                continue
            seen.add(member.person)
            if member.person in self.arriving:
                change.members.append(member)
            elif official_id is None or official_id not in self.in_office:
                change.is_unresolved = True
                self._note_unknown(change.record, member)
            elif correction := self.ended_by_the_source.get((change.committee_id or 0, official_id)):
                # Staff say what holds; that the source lists them again is only heard.
                change.heard.append(Heard(correction, correction.source_last_said() | {"ends_on": None}))
            elif official_id in left:
                if values := _membership_differences(left.pop(official_id), member):
                    change.updates.append(RowUpdate(CommitteeMembership, sitting[official_id].pk, values))
            else:
                change.members.append(member)
        for row in left.values():
            change.updates.append(_ended(row.pk, row.starts_on, self.found.day))

    def _note_unknown(self, record: CommitteeRecord, member: MembershipFact) -> None:
        reason = _("%(name)s is no official in office that we know; the seat on %(committee)s was left out.")
        what = {"name": member.name, "committee": record.name}
        self.found.notices.append(Remark(record.file, record.external_id, reason % what))


def _memberships(committees: Iterable[Committee]) -> tuple[Memberships, dict[tuple[int, int], Correction]]:
    """Who sits where as the source has it; and those of whom it says that they do not, while staff say what holds."""
    sitting: Memberships = defaultdict(dict)
    ended: dict[tuple[int, int], Correction] = {}
    label = CommitteeMembership._meta.label_lower
    corrected = Correction.objects.holding().filter(model=label, fact="starts_on").order_by()
    for chunk in chunks(committee.pk for committee in committees):
        rows = CommitteeMembership.objects.filter(committee__in=chunk)
        known = list(rows.filter(Q(ends_on=None) | Q(pk__in=corrected.values("object_id"))))
        as_the_source_said(known)
        over = {row.pk: row for row in known if row.ends_on is not None}
        for row in known:
            if row.pk not in over:
                sitting[row.committee_id][row.official_id] = row
        for correction in corrected.filter(object_id__in=over):
            row = over[correction.object_id]
            ended[row.committee_id, row.official_id] = correction
    return sitting, ended


def _differences(committee: Committee, record: CommitteeRecord) -> dict[str, object]:
    wanted = {
        "name": record.name,
        "classification": record.classification,
        "url": record.url,
        "ended_on": None,
    }
    return {name: value for name, value in wanted.items() if getattr(committee, name) != value}


def _membership_differences(row: CommitteeMembership, member: MembershipFact) -> dict[str, object]:
    wanted = {
        "role_raw": member.role,
        "role": normalised_role(member.role).value,
        "rank": member.rank,
        "side": member.side,
    }
    return {name: value for name, value in wanted.items() if getattr(row, name) != value}
