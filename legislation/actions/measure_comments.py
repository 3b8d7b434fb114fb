"""Comment periods that a source announces: set, and extended. What our people entered beside them stays."""

from collections.abc import Iterable

from legislation.changeset.held import chunks
from legislation.models import CommentPeriod
from legislation.sources.measures.records import CommentFact


def write_comment_periods(announced: Iterable[tuple[int, CommentFact | None]]) -> int:
    """Bring the periods of these measures to what the source says; returns how many rows that took."""
    facts = {measure: fact for measure, fact in announced if fact}
    held: dict[int, CommentPeriod] = {}
    for chunk in chunks(sorted(facts)):
        held |= {row.measure_id: row for row in CommentPeriod.objects.filter(measure__in=chunk)}
    fresh = [
        CommentPeriod(measure_id=measure, closes_at=fact.closes_at, zone=fact.zone)
        for measure, fact in facts.items()
        if measure not in held
    ]
    CommentPeriod.objects.bulk_create(fresh)
    return len(fresh) + sum(_changed(row, facts[measure]) for measure, row in held.items())


def _changed(row: CommentPeriod, fact: CommentFact) -> int:
    """A later close is an extension, which keeps what was announced first; an earlier one corrects that."""
    if fact.closes_at in (row.closes_at, row.end):
        return 0
    if fact.closes_at > row.closes_at:
        row.extended_to = fact.closes_at
    else:
        row.closes_at, row.extended_to = fact.closes_at, None
    row.zone = fact.zone
    row.save(update_fields=["closes_at", "extended_to", "zone"])
    return 1
