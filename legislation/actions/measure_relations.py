"""Which measures belong together, as far as both are on record."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Max

from legislation.actions.bulk import insert_rows
from legislation.actions.measure_sessions import Sessions
from legislation.changeset.held import chunks
from legislation.models import Measure, MeasureRelation, RelationKind
from legislation.models.measure import number_key
from legislation.sources.measures.records import RelationFact

_ONE_WAY = (RelationKind.PRIOR_SESSION, RelationKind.REPLACES)
Place = tuple[int, str]


class Related(NamedTuple):
    """What one source says that a measure belongs to."""

    measure: int
    facts: tuple[RelationFact, ...]


def measures_at(places: Iterable[Place]) -> dict[Place, int]:
    """The measures with these numbers, by session and number."""
    by_session: dict[int, set[str]] = {}
    for session, number in places:
        by_session.setdefault(session, set()).add(number)
    found: dict[Place, int] = {}
    for session, numbers in by_session.items():
        for chunk in chunks(sorted(numbers)):
            rows = Measure.objects.filter(session=session, number_key__in=chunk).order_by()
            found |= {(session, number): pk for pk, number in rows.values_list("pk", "number_key")}
    return found


def write_relations(related: Sequence[Related], sessions: Sessions) -> tuple[int, Mapping[int, int]]:
    """Note which measures belong together. Nothing is taken away: a companion is listed on one side only, often.

    Returns how many rows are new and, by measure, how many others are not on record yet.
    """
    places = {
        (one.measure, fact): place
        for one in related
        for fact in one.facts
        if (place := _place(fact, sessions)) is not None
    }
    known = measures_at(places.values())
    unknown: dict[int, int] = {}
    wanted: dict[tuple[int, int, str], None] = {}
    for one in related:
        for fact in one.facts:
            place = places.get((one.measure, fact))
            other = known.get(place) if place else None
            if other is None:
                unknown[one.measure] = unknown.get(one.measure, 0) + 1
            elif other != one.measure:
                wanted[_in_order(one.measure, other, fact.kind)] = None
    there = _on_record({key[0] for key in wanted})
    new = [(*key, True) for key in wanted if key not in there]
    return insert_rows(MeasureRelation, ("measure", "other", "kind", "is_imported"), new), unknown


def newest_in(jurisdiction: int) -> str:
    """The last measure of a jurisdiction: while it stays that one, no unknown relative has come."""
    rows = Measure.objects.filter(session__jurisdiction=jurisdiction)
    return str(rows.aggregate(newest=Max("pk"))["newest"] or "")


def _place(fact: RelationFact, sessions: Sessions) -> Place | None:
    """Sessions are not made for measures that may never come."""
    session = sessions.known(fact.other.session)
    return (session.pk, number_key(fact.other.number)) if session else None


def _in_order(measure: int, other: int, kind: RelationKind) -> tuple[int, int, str]:
    if kind in _ONE_WAY:
        return measure, other, str(kind)
    return min(measure, other), max(measure, other), str(kind)


def _on_record(measures: set[int]) -> set[tuple[int, int, str]]:
    found: set[tuple[int, int, str]] = set()
    for chunk in chunks(sorted(measures)):
        rows = MeasureRelation.objects.filter(measure__in=chunk).order_by()
        found |= set(rows.values_list("measure", "other", "kind"))
    return found
