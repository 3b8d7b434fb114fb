"""Many rows at once, on either engine, without an object for each: what makes a full load take seconds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.db import connection, models

from legislation.changeset.findings import RowUpdate
from legislation.changeset.held import chunks

_VALUES_AT_ONCE = 12_000  # below the limits of both engines for one statement


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert `rows`, whose values stand in the order of `columns` (field names). Returns how many."""
    quote = connection.ops.quote_name
    names = ", ".join(_column(model, name) for name in columns)
    place = f"({', '.join(['%s'] * len(columns))})"
    total = 0
    with connection.cursor() as cursor:
        for chunk in chunks(rows, max(1, _VALUES_AT_ONCE // len(columns))):
            values = [_adapted(value) for row in chunk for value in row]
            places = ", ".join([place] * len(chunk))
            statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {places}"  # noqa: S608 (names of ours)
            cursor.execute(statement, values)
            total += len(chunk)
    return total


def update_rows(updates: Iterable[RowUpdate]) -> int:
    """Write each update; those that change the same columns of a table go together."""
    groups: dict[tuple[type[models.Model], tuple[str, ...]], list[list[Any]]] = defaultdict(list)
    for update in updates:
        columns = tuple(update.values)
        groups[update.model, columns].append([*map(_adapted, update.values.values()), update.pk])
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for (model, columns), rows in groups.items():
            sets = ", ".join(f"{_column(model, name)} = %s" for name in columns)
            table, key = quote(model._meta.db_table), quote("id")
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE {key} = %s", rows)  # noqa: S608 (names of ours)
    return sum(map(len, groups.values()))


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    return connection.ops.quote_name(str(getattr(field, "column", name)))


def _adapted(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
