"""Comparing one person of a source with the same person in the record."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from legislation.changeset.findings import PersonChange, RowUpdate
from legislation.changeset.held import Held
from legislation.changeset.tenures import TenureFindings, compare_tenures, distinct, resolved
from legislation.models.contact import ContactPoint, Office, OfficeKind
from legislation.models.official import Official, PartyAffiliation
from legislation.sources.records import (
    ContactFact,
    IdentifierFact,
    OfficeFact,
    PartyFact,
    PersonRecord,
    Snapshot,
)

_NAME_FIELDS = (
    "name",
    "given_name",
    "family_name",
    "suffix",
    "nickname",
    "other_names",
    "image_url",
    "birth_date",
)
_OFFICE_FIELDS = ("label", "address", "phone", "fax", "hours")


def somebody_new(record: PersonRecord, identifiers: Iterable[IdentifierFact], day: date) -> PersonChange:
    """Everything a source says about a person the record does not know."""
    return PersonChange(
        record,
        None,
        list(identifiers),
        [resolved(fact, day) for fact in distinct(record.tenures)],
        _tidy_parties(record.parties),
        list(record.offices or ()),
        list(record.contacts or ()),
    )


def compare_person(
    record: PersonRecord,
    official_id: int,
    held: Held,
    identifiers: Iterable[IdentifierFact],
    *,
    snapshot: Snapshot,
    source_id: int,
    day: date,
    reopen: bool,
) -> tuple[PersonChange, TenureFindings, tuple[str, str] | None]:
    """What to write about a known person, what happened to their seats, and a change of party."""
    change = PersonChange(record, official_id, list(identifiers))
    official = held.names[official_id]
    # Another source's person (a legislator who went to Congress) keeps that source's spelling.
    if official.source_id == source_id and (values := _changed_names(official, record)):
        change.updates.append(RowUpdate(Official, official_id, values))
    tenures = compare_tenures(
        held.tenures[official_id], record.tenures, source_id=source_id, day=day, reopen=reopen
    )
    change.tenures.extend(tenures.added)
    change.updates.extend(tenures.updates)
    party = _compare_parties(change, held.parties[official_id], day)
    if record.offices is not None:
        _compare_offices(change, _comparable(held.offices[official_id], snapshot, source_id), day)
    if record.contacts is not None:
        rows = held.contacts[official_id]
        _compare_contacts(change, rows, snapshot, source_id, day)
    return change, tenures, party


def _tidy_parties(parties: Iterable[PartyFact]) -> list[PartyFact]:
    """At most one current party, and that one last."""
    listed = list(dict.fromkeys(parties))
    current = [party for party in listed if party.ends_on is None][-1:]
    return [party for party in listed if party.ends_on is not None] + current


def _changed_names(official: Official, record: PersonRecord) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: getattr(record, name)
        for name in _NAME_FIELDS
        if getattr(record, name) != getattr(official, name)
    }
    if not record.birth_date:
        values.pop("birth_date", None)
    if values:
        for name, value in values.items():
            setattr(official, name, value)
        official.fold_names()
        values |= {"search_text": official.search_text, "sort_name": official.sort_name}
    return values


def _compare_parties(change: PersonChange, rows: list[PartyAffiliation], day: date) -> tuple[str, str] | None:
    """Ends the party of before when the file gives another. Returns (old, new) of a change."""
    facts = _tidy_parties(change.record.parties)
    now = next((fact for fact in facts if fact.ends_on is None), None)
    held_now = next((row for row in rows if row.ends_on is None), None)
    known = {(row.party, row.starts_on) for row in rows} | {(row.party, None) for row in rows}
    if now is None or (held_now and held_now.party == now.party):
        return None
    if held_now:
        began = now.starts_on or day
        ends_on = max(began, held_now.starts_on) if held_now.starts_on else began
        change.updates.append(RowUpdate(PartyAffiliation, held_now.pk, {"ends_on": ends_on}))
        known.add((held_now.party, held_now.starts_on))
    past = [fact for fact in facts if fact.ends_on and (fact.party, fact.starts_on) not in known]
    begun = now if now.starts_on or not held_now else now._replace(starts_on=day)
    change.parties.extend([*past, begun])
    return (held_now.party, now.party) if held_now else None


def _comparable(rows: list[Office], snapshot: Snapshot, source_id: int) -> list[Office]:
    """The offices these files speak about."""
    return [
        row
        for row in rows
        if row.source_id == source_id and (snapshot.lists_district_offices or row.kind != OfficeKind.DISTRICT)
    ]


def _compare_offices(change: PersonChange, rows: list[Office], day: date) -> None:
    facts = list(change.record.offices or ())
    left = {row.pk: row for row in rows}
    unpaired: list[OfficeFact] = []
    for fact in facts:
        row = next(_same_office(left.values(), fact), None)
        if row is None:
            unpaired.append(fact)
        else:
            del left[row.pk]
            _update_office(change, row, fact, day)
    for fact in unpaired:
        # The same kind of office with another address: it moved.
        moved = [
            row for row in left.values() if row.kind == fact.kind and not (row.external_id or row.ended_on)
        ]
        row = moved[0] if moved and not fact.external_id else None
        if row is None:
            change.offices.append(fact)
        else:
            del left[row.pk]
            _update_office(change, row, fact, day)
    for row in left.values():
        if row.ended_on is None:
            change.updates.append(RowUpdate(Office, row.pk, {"ended_on": day}))


def _same_office(rows: Iterable[Office], fact: OfficeFact) -> Iterator[Office]:
    for row in rows:
        if fact.external_id:
            if row.external_id == fact.external_id:
                yield row
        elif (row.kind, *(getattr(row, name) for name in _OFFICE_FIELDS)) == fact[:6]:
            yield row


def _update_office(change: PersonChange, row: Office, fact: OfficeFact, day: date) -> None:
    values: dict[str, Any] = {
        name: getattr(fact, name) for name in _OFFICE_FIELDS if getattr(fact, name) != getattr(row, name)
    }
    if row.ended_on:
        values["ended_on"] = None
    if values:
        change.updates.append(RowUpdate(Office, row.pk, values | {"last_seen_on": day}))


def _compare_contacts(
    change: PersonChange, rows: list[ContactPoint], snapshot: Snapshot, source_id: int, day: date
) -> None:
    facts = set(change.record.contacts or ())
    held = {ContactFact(row.kind, row.value, row.label): row for row in rows}
    for fact in change.record.contacts or ():
        row = held.get(fact)
        if row is None:
            change.contacts.append(fact)
        elif row.ended_on:
            change.updates.append(RowUpdate(ContactPoint, row.pk, {"ended_on": None, "last_seen_on": day}))
    for fact, row in held.items():
        is_silent = row.kind == "social" and not snapshot.lists_social_media
        if fact not in facts and row.ended_on is None and row.source_id == source_id and not is_silent:
            change.updates.append(RowUpdate(ContactPoint, row.pk, {"ended_on": day}))
