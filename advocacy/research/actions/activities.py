"""Putting research on record: the activity, what was said in it, what we conclude, and where that is used."""

from typing import Any

from django.db import models, transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.coalitions.holders import may_write, may_write_at_all
from advocacy.research.errors import MayNotWrite
from advocacy.research.models import (
    HEADINGS,
    Finding,
    FindingUse,
    ParticipantGroup,
    Quote,
    ResearchActivity,
    Theme,
)

Part = Quote | Theme | ParticipantGroup | Finding
_TRACED = (
    "kind", "question", "chapter", "confidentiality", "status", "jurisdictions", "issues", "held_on", "last_on",
    "venue", "facilitator", "note_taker", "partner", "languages", "participants", "consent_form",
)  # fmt: skip
# Of what participants said a history tells that it changed, and never what it said.
_UNTOLD = (*HEADINGS, "summary", "recruitment", "who_took_part")
_TRACED_OF_PARTS: dict[type[models.Model], tuple[str, ...]] = {
    Quote: ("consent",),
    Theme: ("label", "strength", "issue"),
    ParticipantGroup: ("dimension", "label"),
    Finding: ("statement", "confidence", "recommended_use"),
}


@transaction.atomic
def keep(
    activity: ResearchActivity, *, by: User, jurisdictions: Any = None, issues: Any = None
) -> ResearchActivity:
    """Add it, or what was changed on it. The same filled form again returns the first. Raises MayNotWrite."""
    if not activity.pk:
        made = ResearchActivity.objects.filter(form_key=activity.form_key, kept_by=by).first()
        return made or _add(activity, by=by, jurisdictions=jurisdictions, issues=issues)
    stored = ResearchActivity.objects.editable_by(by).filter(pk=activity.pk).first()
    if stored is None or (stored.chapter_id != activity.chapter_id and not may_write(by, activity.chapter)):
        raise MayNotWrite
    before = trail.snapshot(stored, _TRACED)
    rewritten = sorted(
        str(stored._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # fields of its own
        for name in _UNTOLD
        if getattr(stored, name) != getattr(activity, name)
    )
    activity.save()
    _choose(activity, jurisdictions, issues)
    changes = trail.difference(before, trail.snapshot(activity, _TRACED))
    if changes or rewritten:
        trail.record(by=by, verb="edited", of=activity, changes=changes, reason=", ".join(rewritten))
    return activity


def _add(activity: ResearchActivity, *, by: User, jurisdictions: Any, issues: Any) -> ResearchActivity:
    if not may_write(by, activity.chapter):
        raise MayNotWrite
    activity.kept_by = by
    activity.save()
    _choose(activity, jurisdictions, issues)
    trail.record(by=by, verb="added", of=activity)
    return activity


def _choose(row: ResearchActivity, jurisdictions: Any, issues: Any) -> None:
    """None leaves them as they are."""
    if jurisdictions is not None:
        row.jurisdictions.set(jurisdictions)
    if issues is not None:
        row.issues.set(issues)


@transaction.atomic
def keep_part(part: Part, *, by: User) -> None:
    """Something heard or concluded in an activity; what is sent twice is kept once. Raises MayNotWrite."""
    _may_edit(part, by)
    if not part.pk and _is_kept_already(part):
        return
    names = _TRACED_OF_PARTS[type(part)]
    stored = type(part)._default_manager.filter(pk=part.pk).first() if part.pk else None
    before = trail.snapshot(stored, names) if stored else {}
    part.save()
    if stored is None:
        trail.record(by=by, verb="added", of=part)
    else:
        changes = trail.difference(before, trail.snapshot(part, names))
        trail.record(by=by, verb="edited", of=part, changes=changes)


def _is_kept_already(part: Part) -> bool:
    """Every word of it stands in the same activity. One at a time, so that a form sent twice finds the first."""
    ResearchActivity.objects.select_for_update().get(pk=part.activity_id)
    said = {
        field.attname: getattr(part, field.attname)
        for field in part._meta.concrete_fields
        if not field.primary_key
    }
    return type(part)._default_manager.filter(**said).exists()


@transaction.atomic
def remove_part(part: Part, *, by: User) -> None:
    """Raises MayNotWrite."""
    _may_edit(part, by)
    trail.record(by=by, verb="deleted", of=part)
    part.delete()


def _may_edit(part: Part, by: User) -> None:
    if not ResearchActivity.objects.editable_by(by).filter(pk=part.activity_id).exists():
        raise MayNotWrite


@transaction.atomic
def use(use_of: FindingUse, *, by: User) -> FindingUse:
    """Somebody used a finding they read. Raises MayNotWrite."""
    if not may_record_use(use_of.finding, by):
        raise MayNotWrite
    use_of.recorded_by = by
    use_of.save()
    trail.record(by=by, verb="used", of=use_of.finding)
    return use_of


def may_record_use(finding: Finding, user: User) -> bool:
    return may_write_at_all(user) and Finding.objects.visible_to(user).filter(pk=finding.pk).exists()
