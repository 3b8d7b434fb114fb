"""Writing the divisions that lists, maps and tables speak of. A name comes with whoever tells it first."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db import transaction

from legislation.actions.bulk import insert_rows, update_rows
from legislation.actions.record_places import jurisdiction_rows
from legislation.changeset.findings import RowUpdate
from legislation.changeset.held import chunks
from legislation.models import Division, Jurisdiction
from legislation.sources.division_ids import by_number, jurisdiction_fact, place_of
from legislation.sources.divisions import ListedDivision
from legislation.sources.records import DivisionFact

_COLUMNS = ("ocd_id", "name", "name_fr", "kind", "jurisdiction", "valid_from", "valid_through", "alias_of")


@transaction.atomic
def load(listed: Iterable[ListedDivision]) -> int:
    """Bring the divisions up to date with a list; returns how many rows were added or changed.

    Names that the record has stay: their seats gave them. What is the same as what is linked afterwards, by
    `link_aliases`, when every list has told its divisions.
    """
    wanted = {one.fact.ocd_id: one for one in listed}
    known = set(keys_of(wanted))
    _insert((one.fact, one.valid_through) for id, one in wanted.items() if id not in known)
    updates = list(_differences({id: wanted[id] for id in known}))
    return len(wanted) - len(known) + update_rows(updates)


@transaction.atomic
def link_aliases(aliases: Mapping[str, str]) -> set[str]:
    """Say of these divisions which other they are the same as; returns those that were not linked so before."""
    keys = keys_of({*aliases, *aliases.values()})
    linked: dict[str, int | None] = {}
    for chunk in chunks(aliases):
        linked.update(Division.objects.filter(ocd_id__in=chunk).values_list("ocd_id", "alias_of"))
    new = {
        ocd_id
        for ocd_id, target in aliases.items()
        if ocd_id in keys and keys.get(target, linked[ocd_id]) != linked[ocd_id]
    }
    update_rows(RowUpdate(Division, keys[ocd_id], {"alias_of": keys[aliases[ocd_id]]}) for ocd_id in new)
    return new


def ensure(facts: Mapping[str, DivisionFact]) -> dict[str, int]:
    """The keys of these divisions; those the record does not know are added, and those without a name get theirs."""
    known = keys_of(facts)
    _insert((fact, None) for id, fact in facts.items() if id not in known)
    update_rows(_names({id: facts[id] for id in known}))
    return keys_of(facts)


def keys_of(ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks(ids):
        found.update(Division.objects.filter(ocd_id__in=chunk).values_list("ocd_id", "pk"))
    return found


def names_below(start: str) -> dict[str, str]:
    """The names of the divisions whose id begins so, by id."""
    return dict(Division.objects.filter(ocd_id__startswith=start).order_by().values_list("ocd_id", "name"))


def _insert(facts: Iterable[tuple[DivisionFact, date | None]]) -> None:
    listed = list(facts)
    lies_in = _jurisdictions(fact for fact, _until in listed)
    rows = (
        (
            fact.ocd_id,
            fact.name or by_number(fact.ocd_id),
            fact.name_fr,
            fact.kind,
            lies_in.get(fact.jurisdiction),
            fact.valid_from,
            until,
            None,
        )
        for fact, until in listed
    )
    insert_rows(Division, _COLUMNS, rows)


def _jurisdictions(facts: Iterable[DivisionFact]) -> dict[str, int]:
    """The governments these divisions lie in, countries first."""
    places = {place for fact in facts if (place := place_of(fact.ocd_id))}
    ordered = sorted(places, key=lambda place: (bool(place.division), place.ocd_id))
    if not ordered:
        return {}
    rows: dict[str, Jurisdiction] = jurisdiction_rows([jurisdiction_fact(place) for place in ordered])
    return {ocd_id: row.pk for ocd_id, row in rows.items()}


def _differences(wanted: Mapping[str, ListedDivision]) -> Iterator[RowUpdate]:
    for chunk in chunks(wanted):
        for row in Division.objects.filter(ocd_id__in=chunk):
            one = wanted[row.ocd_id]
            values = {
                "name": _name_of(row, one.fact),
                "name_fr": row.name_fr or one.fact.name_fr,
                "valid_from": one.fact.valid_from or row.valid_from,
                "valid_through": one.valid_through or row.valid_through,
            }
            if any(getattr(row, name) != value for name, value in values.items()):
                yield RowUpdate(Division, row.pk, values)


def _names(facts: Mapping[str, DivisionFact]) -> Iterator[RowUpdate]:
    for chunk in chunks(facts):
        for row in Division.objects.filter(ocd_id__in=chunk):
            fact = facts[row.ocd_id]
            if _name_of(row, fact) != row.name:
                yield RowUpdate(Division, row.pk, {"name": fact.name, "name_fr": row.name_fr or fact.name_fr})


def _name_of(row: Division, fact: DivisionFact) -> str:
    """The name the record has, unless that is only the number."""
    return fact.name if fact.name and row.name == by_number(row.ocd_id) else row.name
