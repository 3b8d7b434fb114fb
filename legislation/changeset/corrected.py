"""Corrections against a source: it is compared with what it said itself, and what it says of a corrected fact
is heard and not written.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model

from legislation.changeset.corrected_rows import holding
from legislation.changeset.corrected_terms import keep_terms_once
from legislation.changeset.findings import (
    LEFT,
    ChangeSet,
    CommitteeChange,
    Heard,
    PersonChange,
    RowUpdate,
)
from legislation.models.contact import ContactPoint
from legislation.models.correction import Correction, Values
from legislation.models.official import Official, PartyAffiliation
from legislation.models.seat import Tenure
from legislation.sources.records import ContactFact, PartyFact


def hold_back(found: ChangeSet, records: dict[int, str]) -> None:
    """Take out of the findings whatever would overwrite a correction, and keep it as heard.

    `records`: the source's id of each official.
    """
    keep_terms_once(found)
    changes: list[PersonChange | CommitteeChange] = [*found.people, *found.committees]
    held = _by_row([*found.updates, *(update for change in changes for update in change.updates)])
    if not held:
        return
    found.updates, heard = _parted(found.updates, held)
    found.heard.extend(heard)
    for change in found.people:
        change.updates, heard = _parted(change.updates, held)
        change.heard.extend(_with_replacements(change, heard))
    for committee in found.committees:
        committee.updates, heard = _parted(committee.updates, held)
        committee.heard.extend(heard)
    _nobody_leaves_against_us(found, records)


def _by_row(updates: Iterable[RowUpdate]) -> dict[tuple[type[Model], int], list[Correction]]:
    keys: dict[type[Model], list[int]] = {}
    for update in updates:
        keys.setdefault(update.model, []).append(update.pk)
    return {
        (model, pk): corrections
        for model, rows in keys.items()
        for pk, corrections in holding(model, rows).items()
    }


def _parted(
    updates: list[RowUpdate], held: dict[tuple[type[Model], int], list[Correction]]
) -> tuple[list[RowUpdate], list[Heard]]:
    """What is written all the same, and what is only heard."""
    written, heard = [], []
    for update in updates:
        values = dict(update.values)
        for correction in held.get((update.model, update.pk), ()):
            said = {name: values.pop(name) for name in correction.corrected if name in values}
            if said:
                heard.append(Heard(correction, correction.source_last_said() | said))
        if len(values) < len(update.values):
            values = _names_refolded(update, values) if update.model is Official else values
        if values.keys() - {"last_seen_on"}:
            written.append(RowUpdate(update.model, update.pk, values))
    return written, heard


def _names_refolded(update: RowUpdate, values: Values) -> Values:
    """Search finds the corrected name, together with the parts that do change."""
    plain = {name: value for name, value in values.items() if name not in ("search_text", "sort_name")}
    if not plain:
        return {}
    official = Official.objects.get(pk=update.pk)
    for name, value in plain.items():
        setattr(official, name, value)
    official.fold_names()
    return plain | {"search_text": official.search_text, "sort_name": official.sort_name}


def _with_replacements(change: PersonChange, heard: list[Heard]) -> list[Heard]:
    """A source that ends what we corrected and lists another in its place says something new of the same fact."""
    result = []
    for one in heard:
        correction = one.correction
        if correction.is_open() and correction.row_model is ContactPoint:
            one = _replaced_contact(change, one)
        elif correction.is_open() and correction.row_model is PartyAffiliation:
            one = _replaced_party(change, one)
        result.append(one)
    return result


def _replaced_contact(change: PersonChange, one: Heard) -> Heard:
    kind = ContactPoint.objects.values_list("kind", flat=True).get(pk=one.correction.object_id)
    ours = one.correction.corrected["value"]
    others = [fact for fact in change.contacts if fact.kind == kind]
    # Our own value, if the source has come to give it; otherwise the first of the new ones.
    new: ContactFact | None = next((f for f in others if f.value == ours), others[0] if others else None)
    if one.said["ended_on"] is None or new is None:
        return one
    change.contacts.remove(new)
    return one._replace(said={"value": new.value, "label": new.label, "ended_on": None})


def _replaced_party(change: PersonChange, one: Heard) -> Heard:
    new: PartyFact | None = next((fact for fact in change.parties if fact.ends_on is None), None)
    if one.said["ends_on"] is None or new is None:
        return one
    change.parties.remove(new)
    return one._replace(said={"party": new.party, "starts_on": new.starts_on, "ends_on": None})


def _nobody_leaves_against_us(found: ChangeSet, records: dict[int, str]) -> None:
    """Whom a correction keeps in office does not leave because the source says so."""
    heard = [*found.heard, *(one for change in found.people for one in change.heard)]
    kept = {one.correction.official_id for one in heard if _keeps_in_office(one.correction, found.day)}
    still_there = {records[official] for official in kept if official in records}
    found.leavers = [official for official in found.leavers if official not in kept]
    found.happenings = [one for one in found.happenings if one.kind != LEFT or one.record not in still_there]


def _keeps_in_office(correction: Correction, day: date) -> bool:
    if correction.row_model is not Tenure or "ends_on" not in correction.corrected:
        return False
    ours = correction.typed(correction.corrected)
    return ours["ends_on"] is None or ours["end_is_expected"] or ours["ends_on"] > day
