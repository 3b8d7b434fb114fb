"""Proposing a position. Until it is approved it is shown as proposed, and may not be used."""

from collections.abc import Collection
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.positions.errors import MayNotPropose, NotOfThisMeasure, WaitsAlready
from advocacy.positions.holders import may_propose
from advocacy.positions.models import Issue, Position
from legislation.models import Hearing, Measure, TextVersion
from members.models import Chapter


class Reasons(TypedDict, total=False):
    """What a proposal says besides the position itself."""

    text_version: TextVersion | None
    rationale: str
    requested_amendments: str
    requested_by: str
    needed_by: date | None
    is_expedited: bool
    hearing: Hearing | None


@transaction.atomic
def propose(
    *,
    by: User,
    on: date,
    measure: Measure,
    chapter: Chapter | None,
    position: str,
    principles: Collection[Issue] = (),
    **reasons: Unpack[Reasons],
) -> Position:
    """For a chapter, or for the society where `chapter` is None. What held before holds until this one is approved."""
    if not may_propose(by, chapter):
        raise MayNotPropose
    _belong_together(measure, reasons.get("text_version"), reasons.get("hearing"))
    if Position.objects.proposed().filter(measure=measure, chapter=chapter).exists():
        raise WaitsAlready
    row = Position.objects.create(
        measure=measure, chapter=chapter, position=position, proposed_on=on, proposed_by=by, **reasons
    )
    row.principles.set(principles)
    trail.record(by=by, verb="proposed", of=row)
    return row


def _belong_together(measure: Measure, text: TextVersion | None, hearing: Hearing | None) -> None:
    if text and text.measure_id != measure.pk:
        raise NotOfThisMeasure
    if hearing and not hearing.measures.filter(pk=measure.pk).exists():
        raise NotOfThisMeasure
