"""Keeping grasstops contacts, and the map of whom they can reach."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.coalitions.errors import MayNotWrite
from advocacy.coalitions.models import Grasstops, Influence
from advocacy.positions.models import Issue
from legislation.models import Official
from members.access import chapters_to_log_for

_TRACED = (
    "contact", "chapter", "holders", "topics", "willingness", "influence", "meetings_a_year", "light_touches_a_year",
    "notes", "confidentiality", "ends_on",
)  # fmt: skip


@transaction.atomic
def keep(
    grasstops: Grasstops, *, by: User, holders: Iterable[User] = (), topics: Iterable[Issue] = ()
) -> Grasstops:
    """Add the contact for a chapter, or what was changed on it. Raises MayNotWrite."""
    stored = Grasstops.objects.editable_by(by).filter(pk=grasstops.pk).first()
    may_keep = chapters_to_log_for(by).filter(pk=grasstops.chapter_id).exists()
    if (stored is None and grasstops.pk) or not may_keep:
        raise MayNotWrite
    before = trail.snapshot(stored, _TRACED) if stored else {}
    if stored is None:
        grasstops.added_by = by
    grasstops.save()
    grasstops.holders.set(holders)
    grasstops.topics.set(topics)
    if stored is None:
        trail.record(by=by, verb="added", of=grasstops)
    elif changes := trail.difference(before, trail.snapshot(grasstops, _TRACED)):
        trail.record(by=by, verb="edited", of=grasstops, changes=changes)
    return grasstops


@transaction.atomic
def map_influence(
    grasstops: Grasstops, *, by: User, officials: Iterable[Official], basis: str, strength: int, on: date
) -> None:
    """They can reach these officials; what the map said of one of them before is replaced. Raises MayNotWrite."""
    _may_edit(grasstops, by)
    said = {"basis": basis, "strength": strength, "known_by": by, "said_on": on}
    for official in officials:
        Influence.objects.update_or_create(grasstops=grasstops, official=official, defaults=said)
        changes = {"influences": [None, f"{official} ({strength})"]}
        trail.record(by=by, verb="edited", of=grasstops, changes=changes)


@transaction.atomic
def unmap(influence: Influence, *, by: User) -> None:
    """They cannot reach this official after all. Raises MayNotWrite."""
    _may_edit(influence.grasstops, by)
    changes = {"influences": [f"{influence.official} ({influence.strength})", None]}
    trail.record(by=by, verb="edited", of=influence.grasstops, changes=changes)
    influence.delete()


def _may_edit(grasstops: Grasstops, by: User) -> None:
    if not Grasstops.objects.editable_by(by).filter(pk=grasstops.pk).exists():
        raise MayNotWrite
