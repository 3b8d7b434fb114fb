"""Findings as the lines a reviewer reads: what happens to whom, with the values before and after."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models

from legislation.changeset.findings import (
    ADDED,
    CHANGED_OFFICE,
    CHANGED_PARTY,
    JOINED,
    LEFT,
    MOVED,
    ChangeSet,
    CommitteeChange,
    PersonChange,
    RowUpdate,
)
from legislation.changeset.held import chunks
from legislation.models import (
    ChangeKind,
    Committee,
    CommitteeMembership,
    ContactPoint,
    Identifier,
    ImportChange,
    Office,
    Official,
    PartyAffiliation,
    RecordKind,
    Source,
    SourceRecord,
    Tenure,
)

Model = type[models.Model]
_PARTS: dict[str, Model] = {
    "identifiers": Identifier,
    "tenures": Tenure,
    "parties": PartyAffiliation,
    "offices": Office,
    "contacts": ContactPoint,
}
# What belongs to a happening; everything else that changes about the same person gets a line of its own.
_TELLS: dict[str, set[Model]] = {
    LEFT: {Tenure},
    JOINED: {Tenure},
    ADDED: {Tenure},
    MOVED: {Tenure},
    CHANGED_PARTY: {PartyAffiliation},
    CHANGED_OFFICE: {Office},
}
_UNSHOWN = {"search_text", "sort_name", "last_seen_on"}


class Difference(NamedTuple):
    """`place` is `column#row` of `model`; empty values mean that there was, or will be, nothing."""

    model: Model
    place: str
    before: Any
    after: Any


class _Old:
    """The rows that will change, fetched together."""

    def __init__(self, updates: Iterable[RowUpdate]) -> None:
        wanted: dict[Model, set[int]] = defaultdict(set)
        for update in updates:
            wanted[update.model].add(update.pk)
        self.rows = {model: _in_bulk(model, pks) for model, pks in wanted.items()}

    def differences(self, update: RowUpdate) -> Iterator[Difference]:
        row = self.rows[update.model][update.pk]
        for column, value in update.values.items():
            old = getattr(row, update.model._meta.get_field(column).attname)  # type: ignore[union-attr]
            if column not in _UNSHOWN and old != value:
                yield Difference(update.model, f"{column}#{update.pk}", old, value)


def change_rows(found: ChangeSet, *, only: set[str] | None = None) -> list[ImportChange]:
    """One line per thing that happens, not saved yet. `only`: the records to tell of, all if None."""
    old = _Old(_all_updates(found))
    left = _ended_by_official(found, old)
    by_record = {change.record.external_id: change for change in found.people}
    listed = [one for one in found.happenings if only is None or one.record in only]
    rows: list[ImportChange] = []
    told: dict[str, set[Model]] = defaultdict(set)
    officials = officials_of(found, (one.record for one in listed))
    for one in listed:
        change = by_record.get(one.record)
        told[one.record] |= _TELLS.get(one.kind, set())
        differences = _of_person(change, old) if change else left.get(officials.get(one.record, 0), [])
        if not (change and change.official_id is None):
            differences = [each for each in differences if each.model in _TELLS.get(one.kind, set())]
        else:
            told[one.record] |= {Official, *_PARTS.values()}
        rows.append(_row(ChangeKind(one.kind), one.name, one.record, change, differences, detail=one.detail))
    rows.extend(_untold(found.people, old, told, only))
    rows.extend(_committees(found.committees, old))
    for row in rows:
        row.official_id = row.official_id or officials.get(row.record)
    return rows


def unmatched_rows(found: ChangeSet) -> list[ImportChange]:
    """What could not be brought together with the record and was left out, and why."""
    return [
        ImportChange(
            kind=ChangeKind.UNMATCHED, name=remark.record[:300], record=remark.record, detail=remark.why
        )
        for remark in found.notices
    ]


def vacancy_rows(before: dict[str, int], after: dict[str, int]) -> list[ImportChange]:
    """The seats that have more free places afterwards than before."""
    return [
        ImportChange(kind=ChangeKind.VACANCY, name=label)
        for label, free in after.items()
        for _place in range(free - before.get(label, 0))
    ]


def officials_of(found: ChangeSet, records: Iterable[str]) -> dict[str, int]:
    """The officials behind these ids of the source, as far as the record knows them."""
    known: dict[str, int] = {}
    source = Source.objects.filter(key=found.snapshot.source)
    for chunk in chunks(set(records)):
        rows = SourceRecord.objects.filter(
            source__in=source, kind=RecordKind.PERSON, external_id__in=chunk, official__isnull=False
        )
        known.update(rows.values_list("external_id", "official_id"))
    return known


def _all_updates(found: ChangeSet) -> Iterator[RowUpdate]:
    yield from found.updates
    for person in found.people:
        yield from person.updates
    for committee in found.committees:
        yield from committee.updates
        if committee.committee_id and committee.values:
            yield RowUpdate(Committee, committee.committee_id, committee.values)


def _in_bulk(model: Model, pks: Iterable[int]) -> dict[int, Any]:
    return {pk: row for chunk in chunks(pks) for pk, row in model._base_manager.in_bulk(chunk).items()}


def _ended_by_official(found: ChangeSet, old: _Old) -> dict[int, list[Difference]]:
    """The tenures of people who are not listed any more, by official."""
    ended: dict[int, list[Difference]] = defaultdict(list)
    for update in found.updates:
        if update.model is Tenure:
            ended[old.rows[Tenure][update.pk].official_id].extend(old.differences(update))
    return ended


def _of_person(change: PersonChange, old: _Old) -> list[Difference]:
    found = [one for update in change.updates for one in old.differences(update)]
    for part, model in _PARTS.items():
        for number, fact in enumerate(getattr(change, part), 1):
            found.append(Difference(model, f"#new{number}", None, _in_words(fact)))
    return found


def _untold(
    people: Iterable[PersonChange], old: _Old, told: dict[str, set[Model]], only: set[str] | None
) -> Iterator[ImportChange]:
    """People about whom something changes that no happening tells."""
    for change in people:
        id = change.record.external_id
        if only is not None and id not in only:
            continue
        rest = [one for one in _of_person(change, old) if one.model not in told[id]]
        is_new = change.official_id is None and not told[id]
        if rest or is_new:
            kind = ChangeKind.ADDED if is_new else ChangeKind.CHANGED
            yield _row(kind, change.record.name, id, change, rest)


def _committees(changes: Iterable[CommitteeChange], old: _Old) -> Iterator[ImportChange]:
    for change in changes:
        if change.is_empty():
            continue
        updates = [*change.updates]
        if change.committee_id and change.values:
            updates.append(RowUpdate(Committee, change.committee_id, change.values))
        differences = [one for update in updates for one in old.differences(update)]
        for number, member in enumerate(change.members, 1):
            differences.append(Difference(CommitteeMembership, f"#new{number}", None, _in_words(member[1:])))
        kind = ChangeKind.CHANGED if change.committee_id else ChangeKind.ADDED
        row = _row(kind, change.record.name, change.record.external_id, None, differences)
        row.said = change.record.content_hash
        yield row


def _row(
    kind: ChangeKind,
    name: str,
    record: str,
    change: PersonChange | None,
    differences: Iterable[Difference],
    *,
    detail: str = "",
) -> ImportChange:
    row = ImportChange(kind=kind, name=name[:300], record=record, detail=detail)
    if change:
        row.official_id, row.said = change.official_id, change.record.content_hash
    for one in differences:
        dot = "" if one.place.startswith("#") else "."
        key = f"{one.model._meta.model_name}{dot}{one.place}"
        if one.before is not None:
            row.before[key] = _written(one.before)
        if one.after is not None:
            row.after[key] = _written(one.after)
    return row


def _in_words(fact: Iterable[Any]) -> str:
    """A fact on one line; a seat by its chamber and district."""
    words = [" ".join(value[1:]) if isinstance(value, tuple) else _written(value) for value in fact]
    return ", ".join(str(word) for word in words if word not in (None, "", False))


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
