"""Imports as change sets: what may be is applied at once, the rest is proposed; `change_sets.approve(by=…)`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation.actions import leavers, record_writing, row_images
from legislation.actions.row_images import RowImages
from legislation.changeset import payload, review
from legislation.changeset.compare import compare
from legislation.changeset.findings import ChangeSet
from legislation.changeset.rows import change_rows, officials_of, unmatched_rows, vacancy_rows
from legislation.changeset.scope import vacancies
from legislation.models import (
    ChangeKind,
    ChangeSetState,
    ImportChange,
    ImportChangeSet,
    Jurisdiction,
    Source,
)
from legislation.models.change_set import ImportChangeSetQuerySet, counted
from legislation.sources.records import Snapshot


class AlreadyDecided(Exception):
    """Somebody else was faster: the first decision stands."""


class RecordHasChanged(Exception):
    """The record is not what it was when this was proposed: approving would write something nobody has read."""


@dataclass
class BroughtIn:
    """What became of one snapshot: rows written at once, the sets it left, and how much waits."""

    written: int = 0
    sets: list[ImportChangeSet] = field(default_factory=list)
    waiting: int = 0
    why: str = ""


def bring_in(found: ChangeSet, *, source: Source, now: datetime, force: bool) -> BroughtIn:
    """Apply what the rule allows, and propose the rest."""
    return _Bringing(found, source, now, force).run()


class _Bringing:
    def __init__(self, found: ChangeSet, source: Source, now: datetime, force: bool) -> None:
        self.found, self.source, self.now, self.force = found, source, now, force
        self.scope = found.snapshot.scope
        self.about = _about(source, self.scope.ocd_id)
        self.done = BroughtIn()

    def run(self) -> BroughtIn:
        parts = review.split(self.found, undone=_undone(self.about))
        safe = self._apply(parts.safe) if parts.safe else None
        if parts.safe is None or parts.waiting:
            self._propose(parts, safe)
        else:
            self.about.overtake(self.now)
        return self.done

    def _apply(self, safe: ChangeSet) -> ImportChangeSet | None:
        before = vacancies(self.scope.ocd_id, safe.day)
        rows = change_rows(safe)
        images = RowImages()
        self.done.written = record_writing.write(safe, source=self.source, now=self.now, ledger=images)
        if not (self.done.written or rows):
            return None
        officials = officials_of(safe, (row.record for row in rows))
        for row in rows:
            row.official_id = row.official_id or officials.get(row.record)
        rows += vacancy_rows({} if safe.is_first else before, vacancies(self.scope.ocd_id, safe.day))
        applied = self._made(
            [*rows, *unmatched_rows(safe)],
            state=ChangeSetState.APPLIED,
            decided_at=self.now,
            rows_written=self.done.written,
            images=row_images.packed(images.images()),
        )
        trail.record(by=None, verb="applied", of=applied)
        return applied

    def _propose(self, parts: review.Parts, safe: ImportChangeSet | None) -> None:
        stored = payload.packed(self.found.snapshot)
        snapshot = payload.unpacked(stored)
        rest = compare(snapshot, source=self.source, day=self.found.day, force=self.force)
        before = vacancies(self.scope.ocd_id, rest.day)
        # Written once and taken back: shows what becomes vacant, and that it can be written.
        with transaction.atomic():
            record_writing.write(rest, source=self.source, now=self.now)
            after = vacancies(self.scope.ocd_id, rest.day)
            transaction.set_rollback(True)
        rest.happenings = self.found.happenings  # as they were before the safe part stood in the record
        rows = change_rows(rest, only=parts.waiting if parts.safe else None)
        rows += vacancy_rows(before, after)
        if parts.safe is None:
            rows += unmatched_rows(self.found)
        self.done.waiting = len(rows)
        if kept := self._proposed_already(rows, snapshot):
            self.done.sets.append(kept)
            return
        self.about.overtake(self.now)
        if not self.force and _keys(rows) <= _rejected(self.about):
            self.done.waiting = 0
            self.done.why = _("Exactly these changes were rejected before; they are not proposed again.")
            return
        fingerprint = payload.fingerprint(rest)
        self._made(rows, snapshot=stored, fingerprint=fingerprint, safe_part=safe)

    def _proposed_already(self, rows: list[ImportChange], snapshot: Snapshot) -> ImportChangeSet | None:
        """The set that waits with the same lines and would still write the same."""
        held = self.about.proposed().first()
        if held is None or _keys(rows) != _keys(held.changes.all()):
            return None
        again = compare(snapshot, source=self.source, day=held.day, force=held.was_forced)
        return held if payload.fingerprint(again) == held.fingerprint else None

    def _made(self, rows: list[ImportChange], **values: object) -> ImportChangeSet:
        made = ImportChangeSet.objects.create(
            source=self.source,
            jurisdiction=Jurisdiction.objects.filter(ocd_id=self.scope.ocd_id).first(),
            scope_name=self.scope.name,
            day=self.found.day,
            made_at=self.now,
            counts=counted(rows),
            was_forced=self.force,
            **values,
        )
        for row in rows:
            row.change_set = made
        ImportChange.objects.bulk_create(rows, batch_size=500)
        self.done.sets.append(made)
        return made


def approve(change_set: ImportChangeSet, *, by: User, now: datetime) -> ImportChangeSet:
    """Write what waits. Raises AlreadyDecided, or RecordHasChanged where it would write something else by now."""
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=change_set.source_id)
        stored = bytes(change_set.snapshot)
        if not change_set.decide(ChangeSetState.APPLIED, by=by, now=now):
            raise AlreadyDecided(_("This change set was decided already."))
        found = compare(
            payload.unpacked(stored), source=source, day=change_set.day, force=change_set.was_forced
        )
        if found.why_older or payload.fingerprint(found) != change_set.fingerprint:
            raise RecordHasChanged(
                _("The record has changed since this was proposed. Run the import again: it proposes anew.")
            )
        images = RowImages()
        # Seen when it was proposed, not when it was approved.
        written = record_writing.write(found, source=source, now=change_set.made_at, ledger=images)
        change_set.settle(
            ChangeSetState.APPLIED,
            rows_written=written,
            images=row_images.packed(images.images()),
            snapshot=b"",
        )
        _name_newcomers(change_set, found)
        leavers.list_for_decision(change_set, found.gone_from_a_seat(), day=found.day)
        trail.record(by=by, verb="approved", of=change_set)
    return change_set


def reject(change_set: ImportChangeSet, *, by: User, now: datetime, reason: str) -> None:
    """Leave the record as it is, saying why. Raises AlreadyDecided."""
    with transaction.atomic():
        if not change_set.decide(ChangeSetState.REJECTED, by=by, now=now, reason=reason):
            raise AlreadyDecided(_("This change set was decided already."))
        change_set.settle(ChangeSetState.REJECTED, snapshot=b"")
        trail.record(by=by, verb="rejected", of=change_set, reason=reason)


def _about(source: Source, ocd_id: str) -> ImportChangeSetQuerySet:
    jurisdiction = Jurisdiction.objects.filter(ocd_id=ocd_id).first()
    return ImportChangeSet.objects.about(source, jurisdiction)


def _name_newcomers(change_set: ImportChangeSet, found: ChangeSet) -> None:
    nameless = [row for row in change_set.changes.filter(official=None) if row.record]
    officials = officials_of(found, (row.record for row in nameless))
    for row in nameless:
        row.official_id = officials.get(row.record)
    ImportChange.objects.bulk_update(nameless, ["official"], batch_size=500)


def _undone(about: ImportChangeSetQuerySet) -> set[tuple[str, str]]:
    rows = ImportChange.objects.filter(change_set__in=about.filter(state=ChangeSetState.UNDONE))
    return set(rows.exclude(said="").order_by().values_list("record", "said"))


def _rejected(about: ImportChangeSetQuerySet) -> set[tuple[str, str, str, str]]:
    newest = about.filter(state=ChangeSetState.REJECTED).first()
    return _keys(newest.changes.all()) if newest else set()


def _keys(rows: Iterable[ImportChange]) -> set[tuple[str, str, str, str]]:
    """What makes these lines the same as others; what merely follows from them is left out."""
    return {row.key for row in rows if row.kind not in (ChangeKind.VACANCY, ChangeKind.UNMATCHED)}
