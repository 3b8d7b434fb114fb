"""Building the same rows again in a fraction of the time: kept from the first building, in one INSERT for each table.

    build = replayed(build_the_world)      # the first call builds; later ones, in an empty database, repeat its rows

The rows come back with the keys they had. Sequences have passed those keys in the first building, so that nothing made
afterwards meets them. What one row says of another is the very object, as when it was built.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

World = TypeVar("World")


class Rows:
    """What stood in some tables, and which of it the world names."""

    def __init__(self, tables: Sequence[type[models.Model]], world: Any) -> None:
        self._kept = [
            (table, [_values(row) for row in table._default_manager.order_by("pk")]) for table in tables
        ]
        self._world = type(world)
        self._named = {
            one.name: (type(row), row.pk) for one in fields(world) if (row := getattr(world, one.name))
        }

    def again(self) -> Any:
        made: dict[tuple[type[models.Model], Any], models.Model] = {}
        for table, kept in self._kept:
            rows = []
            for values in kept:
                row = table(**{name: _own(field, value, made) for name, (field, value) in values.items()})
                made[table, row.pk] = row
                rows.append(row)
            table._default_manager.bulk_create(rows)
        return self._world(**{name: made[key] for name, key in self._named.items()})


def replayed(build: Callable[[], World], tables: Sequence[type[models.Model]]) -> Callable[[], World]:
    """`tables`: all that the building writes, those first that others point to. Elsewhere it builds as ever."""
    kept: list[Rows] = []

    def built() -> World:
        if any(table._default_manager.exists() for table in tables):
            return build()
        if kept:
            again: World = kept[0].again()
            return again
        world = build()
        kept.append(Rows(tables, world))
        return world

    return built


def _values(row: models.Model) -> dict[str, tuple[Any, Any]]:
    """By field; what is a moment of making is made anew."""
    concrete = [field for field in row._meta.concrete_fields if field.default is not timezone.now]
    return {field.name: (field, getattr(row, field.attname)) for field in concrete}


def _own(field: Any, value: Any, made: dict[tuple[type[models.Model], Any], models.Model]) -> Any:
    """The object that a key stands for, where it was made here."""
    if value is None or not field.is_relation:
        return value
    return made[field.related_model, value]
