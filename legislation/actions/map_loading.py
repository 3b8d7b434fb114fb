"""Loading divisions, and replacing one part of a map edition: all of it, or nothing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import shapely
from django.db import models, transaction
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from legislation.actions.bulk import insert_rows, refresh_statistics, update_rows
from legislation.actions.record_places import jurisdiction_rows
from legislation.changeset.findings import RowUpdate
from legislation.changeset.held import chunks
from legislation.models import (
    Division,
    DivisionShape,
    EditionFile,
    EditionPart,
    Jurisdiction,
    MapEdition,
    PostalDistrict,
    Source,
)
from legislation.sources.division_ids import jurisdiction_fact, place_of
from legislation.sources.divisions import ListedDivision
from legislation.sources.editions import EDITIONS
from legislation.sources.map_shapes import EditionShapes
from legislation.sources.opening import FileRefused
from legislation.sources.postal_tables import PostalTable
from legislation.sources.records import DivisionFact

_FSA_LENGTH = 3
# What lost more than half of its rows looks like half a file.
_LEAST_KEPT = 0.5
_DIVISION_COLUMNS = (
    "ocd_id",
    "name",
    "name_fr",
    "kind",
    "jurisdiction",
    "valid_from",
    "valid_through",
    "alias_of",
)
_SHAPE_COLUMNS = ("edition", "division", "geometry", "west", "south", "east", "north")
_POSTAL_COLUMNS = ("edition", "code", "division", "share")


class LoadedFile(NamedTuple):
    """Where a part of an edition comes from."""

    label: str
    content_hash: str
    source: Source


@transaction.atomic
def load_divisions(listed: Iterable[ListedDivision]) -> int:
    """Bring the divisions up to date with a list; returns how many rows were added or changed.

    The names of divisions that the record knew already stay: their seats gave them.
    """
    wanted = {one.fact.ocd_id: one for one in listed}
    known = set(_keys(wanted))
    _insert((one.fact, one.valid_through) for id, one in wanted.items() if id not in known)
    updates = list(_differences({id: wanted[id] for id in known}))
    updates += _aliases({id: one.alias_of for id, one in wanted.items() if one.alias_of})
    return len(wanted) - len(known) + update_rows(updates)


@transaction.atomic
def replace_shapes(shapes: EditionShapes, file: LoadedFile, *, now: datetime, force: bool = False) -> int:
    """Draw an edition anew; returns of how many districts. Raises FileRefused where most would disappear."""
    edition = _edition(shapes.edition)
    held = DivisionShape.objects.filter(edition=edition)
    _refuse_half(held, len(shapes.areas), file, force=force)
    keys = ensure_divisions({id: fact for id, (fact, _area) in shapes.areas.items()})
    held.delete()
    rows = (
        (edition.pk, keys[id], shapely.to_wkb(area), *area.bounds)
        for id, (_fact, area) in shapes.areas.items()
    )
    count = insert_rows(DivisionShape, _SHAPE_COLUMNS, rows)
    _remember(edition, EditionPart.SHAPES, count, file, now)
    return count


@transaction.atomic
def replace_postal_codes(table: PostalTable, file: LoadedFile, *, now: datetime, force: bool = False) -> int:
    """Put a table in the place of the edition's last one; returns its rows. Raises FileRefused as above."""
    edition = _edition(table.edition)
    length = PostalDistrict.objects.filter(edition=edition).annotate(length=Length("code"))
    is_fsa = table.part == EditionPart.FSAS
    held = length.filter(length=_FSA_LENGTH) if is_fsa else length.filter(length__gt=_FSA_LENGTH)
    _refuse_half(held, len(table.rows), file, force=force)
    keys = ensure_divisions(table.divisions)
    held.order_by().delete()
    rows = ((edition.pk, row.code, keys[row.division], row.share) for row in table.rows)
    count = insert_rows(PostalDistrict, _POSTAL_COLUMNS, rows)
    _remember(edition, table.part, count, file, now)
    refresh_statistics("legislation")
    return count


def is_loaded(part: str, content_hash: str) -> bool:
    """Whether this very file is what its part of an edition was last loaded from."""
    return EditionFile.objects.filter(part=part, content_hash=content_hash).exists()


def ensure_divisions(facts: Mapping[str, DivisionFact]) -> dict[str, int]:
    """The keys of these divisions; those the record does not know are added."""
    known = _keys(facts)
    _insert((fact, None) for id, fact in facts.items() if id not in known)
    return _keys(facts)


def _edition(key: str) -> MapEdition:
    if row := MapEdition.objects.filter(key=key).first():
        return row
    if key not in EDITIONS:
        raise FileRefused(
            _(
                "There is no map edition “%(key)s”. Enter it in the admin, with its dates, then load the file again."
            )
            % {"key": key}
        )
    fact = EDITIONS[key]
    place = jurisdiction_fact(fact.place)
    return MapEdition.objects.create(
        key=key,
        name=fact.name,
        name_fr=fact.name_fr,
        jurisdiction=jurisdiction_rows([place])[place.ocd_id],
        chamber_code=fact.chamber_code,
        valid_from=fact.valid_from,
        valid_until=fact.valid_until,
    )


def _refuse_half(held: models.QuerySet[Any], count: int, file: LoadedFile, *, force: bool) -> None:
    before = held.count()
    if not force and count < before * _LEAST_KEPT:
        raise FileRefused(
            _(
                "%(file)s holds %(count)d rows where there were %(before)d. Is it complete? Nothing was changed. "
                "If it is right, run it again with --force."
            )
            % {"file": file.label, "count": count, "before": before}
        )


def _remember(edition: MapEdition, part: str, rows: int, file: LoadedFile, now: datetime) -> None:
    values = {
        "label": file.label,
        "content_hash": file.content_hash,
        "rows": rows,
        "source": file.source,
        "loaded_at": now,
    }
    EditionFile.objects.update_or_create(edition=edition, part=part, defaults=values)


def _keys(ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks(ids):
        found.update(Division.objects.filter(ocd_id__in=chunk).values_list("ocd_id", "pk"))
    return found


def _insert(facts: Iterable[tuple[DivisionFact, date | None]]) -> None:
    listed = list(facts)
    lies_in = _jurisdictions(fact for fact, _until in listed)
    rows = (
        (
            fact.ocd_id,
            fact.name or fact.ocd_id.rpartition(":")[2],
            fact.name_fr,
            fact.kind,
            lies_in.get(fact.jurisdiction),
            fact.valid_from,
            until,
            None,
        )
        for fact, until in listed
    )
    insert_rows(Division, _DIVISION_COLUMNS, rows)


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
                "name_fr": row.name_fr or one.fact.name_fr,
                "valid_from": one.fact.valid_from or row.valid_from,
                "valid_through": one.valid_through or row.valid_through,
            }
            if changed := {name: value for name, value in values.items() if getattr(row, name) != value}:
                yield RowUpdate(Division, row.pk, {**values, **changed})


def _aliases(aliases: Mapping[str, str]) -> Iterator[RowUpdate]:
    keys = _keys({*aliases, *aliases.values()})
    linked = dict(Division.objects.filter(alias_of__isnull=False).values_list("ocd_id", "alias_of"))
    for ocd_id, target in aliases.items():
        if ocd_id in keys and target in keys and linked.get(ocd_id) != keys[target]:
            yield RowUpdate(Division, keys[ocd_id], {"alias_of": keys[target]})
