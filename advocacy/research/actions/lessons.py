"""Writing for the peer library."""

from datetime import date
from typing import Any

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.coalitions.holders import may_write
from advocacy.research.errors import MayNotWrite
from advocacy.research.models import Lesson

_TRACED = (
    "title",
    "problem",
    "what_we_did",
    "what_changed",
    "language",
    "chapter",
    "issues",
    "measures",
)


@transaction.atomic
def keep(lesson: Lesson, *, by: User, on: date, issues: Any = (), measures: Any = ()) -> Lesson:
    """Add it, or what was changed on it. The same filled form again returns the first. Raises MayNotWrite."""
    if lesson.chapter_id is None or not may_write(by, lesson.chapter):
        raise MayNotWrite
    before: dict[str, Any] = {}
    if lesson.pk:
        stored = Lesson.objects.editable_by(by).filter(pk=lesson.pk).first()
        if stored is None:
            raise MayNotWrite
        before = trail.snapshot(stored, _TRACED)
    elif made := Lesson.objects.filter(form_key=lesson.form_key, written_by=by).first():
        return made
    else:
        lesson.written_by, lesson.written_on = by, on
    lesson.save()
    lesson.issues.set(issues)
    lesson.measures.set(measures)
    if not before:
        trail.record(by=by, verb="added", of=lesson)
    elif changes := trail.difference(before, trail.snapshot(lesson, _TRACED)):
        trail.record(by=by, verb="edited", of=lesson, changes=changes)
    return lesson
