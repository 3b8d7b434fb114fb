"""Taking back a whole change set: every row it touched is afterwards as it was before."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation.actions import row_images
from legislation.actions.bulk import update_rows
from legislation.actions.change_sets import AlreadyDecided
from legislation.actions.row_images import Images, Model, fingerprint_of, is_touched, rows_of
from legislation.changeset.findings import RowUpdate
from legislation.changeset.held import chunks
from legislation.models import (
    Chamber,
    ChangeSetState,
    Committee,
    Division,
    ImportChange,
    ImportChangeSet,
    Jurisdiction,
    LeaverDecision,
    Official,
    Seat,
    Source,
)

# What others stand on goes last; everything else an import writes stands on these.
_LAST: list[Model] = [Committee, Official, Seat, Division, Chamber, Jurisdiction]
# These name what a set did, and let go of it by themselves.
_OWN_BOOKS: set[Any] = {ImportChange, ImportChangeSet}


class CannotBeUndone(Exception):
    """Somebody changed a row since, or something points at one that would go."""


def undo(change_set: ImportChangeSet, *, by: User, now: datetime) -> None:
    """Restore what was changed and delete what was added. Raises CannotBeUndone, or AlreadyDecided.

    What was to be decided about leavers and is still open goes too: they have not left.
    """
    with transaction.atomic():
        Source.objects.select_for_update().get(pk=change_set.source_id)
        if not change_set.settle(
            ChangeSetState.APPLIED, state=ChangeSetState.UNDONE, undone_by=by, undone_at=now
        ):
            raise AlreadyDecided(_("Only a change set that is applied can be undone."))
        images = row_images.unpacked(change_set.images)
        LeaverDecision.objects.open().filter(change_set=change_set).delete()
        _refuse_if_touched(images)
        _refuse_if_pointed_at(images)
        for model in sorted(images.inserted, key=_turn):
            _delete(model, images.inserted[model])
        _restore(images)
        trail.record(by=by, verb="undone", of=change_set)


def _refuse_if_touched(images: Images) -> None:
    """A row that is not as the set left it has been changed by somebody, and undoing would lose that."""
    marks: dict[Model, dict[int, str]] = {model: dict(rows) for model, rows in images.inserted.items()}
    for one in images.updated:
        if any(not is_touched(one.model, column) for column in one.before):
            marks.setdefault(one.model, {})[one.pk] = one.fingerprint
    for model, rows in marks.items():
        now = rows_of(model, rows)
        for pk, mark in rows.items():
            if pk not in now or fingerprint_of(model, now[pk]) != mark:
                raise CannotBeUndone(
                    _("%(row)s has been changed since. Nothing was undone.") % {"row": _name(model, pk)}
                )


def _refuse_if_pointed_at(images: Images) -> None:
    """A row that was added and is in use by now, in whatever room of the house, stays; so does the set."""
    for model, rows in images.inserted.items():
        for relation in _relations(model):
            for pointing in _pointing(relation, list(rows), images):
                what = {"row": pointing, "to": _name(model, getattr(pointing, relation.field.attname))}
                raise CannotBeUndone(
                    _("%(row)s points at %(to)s, who came with this change set. Nothing was undone.") % what
                )


def _relations(model: Model) -> Iterator[Any]:
    """Every foreign key in the house that points at this table."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            yield relation


def _pointing(relation: Any, pks: list[int], images: Images) -> Iterator[models.Model]:
    """Rows outside the set that point at these through `relation`."""
    model, field = relation.related_model, relation.field
    if model in _OWN_BOOKS or field.model is not model:
        return
    own = images.inserted.get(model, {})
    for chunk in chunks(pks):
        for row in model._base_manager.filter(**{f"{field.name}__in": chunk}):
            if row.pk not in own:
                yield row


def _delete(model: Model, pks: Iterable[int]) -> None:
    """Delete these rows, which by now point at most at each other (a subcommittee at its committee)."""
    inside = {
        field.name: None
        for field in model._meta.concrete_fields
        if field.related_model is model and field.null
    }
    for chunk in chunks(pks):
        rows = model._base_manager.filter(pk__in=chunk)
        if inside:
            rows.update(**inside)
    for chunk in chunks(pks):
        model._base_manager.filter(pk__in=chunk).delete()


def _restore(images: Images) -> None:
    updates: list[RowUpdate] = []
    current = {
        model: rows_of(model, (one.pk for one in images.updated if one.model is model))
        for model in {one.model for one in images.updated}
    }
    for one in images.updated:
        now = current[one.model][one.pk]
        # A later run may have seen somebody again: that stays true.
        values = {
            column: value
            for column, value in one.before.items()
            if not is_touched(one.model, column) or now[column] == one.after[column]
        }
        if any(isinstance(field, models.JSONField) for field in one.model._meta.concrete_fields):
            one.model._base_manager.filter(pk=one.pk).update(**values)
        elif values:
            updates.append(RowUpdate(one.model, one.pk, values))
    update_rows(updates)


def _turn(model: Model) -> int:
    return _LAST.index(model) + 1 if model in _LAST else 0


def _name(model: Model, pk: int) -> str:
    row = model._base_manager.filter(pk=pk).first()
    return f"{model._meta.verbose_name} “{row}”" if row else f"{model._meta.verbose_name} {pk}"
