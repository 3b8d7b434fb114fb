"""Materials: put on record, written anew in a language, archived once they are over."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.positions.errors import MayNotWrite, NotUsable
from advocacy.positions.holders import may_make_materials
from advocacy.positions.models import Material, MaterialVersion, Position
from advocacy.positions.use import usable_for

_TRACED = ("title", "title_fr", "kind", "issue", "measure", "position", "chapter", "confidentiality")


@transaction.atomic
def keep(material: Material, *, by: User, on: date) -> Material:
    """Add it, or what was changed on it. The same filled form again returns the first.

    About a measure it rests on the position that its holder may use today. Raises MayNotWrite and NotUsable.
    """
    if not may_make_materials(by, material.chapter):
        raise MayNotWrite
    stored = Material.objects.editable_by(by).filter(pk=material.pk).first()
    if stored is None and material.pk:
        raise MayNotWrite
    if stored is None:
        if made := Material.objects.filter(form_key=material.form_key, added_by=by).first():
            return made
        material.added_by, material.added_on = by, on
    material.position = _position_under(material, stored)
    before = trail.snapshot(stored, _TRACED) if stored else {}
    material.save()
    if stored is None:
        trail.record(by=by, verb="added", of=material)
    elif changes := trail.difference(before, trail.snapshot(material, _TRACED)):
        trail.record(by=by, verb="edited", of=material, changes=changes)
    return material


def _position_under(material: Material, stored: Material | None) -> Position | None:
    """Its title may still be corrected after its position has ended; it is not usable all the same."""
    if material.measure is None:
        return None
    position = usable_for(material.measure, material.chapter)
    is_as_before = stored and (stored.measure_id, stored.chapter_id) == (
        material.measure_id,
        material.chapter_id,
    )
    if position is None and not is_as_before:
        raise NotUsable
    return position or (stored.position if stored else None)


@transaction.atomic
def write(
    material: Material,
    *,
    by: User,
    on: date,
    language: str,
    text: str = "",
    link: str = "",
    form_key: UUID | None = None,
) -> MaterialVersion:
    """The next version in a language. The same filled form again returns the first. Raises MayNotWrite, NotUsable."""
    if not Material.objects.editable_by(by).filter(pk=material.pk).exists():
        raise MayNotWrite
    # Two who write at once get two numbers.
    Material.objects.select_for_update().get(pk=material.pk)
    known = material.versions.filter(form_key=form_key, written_by=by).first() if form_key else None
    if known:
        return known
    newest = material.versions.filter(language=language).aggregate(number=Max("number"))["number"] or 0
    said = {"text": text, "link": link, "written_on": on, "written_by": by}
    key = {"form_key": form_key} if form_key else {}
    version = MaterialVersion.objects.create(
        material=material, language=language, number=newest + 1, **said, **key
    )
    trail.record(by=by, verb="wrote a version", of=material, changes={"versions": [None, str(version)]})
    return version


@transaction.atomic
def archive(material: Material, *, by: User, on: date) -> bool:
    """It is offered and handed out no longer. False when it is archived already. Raises MayNotWrite."""
    return _archived(material, by, was_archived=False, archived_on=on, archived_by=by)


@transaction.atomic
def restore(material: Material, *, by: User) -> bool:
    """False when it is not archived. Raises MayNotWrite."""
    return _archived(material, by, was_archived=True, archived_on=None, archived_by=None)


def _archived(material: Material, by: User, *, was_archived: bool, **values: object) -> bool:
    editable = Material.objects.editable_by(by).filter(pk=material.pk)
    if not editable.exists():
        raise MayNotWrite
    rows = Material.objects.filter(pk=material.pk, archived_on__isnull=not was_archived)
    if not rows.update(**values):
        return False
    trail.record(by=by, verb="restored" if was_archived else "archived", of=material)
    return True
