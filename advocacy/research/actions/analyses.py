"""The life of an analysis: written with its sources, read by somebody else, published, replaced by a new version."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.coalitions.holders import may_write
from advocacy.research.errors import (
    MayNotReview,
    MayNotWrite,
    NeedsCitation,
    NeedsConfirmation,
    NeedsReason,
    WrongMoment,
)
from advocacy.research.models import Analysis, AnalysisStatus, Citation

_TRACED = ("title", "kind", "language", "chapter", "body", "measures", "issues")


class Source(NamedTuple):
    title: str
    url: str
    accessed_on: date


@transaction.atomic
def keep(
    analysis: Analysis, *, by: User, citations: Iterable[Source], measures: Any = (), issues: Any = ()
) -> Analysis:
    """A draft, with its sources in their order. The same filled form again returns the first. Raises MayNotWrite."""
    if not may_write(by, analysis.chapter):
        raise MayNotWrite
    before: dict[str, Any] = {}
    if analysis.pk:
        stored = Analysis.objects.editable_by(by).filter(pk=analysis.pk).first()
        if stored is None:
            raise MayNotWrite
        before = trail.snapshot(stored, _TRACED)
    elif made := Analysis.objects.filter(form_key=analysis.form_key, author=by).first():
        return made
    else:
        analysis.author = by
    analysis.save()
    analysis.measures.set(measures)
    analysis.issues.set(issues)
    _cite(analysis, citations)
    if not before:
        trail.record(by=by, verb="added", of=analysis)
    elif changes := trail.difference(before, trail.snapshot(analysis, _TRACED)):
        trail.record(by=by, verb="edited", of=analysis, changes=changes)
    return analysis


def _cite(analysis: Analysis, citations: Iterable[Source]) -> None:
    analysis.citations.all().delete()
    Citation.objects.bulk_create(Citation(analysis=analysis, **source._asdict()) for source in citations)


@transaction.atomic
def submit(analysis: Analysis, *, by: User) -> None:
    """Somebody else reads it now. Raises MayNotWrite, NeedsCitation and WrongMoment."""
    if not Analysis.objects.editable_by(by).filter(pk=analysis.pk).exists():
        raise MayNotWrite
    if not analysis.citations.exists():
        raise NeedsCitation
    _move(analysis, AnalysisStatus.DRAFT, AnalysisStatus.REVIEW)
    trail.record(by=by, verb="submitted", of=analysis)


@transaction.atomic
def publish(analysis: Analysis, *, by: User, on: date, is_nonpartisan: bool) -> None:
    """Raises MayNotReview, NeedsConfirmation, NeedsCitation and WrongMoment."""
    _may_review(analysis, by)
    if not is_nonpartisan:
        raise NeedsConfirmation
    if not analysis.citations.exists():
        raise NeedsCitation
    _move(analysis, AnalysisStatus.REVIEW, AnalysisStatus.PUBLISHED, reviewer=by, published_on=on)
    trail.record(by=by, verb="published", of=analysis)


@transaction.atomic
def send_back(analysis: Analysis, *, by: User, remarks: str) -> None:
    """Raises MayNotReview, NeedsReason and WrongMoment."""
    _may_review(analysis, by)
    if not remarks.strip():
        raise NeedsReason
    _move(analysis, AnalysisStatus.REVIEW, AnalysisStatus.DRAFT, remarks=remarks.strip())
    trail.record(by=by, verb="returned", of=analysis, reason=remarks)


@transaction.atomic
def begin_version(analysis: Analysis, *, by: User, form_key: UUID) -> Analysis:
    """A draft with the same text and sources; the published one stands until the draft is published too.

    Whoever begins it is its author. A second click finds the draft that is there. Raises MayNotWrite and WrongMoment.
    """
    if not may_write(by, analysis.chapter):
        raise MayNotWrite
    if later := Analysis.objects.filter(replaces=analysis).first():
        return later
    if analysis.status != AnalysisStatus.PUBLISHED:
        raise WrongMoment
    draft = Analysis.objects.create(
        form_key=form_key,
        author=by,
        replaces=analysis,
        version=analysis.version + 1,
        **{name: getattr(analysis, name) for name in ("title", "kind", "language", "chapter", "body")},
    )
    draft.measures.set(analysis.measures.all())
    draft.issues.set(analysis.issues.all())
    _cite(draft, [Source(one.title, one.url, one.accessed_on) for one in analysis.citations.all()])
    trail.record(by=by, verb="added", of=draft)
    return draft


def _may_review(analysis: Analysis, by: User) -> None:
    """Who may review, whatever its status: that is asked by the step itself."""
    if analysis.status != AnalysisStatus.REVIEW:
        raise WrongMoment
    if not Analysis.objects.reviewable_by(by).filter(pk=analysis.pk).exists():
        raise MayNotReview


def _move(analysis: Analysis, before: str, after: str, **values: object) -> None:
    if not Analysis.objects.filter(pk=analysis.pk, status=before).update(status=after, **values):
        raise WrongMoment
    analysis.refresh_from_db()
