"""Row by row what one write did: enough to take it back, and to know whether anybody was there since."""

import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models

from legislation.changeset.held import chunks
from legislation.models import SourceRecord
from legislation.sources.records import content_hash

Model = type[models.Model]
Values = dict[str, Any]
# When a source last listed somebody is touched by every run and says nothing about who changed what.
_TOUCHED = {(SourceRecord, "last_seen_at")}


class Ledger:
    """Whom a write tells what it does. This one keeps nothing: for imports that nobody will undo."""

    keeps = False

    def inserted(self, model: Model, pks: Iterable[int]) -> None:
        """These rows are new."""

    def changing(self, model: Model, pks: Iterable[int]) -> None:
        """These rows are about to change."""


class Updated(NamedTuple):
    """A changed row: its old and new values where they differ, and the whole of it afterwards."""

    model: Model
    pk: int
    before: Values
    after: Values
    fingerprint: str


class Images(NamedTuple):
    """`inserted`: which rows are new, and how they looked when they were written."""

    inserted: dict[Model, dict[int, str]]
    updated: list[Updated]


class RowImages(Ledger):
    """Keeps the rows before they change, and at the end how they are afterwards."""

    keeps = True

    def __init__(self) -> None:
        self._before: dict[Model, dict[int, Values]] = {}
        self._new: dict[Model, set[int]] = {}

    def inserted(self, model: Model, pks: Iterable[int]) -> None:
        self._new.setdefault(model, set()).update(pks)

    def changing(self, model: Model, pks: Iterable[int]) -> None:
        known = self._before.setdefault(model, {})
        known |= rows_of(model, set(pks) - known.keys() - self._new.get(model, set()))

    def images(self) -> Images:
        inserted = {
            model: {pk: fingerprint_of(model, row) for pk, row in rows_of(model, pks).items()}
            for model, pks in self._new.items()
        }
        return Images(inserted, list(self._updated()))

    def _updated(self) -> Iterator[Updated]:
        for model, rows in self._before.items():
            now = rows_of(model, rows)
            for pk, old in rows.items():
                new = now[pk]
                changed = [name for name, value in old.items() if new[name] != value]
                if changed:
                    before, after = ({name: row[name] for name in changed} for row in (old, new))
                    yield Updated(model, pk, before, after, fingerprint_of(model, new))


def rows_of(model: Model, pks: Iterable[int]) -> dict[int, Values]:
    """These rows, column by column."""
    columns = [field.attname for field in model._meta.concrete_fields]
    found: dict[int, Values] = {}
    for chunk in chunks(sorted(pks)):
        for row in model._base_manager.filter(pk__in=chunk).values(*columns):
            found[row[model._meta.pk.attname]] = row
    return found


def fingerprint_of(model: Model, row: Values) -> str:
    return content_hash({name: value for name, value in row.items() if not is_touched(model, name)})


def is_touched(model: Model, column: str) -> bool:
    """Whether this column changes with every run, whoever else did anything."""
    return (model, column) in _TOUCHED


def packed(images: Images) -> bytes:
    content = {
        "inserted": {model._meta.label_lower: rows for model, rows in images.inserted.items()},
        "updated": [
            [one.model._meta.label_lower, one.pk, _plain(one.before), _plain(one.after), one.fingerprint]
            for one in images.updated
        ],
    }
    return zlib.compress(json.dumps(content, separators=(",", ":")).encode())


def unpacked(stored: bytes | memoryview) -> Images:
    content = json.loads(zlib.decompress(bytes(stored)))
    inserted = {
        apps.get_model(label): {int(pk): mark for pk, mark in rows.items()}
        for label, rows in content["inserted"].items()
    }
    updated = [
        Updated(model := apps.get_model(label), pk, _rich(model, before), _rich(model, after), mark)
        for label, pk, before, after, mark in content["updated"]
    ]
    return Images(inserted, updated)


def _plain(values: Values) -> Values:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _rich(model: Model, values: Values) -> Values:
    return {name: _field(model, name).to_python(value) for name, value in values.items()}


def _field(model: Model, column: str) -> "models.Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if field.attname == column)
