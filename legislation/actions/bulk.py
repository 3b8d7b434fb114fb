"""Many rows at once, on either engine, without an object for each: what makes a full load take seconds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.apps import apps
from django.db import connection, models

from legislation.actions.row_images import Ledger
from legislation.changeset.findings import RowUpdate
from legislation.changeset.held import chunks

_NOBODY = Ledger()
_VALUES_AT_ONCE = 12_000  # below the limits of both engines for one statement


def insert_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    ledger: Ledger = _NOBODY,
) -> int:
    """Insert `rows`, whose values stand in the order of `columns` (field names). Returns how many."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(_column(model, name) for name in columns)
    if ledger.keeps:
        keys = _insert_telling_keys(f"{table} ({names})", len(columns), rows)
        ledger.inserted(model, keys)
        return len(keys)
    insert = _copy if connection.vendor == "postgresql" else _insert
    return insert(f"{table} ({names})", len(columns), rows)


def _copy(target: str, width: int, rows: Iterable[Sequence[Any]]) -> int:
    """PostgreSQL's own way in.

    A chunk is complete before its COPY begins: rows may be made by queries, and a query on a connection that
    is in the middle of a COPY waits for ever.
    """
    total = 0
    with connection.cursor() as cursor:
        for chunk in chunks(rows, _VALUES_AT_ONCE // width):
            with cursor.copy(f"COPY {target} FROM STDIN") as copy:
                for row in chunk:
                    copy.write_row([_adapted(value) for value in row])
            total += len(chunk)
    return total


def _insert(target: str, width: int, rows: Iterable[Sequence[Any]]) -> int:
    total = 0
    with connection.cursor() as cursor:
        for chunk in chunks(rows, _VALUES_AT_ONCE // width):
            cursor.execute(_statement(target, width, len(chunk)), _flat(chunk))
            total += len(chunk)
    return total


def _insert_telling_keys(target: str, width: int, rows: Iterable[Sequence[Any]]) -> list[int]:
    keys: list[int] = []
    with connection.cursor() as cursor:
        for chunk in chunks(rows, _VALUES_AT_ONCE // width):
            cursor.execute(_statement(target, width, len(chunk)) + ' RETURNING "id"', _flat(chunk))
            keys.extend(key for (key,) in cursor.fetchall())
    return keys


def _statement(target: str, width: int, count: int) -> str:
    place = f"({', '.join(['%s'] * width)})"
    return f"INSERT INTO {target} VALUES {', '.join([place] * count)}"  # noqa: S608 (names of ours)


def _flat(chunk: Iterable[Sequence[Any]]) -> list[Any]:
    return [_adapted(value) for row in chunk for value in row]


def update_rows(updates: Iterable[RowUpdate], ledger: Ledger = _NOBODY) -> int:
    """Write each update; those that change the same columns of a table go together."""
    groups: dict[tuple[type[models.Model], tuple[str, ...]], list[list[Any]]] = defaultdict(list)
    for update in updates:
        columns = tuple(update.values)
        groups[update.model, columns].append([*map(_adapted, update.values.values()), update.pk])
    if ledger.keeps:
        for (model, _columns), rows in groups.items():
            ledger.changing(model, (row[-1] for row in rows))
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for (model, columns), rows in groups.items():
            sets = ", ".join(f"{_column(model, name)} = %s" for name in columns)
            table, key = quote(model._meta.db_table), quote("id")
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE {key} = %s", rows)  # noqa: S608 (names of ours)
    return sum(map(len, groups.values()))


def refresh_statistics(app_label: str) -> None:
    """Let PostgreSQL count an app's tables anew.

    Until its own clerk comes round, it plans for the tables as they were before a load, which on the first one
    means empty: joins that take milliseconds then take minutes.
    """
    if connection.vendor != "postgresql":
        return
    tables = [model._meta.db_table for model in apps.get_app_config(app_label).get_models()]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")


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
