"""Comparing a snapshot of one jurisdiction with the record. Reads only; `actions/record_writing` writes."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from legislation.changeset.committees import compare_committees
from legislation.changeset.corrected import hold_back
from legislation.changeset.findings import (
    ADDED,
    CHANGED_OFFICE,
    CHANGED_PARTY,
    JOINED,
    LEFT,
    MOVED,
    REAPPEARED,
    VANISHED,
    ChangeSet,
)
from legislation.changeset.held import (
    Held,
    HeldRecord,
    chunks,
    held,
    held_records,
    held_tenures,
    identity_facts,
    known_bodies,
    newest_starts,
    owners,
)
from legislation.changeset.people import compare_person, somebody_new
from legislation.changeset.tenures import TenureFindings, leave
from legislation.models import Jurisdiction, Office, Official, RecordKind, Source
from legislation.sources.records import IdentifierFact, PersonRecord, Remark, Snapshot, newest_start

# Who else a record may be, besides its own id: these two name one person for life.
_IDENTIFYING_SCHEMES = {"bioguide", "govtrack"}


def compare(snapshot: Snapshot, *, source: Source, day: date, force: bool = False) -> ChangeSet:
    """What importing `snapshot` on `day` would change.

    A snapshot older than what the record holds changes nothing, unless `force` says that it is right.
    """
    return _Comparison(snapshot, source, day, force).run()


class _Comparison:
    def __init__(self, snapshot: Snapshot, source: Source, day: date, force: bool) -> None:
        self.snapshot = snapshot
        self.source = source
        self.day = day
        self.force = force
        self.jurisdiction = Jurisdiction.objects.filter(ocd_id=snapshot.scope.ocd_id).first()
        self.records = held_records(source, self.jurisdiction)
        self.found = ChangeSet(snapshot, day, is_first=not self.records)
        self.held_newest: date | None = None

    @cached_property
    def known_bodies(self) -> set[str]:
        return known_bodies(self.source, self.jurisdiction)

    def run(self) -> ChangeSet:
        changed, unchanged = self._split()
        listed = unchanged | {person.external_id for person in changed} | self.snapshot.listed_anyway
        missing = [
            record
            for record in self.records.values()
            if record.external_id not in listed and record.official_id and not record.missing_since
        ]
        again = self._listed_again(changed, unchanged)
        self.found.unchanged = len(unchanged)
        if self.records and (changed or missing or again):
            self.found.why_older = self._why_older(changed, unchanged, again)
        if self.found.why_older:
            return self.found
        if not self.snapshot.missing_means_left:
            self._note_reappeared(again)
        self._compare_people(changed)
        self._compare_missing(missing)
        self._compare_links()
        compare_committees(self.found, self.source, self.jurisdiction, self.records)
        officials = {one.official_id: id for id, one in self.records.items() if one.official_id}
        hold_back(self.found, officials)
        return self.found

    def _split(self) -> tuple[list[PersonRecord], set[str]]:
        """People to look at, and the ids of those the source describes as before."""
        unchanged = {
            id for kind, id in self.snapshot.unchanged if kind == RecordKind.PERSON and id in self.records
        }
        changed = []
        for person in self.snapshot.people:
            record = self.records.get(person.external_id)
            has_left = record is not None and record.missing_since and self.snapshot.missing_means_left
            if record and record.content_hash == person.content_hash and not has_left:
                unchanged.add(person.external_id)
            else:
                changed.append(person)
        return changed, unchanged

    def _listed_again(self, changed: list[PersonRecord], unchanged: set[str]) -> list[HeldRecord]:
        """Records that were missing and are back, word for word."""
        same = [
            person.external_id
            for person in changed
            if (record := self.records.get(person.external_id)) and record.content_hash == person.content_hash
        ]
        return [record for id in [*unchanged, *same] if (record := self.records[id]).missing_since]

    def _note_reappeared(self, again: list[HeldRecord]) -> None:
        self.found.seen_again = [record.pk for record in again]
        names = Official.objects.in_bulk([record.official_id for record in again if record.official_id])
        for record in again:
            name = names[record.official_id].name if record.official_id in names else ""
            self.found.note(REAPPEARED, name, record.external_id, "")

    def _why_older(self, changed: list[PersonRecord], unchanged: set[str], again: list[HeldRecord]) -> str:
        """Empty where it is not. Files carry no date, so facts decide: an older one brings back, word for word
        somebody who has left; or it differs and lacks the newest term the record holds."""
        assert self.jurisdiction is not None  # noqa: S101 (there are records, so there is a jurisdiction)
        starts = newest_starts(self.source, self.jurisdiction, self.day)
        self.held_newest = max(starts.values(), default=None)
        if self.force:
            return ""
        if again and self.snapshot.missing_means_left:
            return _("it lists %(who)s, who had left") % {"who": again[0].external_id}
        if self.held_newest is None or not changed:
            return ""
        officials = (self.records[id].official_id for id in unchanged)
        in_file = [starts[official] for official in officials if official in starts]
        if (newest := newest_start(changed, self.day)) is not None:
            in_file.append(newest)
        if max(in_file, default=date.min) >= self.held_newest:
            return ""
        lacking = [id for id, start in starts.items() if start == self.held_newest]
        who = ", ".join(row.label for row in held_tenures(lacking) if row.starts_on == self.held_newest)
        return _("it lacks the term from %(day)s in %(seats)s") % {"day": self.held_newest, "seats": who}

    def _compare_people(self, people: list[PersonRecord]) -> None:
        owner = owners(identity_facts(people))
        known = {person.external_id: self._official_of(person, owner) for person in people}
        rows = held(official for official in known.values() if official is not None)
        for person in people:
            official_id = known[person.external_id]
            identifiers = self._free_identifiers(person, official_id, owner)
            if official_id is None:
                change = somebody_new(person, identifiers, self.day)
                self.found.people.append(change)
                self._note_newcomer(person)
            else:
                self._compare_known(person, official_id, rows, identifiers)

    def _official_of(self, person: PersonRecord, owner: dict[IdentifierFact, int]) -> int | None:
        record = self.records.get(person.external_id)
        if record and record.official_id:
            return record.official_id
        for number, identifier in enumerate(person.identifiers):
            if identifier in owner and (number == 0 or identifier.scheme in _IDENTIFYING_SCHEMES):
                return owner[identifier]
        return None

    def _free_identifiers(
        self, person: PersonRecord, official_id: int | None, owner: dict[IdentifierFact, int]
    ) -> list[IdentifierFact]:
        """Identifiers nobody has yet. One that is somebody else's is reported and left where it is."""
        free = []
        for identifier in dict.fromkeys(person.identifiers):
            if identifier not in owner:
                free.append(identifier)
                owner[identifier] = official_id or 0
            elif owner[identifier] != official_id:
                reason = _("The identifier %(identifier)s belongs to another official.")
                what = {"identifier": f"{identifier.scheme}: {identifier.value}"}
                self.found.notices.append(Remark(person.file, person.external_id, reason % what))
        return free

    def _note_newcomer(self, person: PersonRecord) -> None:
        held_now = [tenure for tenure in person.tenures if tenure.is_in_force(self.day)]
        if self.found.is_first or not held_now:
            return
        self.found.joining.update({tenure.seat.chamber for tenure in held_now})
        starts = [tenure.starts_on for tenure in held_now if tenure.starts_on]
        was_there = self.held_newest is not None and starts and max(starts) <= self.held_newest
        was_there = was_there or all(tenure.seat.chamber not in self.known_bodies for tenure in held_now)
        labels = ", ".join(self.snapshot.seats[tenure.seat].label for tenure in held_now)
        self.found.note(ADDED if was_there else JOINED, person.name, person.external_id, labels)

    def _compare_known(
        self, person: PersonRecord, official_id: int, rows: Held, identifiers: list[IdentifierFact]
    ) -> None:
        change, tenures, party = compare_person(
            person,
            official_id,
            rows,
            identifiers,
            snapshot=self.snapshot,
            source_id=self.source.pk,
            day=self.day,
            reopen=self.force,
        )
        self.found.people.append(change)
        self._note_seats(person, official_id, tenures)
        if (person.serving and any(update.model is Office for update in change.updates)) or change.offices:
            self.found.note(CHANGED_OFFICE, person.name, person.external_id, "")
        if party:
            self.found.note(CHANGED_PARTY, person.name, person.external_id, " → ".join(party))
        for row in tenures.repeated:
            reason = _("%(name)s: this repeats the term in %(seat)s that ended on %(day)s. It stays ended.")
            what = {"name": person.name, "seat": row.label, "day": row.ends_on}
            self.found.notices.append(Remark(person.file, person.external_id, reason % what))

    def _note_seats(self, person: PersonRecord, official_id: int, tenures: TenureFindings) -> None:
        before, after = tenures.seats_before, tenures.seats_after
        gone = ", ".join(label for key, label in before.items() if key not in after)
        come = ", ".join(
            self.snapshot.seats[key].label
            for key in sorted(after)
            if key not in before and key in self.snapshot.seats
        )
        bodies_before, bodies_after = ({key.chamber for key in keys} for keys in (before, after))
        self.found.leaving.update(bodies_before - bodies_after)
        self.found.joining.update(bodies_after - bodies_before)
        if before and not after:
            self.found.note(LEFT, person.name, person.external_id, gone)
            self.found.leavers.append(official_id)
        elif after and not before:
            self.found.note(JOINED, person.name, person.external_id, come)
        elif gone or come:
            self.found.note(MOVED, person.name, person.external_id, f"{gone} → {come}")

    def _compare_missing(self, missing: Iterable[HeldRecord]) -> None:
        by_official = {record.official_id: record for record in missing if record.official_id}
        tenures: dict[int, list[object]] = {}
        for chunk in chunks(sorted(by_official)):
            for tenure in held_tenures(chunk):
                if tenure.is_in_force(self.day) and tenure.chamber in self.snapshot.covers:
                    tenures.setdefault(tenure.official_id, []).append(tenure)
        rows = held(tenures)
        for official_id in tenures:
            self._one_missing(by_official[official_id], official_id, rows)

    def _one_missing(self, record: HeldRecord, official_id: int, rows: Held) -> None:
        name = rows.names[official_id].name
        in_force = [
            row
            for row in rows.tenures[official_id]
            if row.is_in_force(self.day) and row.source_id == self.source.pk
        ]
        if self.snapshot.has_unknown_rows:
            reason = _("%(name)s is not listed, but some rows could not be read: nobody was ended.")
            remark = Remark(self.snapshot.label, record.external_id, reason % {"name": name})
            self.found.notices.append(remark)
            return
        labels = ", ".join(row.label for row in in_force)
        self.found.leaving.update({row.chamber for row in in_force})
        early = {row.chamber for row in in_force if row.ends_on is None or row.ends_on > self.day}
        self.found.missing_early.update(early)
        self.found.missing_records.append(record.pk)
        if not self.snapshot.missing_means_left:
            self.found.note(VANISHED, name, record.external_id, labels)
            return
        self.found.note(LEFT, name, record.external_id, labels)
        self.found.leavers.append(official_id)
        self.found.updates.extend(leave(in_force, self.day))

    def _compare_links(self) -> None:
        """Identifiers for people whom another source is the authority for."""
        owner = owners([fact for link in self.snapshot.links for fact in (link.known, link.new)])
        for link in self.snapshot.links:
            if link.known not in owner:
                reason = _("%(name)s is not in the record yet; import congress-legislators first.")
                remark = Remark(self.snapshot.label, link.new.value, reason % {"name": link.name})
                self.found.notices.append(remark)
            elif link.new not in owner:
                self.found.links.append((owner[link.known], link.new))
                owner[link.new] = owner[link.known]
            else:
                self.found.unchanged += 1
