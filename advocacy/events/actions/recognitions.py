"""Proclamations we receive and awards we give: asked for in time, and remembered once they are done."""

from datetime import date
from typing import Any

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events.models import Recognition, RecognitionStatus
from members.access import chapters_to_log_for
from members.models import Chapter

_NAMES = (
    "kind", "direction", "title", "chapter", "event", "official", "office", "status", "due_on", "requested_on",
    "done_on", "owner", "text",
)  # fmt: skip


class MayNotKeep(PermissionError):
    """The person logs for another chapter."""


@transaction.atomic
def add(*, by: User, chapter: Chapter, title: str, due_on: date, **said: Any) -> Recognition:
    """The same one for the same day is the one that is there. Raises MayNotKeep."""
    if not chapters_to_log_for(by).filter(pk=chapter.pk).exists():
        raise MayNotKeep
    # One at a time for a chapter, so that a form that is sent twice is one recognition.
    Chapter.objects.select_for_update().get(pk=chapter.pk)
    alike = {name: said.get(name) for name in ("kind", "event", "official")}
    known = Recognition.objects.filter(
        chapter=chapter, title=title, due_on=due_on, office=said.get("office", "")
    )
    if row := known.filter(**alike).first():
        return row
    row = Recognition.objects.create(chapter=chapter, title=title, due_on=due_on, **({"owner": by} | said))
    trail.record(by=by, verb="added", of=row)
    return row


@transaction.atomic
def change(row: Recognition, *, by: User, **said: Any) -> bool:
    """Raises MayNotKeep."""
    if not Recognition.objects.editable_by(by).filter(pk=row.pk).exists():
        raise MayNotKeep
    stored = Recognition.objects.select_for_update().get(pk=row.pk)
    before = trail.snapshot(stored, _NAMES)
    for name, value in said.items():
        setattr(stored, name, value)
    if stored.status != RecognitionStatus.DONE:
        stored.done_on = None
    changes = trail.difference(before, trail.snapshot(stored, _NAMES))
    if changes:
        stored.save()
        trail.record(by=by, verb="edited", of=stored, changes=changes)
    return bool(changes)
