"""How our positions turned out: the one count of DOMAIN.md §6.4, for every report, page and file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from advocacy.positions.models import AGAINST, IN_FAVOUR, Contribution, Position, Score
from advocacy.positions.models.position import PositionQuerySet
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import TOGETHER, By, Grouped, Scope, Window
from legislation.models import Fate, Measure, Result, StageEvent
from legislation.models.measure import MeasureQuerySet, by_measure

_BY_OUR_PART = [Contribution.LED, Contribution.COALITION, Contribution.MONITORED, ""]
WITHOUT_PART = "without_part"


@dataclass(frozen=True)
class Judged:
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


class Counted(NamedTuple):
    """One position on one measure, as the matrix counts it. What `is_late` is told and not scored."""

    measure: int
    position: str
    result: str
    score: str
    part: str
    is_late: bool = False


def approved(scope: Scope) -> PositionQuerySet:
    """What the chapters of the scope, for the nation also the society, have ever approved."""
    return PositionQuerySet(Position).filter(scope.own()).approved()


def judged(scope: Scope, window: Window, rows: MeasureQuerySet) -> list[Judged]:
    """These measures as they stood at the end of the days, by jurisdiction and number. Three queries for any number."""
    found = list(rows.select_related("session__jurisdiction").order_by())
    steps, held = _steps_and_positions(scope, window, rows)
    known = [_judged(one, steps.get(one.pk, []), held.get(one.pk, []), window) for one in found]
    return sorted(known, key=lambda one: _place_of(one.measure))


def _steps_and_positions(
    scope: Scope, window: Window, rows: MeasureQuerySet
) -> tuple[dict[int, list[StageEvent]], dict[int, list[Position]]]:
    keys = rows.order_by().values("pk")
    steps = by_measure(StageEvent.objects.filter(measure__in=keys).until(window.last).oldest_first())
    positions = approved(scope).filter(measure__in=keys, approved_on__lt=window.end).with_outcome()
    held: dict[int, list[Position]] = {}
    for row in positions.select_related("chapter").order_by("pk"):
        held.setdefault(row.measure_id, []).append(row)
    return steps, held


def _place_of(measure: Measure) -> tuple[str, str, str, int]:
    session = measure.session
    return str(session.jurisdiction), measure.number_key, session.identifier, measure.pk


def _judged(measure: Measure, steps: list[StageEvent], rows: list[Position], window: Window) -> Judged:
    fate = Fate.of(steps)
    if fate.is_open:
        counting = [row for row in rows if row.ends_on is None or row.ends_on > window.last]
        return Judged(measure, fate, steps, once_each(counting), [])
    counting = [row for row in rows if row.held_when(fate)]
    late = [row for row in rows if row.came_too_late(fate)]
    return Judged(measure, fate, steps, once_each(counting), once_each(late))


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


def gather(scope: Scope, window: Window, by: By) -> Grouped:
    """What counts in these days: each position on what ended in them, and on what is open at their end."""
    measures = MeasureQuerySet(Measure).filter(pk__in=approved(scope).order_by().values("measure"))
    steps, held = _steps_and_positions(scope, window, measures)
    found: Grouped = {}
    for measure in measures.order_by("session", "number_key", "pk"):
        for group, rows in _by_group(held.get(measure.pk, []), by).items():
            one = _judged(measure, steps.get(measure.pk, []), rows, window)
            found.setdefault(group, []).extend(_counted(one, window))
    return found


def _by_group(rows: list[Position], by: By) -> dict[int, list[Position]]:
    if by is By.ALL:
        return {TOGETHER: rows}
    found: dict[int, list[Position]] = {}
    for row in rows:
        if row.chapter_id is not None:
            found.setdefault(row.chapter_id, []).append(row)
    return found


def _counted(one: Judged, window: Window) -> Iterator[Counted]:
    if not (one.fate.is_open or one.ended_in(window)):
        return
    for rows, is_late in ((one.positions, False), (one.late, True)):
        for row in rows:
            score = Score.NOT_SCORED if is_late else row.score(one.fate)
            yield Counted(one.measure.pk, row.position, one.fate.result, score, row.contribution, is_late)


def in_the_matrix(rows: Iterable[Counted]) -> list[Counted]:
    """Without what was approved too late, and what was replaced: that is judged under the one in its place."""
    return [row for row in rows if not row.is_late and row.result != Result.REPLACED]


def won(rows: Sequence[Any]) -> Figure:
    """Wins, with our part in them beside, and what else came of our positions."""
    counting = [row for row in in_the_matrix(rows) if row.position in IN_FAVOUR + AGAINST]
    wins = [row for row in counting if row.score == Score.WIN]
    parts = {code or WITHOUT_PART: sum(row.part == code for row in wins) for code in _BY_OUR_PART}
    for score in (Score.MIXED, Score.LOSS, Score.OPEN):
        parts[str(score)] = sum(row.score == score for row in counting)
    return Figure(Unit.COUNT, len(wins), parts={str(code): number for code, number in parts.items()})


def wins(scope: Scope, window: Window) -> MeasureQuerySet:
    """The measures behind the number."""
    rows = in_the_matrix(gather(scope, window, By.ALL).get(TOGETHER, []))
    keys = {row.measure for row in rows if row.score == Score.WIN}
    return MeasureQuerySet(Measure).filter(pk__in=sorted(keys))
