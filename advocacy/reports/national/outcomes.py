"""What measures came to, and what we had said about them: the ground of the blocks on policy."""

from collections.abc import Iterable
from dataclasses import dataclass

from advocacy.positions.models import Contribution, Position, Score
from advocacy.positions.models.position import PositionQuerySet
from advocacy.reports.metrics.scope import Scope, Window
from legislation.models import Fate, Measure, StageEvent
from legislation.models.measure import MeasureQuerySet, by_measure

_BY_OUR_PART = [Contribution.LED, Contribution.COALITION, Contribution.MONITORED, ""]


@dataclass(frozen=True)
class Outcome:
    """A measure as it stood at the end of the days, with each position that counts for it once."""

    measure: Measure
    fate: Fate
    steps: list[StageEvent]
    positions: list[Position]
    # Approved too late to be scored: on the day the measure ended, or after it.
    late: list[Position]

    def ended_in(self, window: Window) -> bool:
        return self.fate.since is not None and window.first <= self.fate.since < window.end

    def scores(self) -> list[Score]:
        return [position.score(self.fate) for position in self.positions]


def approved(scope: Scope) -> PositionQuerySet:
    """What the chapters of the scope, for the nation also the society, have ever approved."""
    return PositionQuerySet(Position).filter(scope.own()).approved()


def outcomes(scope: Scope, window: Window, rows: MeasureQuerySet) -> list[Outcome]:
    """These measures as they stood at the end of the days, by jurisdiction and number. Three queries for any number."""
    found = list(rows.select_related("session__jurisdiction").order_by())
    keys = rows.order_by().values("pk")
    steps = by_measure(StageEvent.objects.filter(measure__in=keys).until(window.last).oldest_first())
    positions = approved(scope).filter(measure__in=keys, approved_on__lt=window.end)
    held: dict[int, list[Position]] = {}
    for row in positions.select_related("chapter").order_by("pk"):
        held.setdefault(row.measure_id, []).append(row)
    known = [_outcome(one, steps.get(one.pk, []), held.get(one.pk, []), window) for one in found]
    return sorted(known, key=lambda one: _place_of(one.measure))


def _place_of(measure: Measure) -> tuple[str, str, str, int]:
    session = measure.session
    return str(session.jurisdiction), measure.number_key, session.identifier, measure.pk


def _outcome(measure: Measure, steps: list[StageEvent], rows: list[Position], window: Window) -> Outcome:
    fate = Fate.of(steps)
    if fate.is_open:
        counting = [row for row in rows if row.ends_on is None or row.ends_on > window.last]
        return Outcome(measure, fate, steps, once_each(counting), [])
    counting = [row for row in rows if row.held_when(fate)]
    late = [row for row in rows if row.came_too_late(fate)]
    return Outcome(measure, fate, steps, once_each(counting), once_each(late))


def once_each(rows: Iterable[Position]) -> list[Position]:
    """A measure counts once for each position taken on it, however many took it.

    What is said about it is the society's own word where it took the position, else that of the chapter which did most.
    """
    first: dict[str, Position] = {}
    for row in sorted(rows, key=lambda one: (one.chapter_id is not None, _part(one), one.pk)):
        first.setdefault(row.position, row)
    return [first[code] for code in sorted(first)]


def _part(row: Position) -> int:
    return _BY_OUR_PART.index(row.contribution)
