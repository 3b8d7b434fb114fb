"""Corrected rows as their source has them, so that its next file is compared with what it said itself."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model

from legislation.models.correction import Correction, Values

_AT_ONCE = 800


def holding(model: type[Model], keys: Sequence[int]) -> dict[int, list[Correction]]:
    """The corrections that hold for these rows, by row."""
    found: dict[int, list[Correction]] = {}
    for start in range(0, len(keys), _AT_ONCE):
        rows = Correction.objects.holding().filter(
            model=model._meta.label_lower, object_id__in=keys[start : start + _AT_ONCE]
        )
        for correction in rows.order_by("pk"):
            found.setdefault(correction.object_id, []).append(correction)
    return found


def source_values(model: type[Model], keys: Sequence[int]) -> dict[int, Values]:
    """What the source itself last said where our rows say otherwise, by row."""
    return {
        pk: {name: value for one in corrections for name, value in one.source_last_said().items()}
        for pk, corrections in holding(model, keys).items()
    }


def as_the_source_said(rows: Iterable[Any]) -> None:
    """Let these rows, read for a comparison and never saved, say what the source last said."""
    listed = list(rows)
    if not listed:
        return
    said = source_values(type(listed[0]), [row.pk for row in listed])
    for row in listed:
        for name, value in said.get(row.pk, {}).items():
            setattr(row, name, value)
