"""Lists below a row brought to what a source says: what is the same is not touched, what is gone goes."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.models import ProtectedError, Q

from legislation.actions.bulk import insert_rows, update_rows
from legislation.changeset.findings import RowUpdate
from legislation.changeset.held import chunks

Row = tuple[Any, ...]


class Held(NamedTuple):
    pk: int
    row: Row


class Shelf(NamedTuple):
    """The rows of `model` that belong to an `owner`. `key` is what tells one of them from another.

    `only` narrows what is compared and removed, where other rows of the table are none of the source's business.
    """

    model: type[models.Model]
    owner: str
    columns: tuple[str, ...]
    key: Callable[[Row], Hashable]
    only: Q = Q()


def settle(shelf: Shelf, wanted: Mapping[int, Sequence[Row]], *, new: Collection[int] = ()) -> int:
    """Bring the lists of these owners to what is wanted; returns how many rows that took.

    Owners that are `new` have no rows yet.
    """
    held = rows_of(shelf, [pk for pk in wanted if pk not in new])
    inserts: list[Row] = []
    updates: list[RowUpdate] = []
    gone: list[int] = []
    for owner, rows in wanted.items():
        there = {shelf.key(one.row): one for one in held.get(owner, ())}
        for row in rows:
            old = there.pop(shelf.key(row), None)
            if old is None:
                inserts.append((owner, *row))
            elif old.row != row:
                updates.append(RowUpdate(shelf.model, old.pk, _difference(shelf, old.row, row)))
        gone += [one.pk for one in there.values()]
    removed = remove(shelf.model, gone)
    update_rows(updates)
    insert_rows(shelf.model, (shelf.owner, *shelf.columns), inserts)
    return removed + len(updates) + len(inserts)


def rows_of(shelf: Shelf, owners: Iterable[int]) -> dict[int, list[Held]]:
    """What stands on the shelf of each of these owners."""
    found: dict[int, list[Held]] = {}
    for chunk in chunks(owners):
        rows = shelf.model._default_manager.filter(shelf.only, **{f"{shelf.owner}__in": chunk}).order_by()
        for pk, owner, *row in rows.values_list("pk", shelf.owner, *shelf.columns):
            found.setdefault(owner, []).append(Held(pk, tuple(row)))
    return found


def remove(model: type[models.Model], pks: Iterable[int]) -> int:
    """Take rows away; one that something of ours refers to stays. Returns how many went."""
    return sum(_removed(model, chunk) for chunk in chunks(pks))


def _removed(model: type[models.Model], pks: list[int]) -> int:
    try:
        with transaction.atomic():
            model._default_manager.filter(pk__in=pks).delete()
    except ProtectedError:
        return 0 if len(pks) == 1 else sum(_removed(model, [pk]) for pk in pks)
    return len(pks)


def _difference(shelf: Shelf, old: Row, new: Row) -> dict[str, Any]:
    pairs = zip(shelf.columns, old, new, strict=True)
    return {name: value for name, before, value in pairs if before != value}
