"""Measures that no source brought: `measures.add(by=elise, …)`, and how measures belong together."""

import re
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.positions.errors import NumberTaken
from legislation.models import (
    LegislativeSession,
    Measure,
    MeasureRelation,
    RelationKind,
)
from legislation.models.measure import number_key

_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class NewMeasure:
    """What somebody knows of a measure when they put it on record."""

    session: LegislativeSession
    number: str
    kind: str
    title_en: str = ""
    title_fr: str = ""
    short_name: str = ""
    url: str = ""


def same_number(session: LegislativeSession, number: str) -> list[Measure]:
    """Measures of this number in the other sessions of that legislature: never the same measure, perhaps one idea."""
    others = Measure.objects.filter(
        session__jurisdiction=session.jurisdiction_id, number_key=number_key(number)
    ).exclude(session=session)
    return list(others.select_related("session__jurisdiction").order_by("-pk"))


def add(new: NewMeasure, *, by: User) -> Measure:
    """Put it on record. Raises `NumberTaken` where its session has the number."""
    try:
        with transaction.atomic():
            measure = Measure.objects.create(**vars(new))
    except IntegrityError as refusal:
        known = Measure.objects.filter(session=new.session, number_key=number_key(new.number)).first()
        if known is None:
            raise
        raise NumberTaken(known) from refusal
    trail.record(by=by, verb="added", of=measure)
    return measure


def carry_on(measure: Measure, other: Measure, *, by: User) -> bool:
    """Say that two measures of different sessions are one idea. Positions stay where they are."""
    later, earlier = (other, measure) if _is_before(measure.session, other.session) else (measure, other)
    return relate(later, earlier, RelationKind.PRIOR_SESSION, by=by)


def relate(measure: Measure, other: Measure, kind: RelationKind, *, by: User) -> bool:
    """Say what `other` is to `measure`. False where that is on record."""
    if kind in (RelationKind.COMPANION, RelationKind.RELATED) and other.pk < measure.pk:
        measure, other = other, measure
    with transaction.atomic():
        relation, is_new = MeasureRelation.objects.get_or_create(measure=measure, other=other, kind=kind)
        if is_new:
            for one, its_other in ((measure, other), (other, measure)):
                words = f"{relation.get_kind_display()}: {its_other}"
                trail.record(by=by, verb="related", of=one, changes={"relations": [None, words]})
    return is_new


def part(relation: MeasureRelation, *, by: User) -> bool:
    """Take back what somebody said by hand; what a source says is not ours to take back."""
    words = f"{relation.get_kind_display()}: {relation}"
    with transaction.atomic():
        gone, _rows = MeasureRelation.objects.filter(pk=relation.pk, is_imported=False).delete()
        if gone:
            for one in (relation.measure, relation.other):
                trail.record(by=by, verb="took back", of=one, changes={"relations": [words, None]})
    return bool(gone)


def _is_before(one: LegislativeSession, other: LegislativeSession) -> bool:
    """By their days where both are known, else by the numbers in their names: 42-1 is before 44-1."""
    if one.starts_on and other.starts_on:
        return one.starts_on < other.starts_on
    return _numbers_in(one.identifier) < _numbers_in(other.identifier)


def _numbers_in(identifier: str) -> list[int]:
    return [int(number) for number in _NUMBERS.findall(identifier)]
