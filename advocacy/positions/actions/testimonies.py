"""Registering testimony, only under a usable position, and writing down how it went."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.positions.errors import AgainstThePosition, NotOfThisMeasure, NotUsable
from advocacy.positions.holders import may_testify
from advocacy.positions.models import Testimony, sides_of
from advocacy.positions.use import usable_for
from legislation.models import Hearing, Measure
from members.models import Chapter


class Said(TypedDict, total=False):
    hearing: Hearing | None
    text: str
    link: str
    submitted_at: datetime | None
    was_delivered: bool | None
    reception: str


@transaction.atomic
def register(
    *,
    by: User,
    on: date,
    measure: Measure,
    chapter: Chapter | None,
    person: User,
    form: str,
    side: str,
    organisation: str,
    **said: Unpack[Said],
) -> Testimony:
    """Raises `NotUsable` while no approved position of the chapter, or of the society for it, is in force."""
    if not may_testify(by, chapter):
        raise PermissionError
    position = usable_for(measure, chapter)
    if position is None:
        raise NotUsable
    if side not in sides_of(position):
        raise AgainstThePosition
    hearing = said.get("hearing")
    if hearing and not hearing.measures.filter(pk=measure.pk).exists():
        raise NotOfThisMeasure
    row = Testimony.objects.create(
        measure=measure,
        chapter=chapter,
        position=position,
        person=person,
        form=form,
        side=side,
        organisation=organisation,
        registered_on=on,
        registered_by=by,
        **said,
    )
    trail.record(by=by, verb="added", of=row)
    return row


@transaction.atomic
def write_down(testimony: Testimony, *, by: User, **said: Unpack[Said]) -> bool:
    """How it went. False where nothing is different from before."""
    if not Testimony.objects.editable_by(by).filter(pk=testimony.pk).exists():
        raise PermissionError
    before = trail.snapshot(testimony, said)
    for name, value in said.items():
        setattr(testimony, name, value)
    testimony.save(update_fields=list(said))
    changes = trail.difference(before, trail.snapshot(testimony, said))
    if changes:
        trail.record(by=by, verb="edited", of=testimony, changes=changes)
    return bool(changes)
