"""Corrections of imported facts: made by staff, kept through imports, reviewed when the source has news."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation.actions.officials import OWN_SOURCE
from legislation.changeset.findings import Heard
from legislation.models import CommitteeMembership, Correction, CorrectionState, Official, Source
from legislation.models.correction import Values, fact_of


class NothingToReview(Exception):
    """The source has said nothing new, or somebody else has decided."""


def source_of(row: models.Model) -> Source | None:
    """The publisher a row came from; None for what staff entered themselves.

    A party has its official's, a membership its committee's.
    """
    if isinstance(row, CommitteeMembership):
        record = row.committee.source_records.select_related("source").order_by("pk").first()
        return record.source if record else None
    holder: Any = row if hasattr(row, "source") else getattr(row, "official", None)
    source: Source | None = holder.source if holder else None
    return None if source is None or source.key == OWN_SOURCE else source


def facts_changed(row: models.Model, names: Iterable[str]) -> list[tuple[str, ...]]:
    """The facts to which these fields belong, where `row` was imported."""
    if row.pk is None or source_of(row) is None:
        return []
    facts = (fact_of(row._meta.label_lower, name) for name in names)
    return list(dict.fromkeys(fact for fact in facts if fact))


def correct(
    stored: models.Model, row: models.Model, *, by: User, now: datetime, reason: str
) -> list[Correction]:
    """Keep what staff changed from `stored` to `row`, which is saved already: a correction for each fact."""
    names = [field.attname for field in row._meta.concrete_fields]
    changed = [name for name in names if getattr(stored, name) != getattr(row, name)]
    facts = facts_changed(stored, changed)
    with transaction.atomic():
        return [_correct_one(fact, stored, row, by=by, now=now, reason=reason) for fact in facts]


def sits_against_the_source(
    row: CommitteeMembership, *, by: User, now: datetime, reason: str
) -> Correction | None:
    """Staff know of a member whom the committee's source does not list: later imports do not end the membership."""
    source = source_of(row)
    if source is None:
        return None
    absent = {"starts_on": None, "ends_on": by.today(now)}
    ours = _values(row, ("starts_on", "ends_on"))
    with transaction.atomic():
        made = Correction.objects.create(
            official=row.official,
            model=row._meta.label_lower,
            object_id=row.pk,
            fact="starts_on",
            source=source,
            before=absent,
            source_said=absent,
            corrected=ours,
            reason=reason,
            made_by=by,
            made_at=now,
        )
        trail.record(
            by=by, verb="corrected", of=row.official, changes={"committee": ["", str(row.committee)]}
        )
    return made


def _correct_one(
    fact: tuple[str, ...],
    stored: models.Model,
    row: models.Model,
    *,
    by: User,
    now: datetime,
    reason: str,
) -> Correction:
    before, ours = _values(stored, fact), _values(row, fact)
    held = (
        Correction.objects.holding()
        .filter(model=row._meta.label_lower, object_id=row.pk, fact=fact[0])
        .select_for_update()
        .first()
    )
    official = row if isinstance(row, Official) else row.official  # type: ignore[attr-defined]  # all others have one
    correction = held or Correction(
        official=official,
        model=row._meta.label_lower,
        object_id=row.pk,
        fact=fact[0],
        source=source_of(stored),
        before=before,
        source_said=before,
    )
    correction.corrected, correction.reason = ours, reason
    correction.made_by, correction.made_at = by, now
    if held and correction.source_last_said() == ours:
        correction.state, correction.needs_review = CorrectionState.DROPPED, False
        correction.reviewed_by, correction.reviewed_at = by, now
    correction.save()
    changes = trail.difference(before, ours)
    trail.record(by=by, verb="corrected", of=official, changes=changes, reason=reason)
    return correction


def note(heard: Iterable[Heard], day: date) -> int:
    """Note what a source says now of corrected facts. Returns how many come up for review by it."""
    asked = 0
    for one in heard:
        correction = Correction.objects.holding().filter(pk=one.correction.pk).first()
        if correction is None or correction.source_last_said() == one.said:
            continue
        correction.hear(one.said, day)
        correction.save(update_fields=["source_now_says", "source_now_on", "needs_review"])
        asked += correction.needs_review
    return asked


def keep_ours(correction: Correction, *, by: User, now: datetime) -> None:
    """Our value stands, although the source says otherwise. Raises NothingToReview."""
    with transaction.atomic():
        current = _to_review(correction)
        _settle(current, CorrectionState.KEPT, by=by, now=now)
        trail.record(by=by, verb="kept ours", of=current)


def take_theirs(correction: Correction, *, by: User, now: datetime) -> None:
    """The row says what the source says from now on. Raises NothingToReview, or ValidationError where it cannot."""
    with transaction.atomic():
        current = _to_review(correction)
        row = current.row_model._default_manager.get(pk=current.object_id)
        theirs = current.source_last_said()
        ours = _values(row, tuple(theirs))
        for name, value in theirs.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
        _settle(current, CorrectionState.DROPPED, by=by, now=now)
        changes = trail.difference(ours, theirs)
        trail.record(by=by, verb="took theirs", of=current.official, changes=changes, reason=current.reason)


def _to_review(correction: Correction) -> Correction:
    current = Correction.objects.for_review().select_for_update().filter(pk=correction.pk).first()
    if current is None:
        raise NothingToReview(_("There is nothing to review here any more."))
    return current


def _settle(correction: Correction, state: CorrectionState, *, by: User, now: datetime) -> None:
    correction.state, correction.needs_review = state, False
    correction.reviewed_by, correction.reviewed_at = by, now
    correction.save()


def _values(row: models.Model, fact: tuple[str, ...]) -> Values:
    return {name: getattr(row, name) for name in fact}
