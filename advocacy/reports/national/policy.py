"""Blocks on policy: what changed in these days, and how our positions turned out (DOMAIN.md §6.2, §6.4)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.positions.models import (
    TRACKED_TIERS,
    Contribution,
    Position,
    Score,
    Standpoint,
    Tier,
    TierChange,
)
from advocacy.reports.metrics.measures import trackings
from advocacy.reports.metrics.outcomes import Counted, Judged, approved, gather, in_the_matrix, judged
from advocacy.reports.metrics.scope import TOGETHER, By, Scope, Window
from advocacy.reports.national.document import Block, Cell, Column
from legislation.models import PASSED_A_CHAMBER, Measure, Result, StageEvent
from legislation.models.measure import MeasureQuerySet

Row = list[Cell]
_A_DAY = timedelta(days=1)
# The columns of the matrix: voted down stands apart from out of time.
RESULTS_SHOWN = (Result.ENACTED, Result.VOTED_DOWN, Result.RAN_OUT_OF_TIME, Result.VETOED, Result.OPEN)


def policy_changes(scope: Scope, window: Window) -> Block:
    """Measures that we follow or have a position on: enacted, died, vetoed, passed a chamber, new in tier 1."""
    new = _new_in_tier_1(scope, window)
    moved = StageEvent.objects.filter(window.holds("on")).order_by().values("measure")
    measures = MeasureQuerySet(Measure).filter(
        Q(pk__in=new) | (Q(pk__in=moved) & _concerns_us(scope, window))
    )
    rows = [row for one in judged(scope, window, measures) for row in _changes(one, window, new)]
    columns = [
        Column("jurisdiction", _("Jurisdiction")),
        Column("measure", _("Measure")),
        Column("title", _("Title")),
        Column("change", _("What changed")),
        Column("on", _("Date"), is_day=True),
        Column("position", _("Our position")),
        Column("result", _("Result")),
        Column("contribution", _("Our part in it")),
    ]
    return Block(
        "policy",
        _("What changed in policy"),
        columns,
        rows,
        notes=[_("Measures in tiers 1 to 3, and those on which a position is approved.")],
        empty=_(
            "No measure that we follow was enacted, died, was vetoed, passed a chamber or became tier 1."
        ),
    )


def _concerns_us(scope: Scope, window: Window) -> Q:
    """In tiers 1 to 3, or with an approved position, on any of these days."""
    on_the_first, on_the_last = (trackings(scope).tracked(day) for day in (window.first, window.last))
    between = TierChange.objects.filter(
        window.holds("on"), tier__in=TRACKED_TIERS, tracking__in=trackings(scope).order_by().values("pk")
    )
    held = approved(scope).filter(approved_on__lt=window.end)
    held = held.filter(Q(ends_on=None) | Q(ends_on__gt=window.first))
    return (
        Q(pk__in=on_the_first.order_by().values("measure"))
        | Q(pk__in=on_the_last.order_by().values("measure"))
        | Q(pk__in=between.order_by().values("tracking__measure"))
        | Q(pk__in=held.order_by().values("measure"))
    )


def _new_in_tier_1(scope: Scope, window: Window) -> dict[int, date]:
    """Measures that nobody of the scope led before these days, with the first day on which somebody does."""
    before = trackings(scope).in_tiers(window.first - _A_DAY, Tier.LEAD).order_by().values("measure")
    raised = TierChange.objects.filter(
        window.holds("on"), tier=Tier.LEAD, tracking__in=trackings(scope).order_by().values("pk")
    ).exclude(tracking__measure__in=before)
    new: dict[int, date] = {}
    for measure, on in raised.order_by("on", "pk").values_list("tracking__measure", "on"):
        new.setdefault(measure, on)
    return new


def _changes(one: Judged, window: Window, new: dict[int, date]) -> Iterator[Row]:
    """The rows of one measure by their day. Only its end carries a result."""
    rows: list[tuple[date, str, bool]] = []
    if one.measure.pk in new:
        rows.append((new[one.measure.pk], _("New in tier 1"), False))
    for step in one.steps:
        if step.stage in PASSED_A_CHAMBER and window.first <= step.on < window.end:
            rows.append((step.on, _passed(step), False))
    if not one.fate.is_open and one.ended_in(window) and one.fate.since:
        rows.append((one.fate.since, str(one.fate.result.label), True))
    for on, change, is_end in sorted(rows, key=lambda row: (row[0], row[2])):
        yield [
            str(one.measure.session.jurisdiction),
            str(one.measure),
            one.measure.title,
            change,
            on.isoformat(),
            _each(one.positions, [str(row.get_position_display()) for row in one.positions]),
            _each(one.positions, [str(score.label) for score in one.scores()]) if is_end else "",
            _each(one.positions, [row.our_part for row in one.positions]) if is_end else "",
        ]


def _passed(step: StageEvent) -> str:
    """In the local words too: where there is one chamber, it is not the first."""
    if not step.local_label:
        return _("Passed a chamber")
    return _("Passed a chamber (%(words)s)") % {"words": step.local_label}


def _each(positions: Sequence[Position], words: Sequence[str]) -> str:
    """Several positions stand in one cell in the same order; a dash keeps the place of what is not known."""
    return "; ".join(word or "–" for word in words) if any(words) else "–" if positions else ""


def outcome_matrix(scope: Scope, window: Window) -> Block:
    """Each approved position by what its measure came to in these days; what is pending at their end is open."""
    found = gather(scope, window, By.ALL).get(TOGETHER, [])
    counting = in_the_matrix(found)
    rows = [_matrix_row(Standpoint(code), counting) for code in Standpoint.values]
    columns = [Column("position", _("Position"))]
    columns += [Column(result.value, heading_of(result), is_number=True) for result in RESULTS_SHOWN]
    columns.append(Column("result", _("Result")))
    return Block(
        "outcomes",
        _("Positions and outcomes"),
        columns,
        rows if counting else [],
        notes=_notes(found),
        empty=_("No measure with an approved position has ended or is pending."),
    )


def heading_of(result: Result) -> str:
    return _("Carried over or pending") if result == Result.OPEN else str(result.label)


def _matrix_row(standpoint: Standpoint, counting: Sequence[Counted]) -> Row:
    """How many measures ended how, and what that was for us, with our part in each win."""
    found = [one for one in counting if one.position == standpoint]
    results = Counter(one.result for one in found)
    wins = [one for one in found if one.score == Score.WIN]
    scores = Counter(one.score for one in found)
    return [
        str(standpoint.label),
        *(results[result] for result in RESULTS_SHOWN),
        _in_words(scores, wins) or "–",
    ]


def _in_words(scores: Counter[str], wins: Sequence[Counted]) -> str:
    """“2 wins (1 led, 1 in a coalition), 1 loss, 3 open”."""
    said = []
    if wins:
        number = ngettext("%(count)d win", "%(count)d wins", len(wins)) % {"count": len(wins)}
        said.append(f"{number} ({_our_parts(wins)})")
    if mixed := scores[Score.MIXED]:
        said.append(_("%(count)d mixed") % {"count": mixed})
    if losses := scores[Score.LOSS]:
        said.append(ngettext("%(count)d loss", "%(count)d losses", losses) % {"count": losses})
    if pending := scores[Score.OPEN]:
        said.append(_("%(count)d open") % {"count": pending})
    if scores[Score.NOT_SCORED]:
        said.append(_("not scored"))
    return ", ".join(said)


def _our_parts(wins: Sequence[Counted]) -> str:
    parts = Counter(one.part for one in wins)
    words = {
        Contribution.LED: _("%(count)d led"),
        Contribution.COALITION: _("%(count)d in a coalition"),
        Contribution.MONITORED: _("%(count)d monitored only"),
        "": _("%(count)d without our part on record"),
    }
    return ", ".join(text % {"count": parts[code]} for code, text in words.items() if parts[code])


def _notes(found: Sequence[Counted]) -> list[str]:
    notes = [
        _("Only positions approved before the day on which a measure ended are scored."),
        _("A measure counts once for each position taken on it, however many chapters took it."),
        _(
            "Holding the line counts: a bad measure that did not pass is a win. Our part stands beside every win."
        ),
    ]
    if late := sum(one.is_late for one in found):
        text = ngettext(
            "%(count)d position was approved too late to be scored.",
            "%(count)d positions were approved too late to be scored.",
            late,
        )
        notes.append(text % {"count": late})
    if replaced := len({one.measure for one in found if one.result == Result.REPLACED}):
        text = ngettext(
            "%(count)d measure was replaced and is judged under the one that took its place.",
            "%(count)d measures were replaced and are judged under those that took their place.",
            replaced,
        )
        notes.append(text % {"count": replaced})
    return notes
