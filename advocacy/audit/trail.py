"""Writing to the audit trail: `trail.record(by=dana, verb="edited", of=interaction, changes=...)`."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db import models

from advocacy.accounts.models import User
from advocacy.audit.models import Entry

Changes = dict[str, list[Any]]
# What JSON keeps readable by itself; anything else, such as a phone number, is kept as its text.
_WRITTEN_AS_IS = (str, bool, int, float, Decimal, date, time, list, dict)


def record(
    *, by: User | None, verb: str, of: models.Model, changes: Changes | None = None, reason: str = ""
) -> Entry:
    """Add one entry, in the transaction of the act itself. `by` is None only for the system's own acts."""
    written = entry(by=by, verb=verb, of=of, changes=changes, reason=reason)
    written.save(force_insert=True)
    return written


def keep(entries: Iterable[Entry]) -> None:
    """Add what `entry` wrote: several things that happened in one act."""
    Entry.objects.bulk_create(entries)


def entry(
    *, by: User | None, verb: str, of: models.Model, changes: Changes | None = None, reason: str = ""
) -> Entry:
    """What `record` would add, not added yet."""
    return Entry(
        actor=by,
        verb=verb,
        model=of._meta.label_lower,
        object_id=str(of.pk),
        label=str(of)[:200],
        changes=changes or {},
        reason=reason[:300],
    )


def record_all(rows: Iterable[tuple[models.Model, Changes]], *, by: User | None, verb: str) -> None:
    """One entry for each of many rows of one act, with what changed on it."""
    keep(entry(by=by, verb=verb, of=row, changes=changes) for row, changes in rows)


def forget(rows: Iterable[models.Model]) -> None:
    """Somebody asked to be forgotten: of these rows the trail keeps who did what and when, and no name and no word.

    The only change the trail takes, so it goes past the guard of its own QuerySet.
    """
    for row in rows:
        about: models.QuerySet[Entry] = models.QuerySet(Entry).filter(
            model=row._meta.label_lower, object_id=str(row.pk)
        )
        about.update(label="–", changes={}, reason="")


def snapshot(row: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """The values of `fields` as a person reads them: choices by their label, related rows by their name."""
    return {name: _readable(row, name) for name in fields}


def difference(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """What differs between two snapshots, as `{field: [old, new]}`."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def _readable(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    if isinstance(field, models.ManyToManyField):
        return sorted(str(other) for other in getattr(row, name).all())
    value = getattr(row, name)
    if isinstance(value, models.Model):
        return str(value)
    if display := getattr(row, f"get_{name}_display", None):
        return str(display()) if value not in (None, "") else value
    return value if value is None or isinstance(value, _WRITTEN_AS_IS) else str(value)
