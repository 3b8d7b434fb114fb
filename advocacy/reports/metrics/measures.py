"""Numbers of measures: how many are followed on the last day, and how many of them moved."""

from collections.abc import Sequence
from typing import Any

from advocacy.positions.models import Tier, Tracking
from advocacy.positions.models.tracking import TrackingQuerySet
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import By, Grouped, Scope, Window, by_group
from legislation.models import Measure, StageEvent
from legislation.models.measure import MeasureQuerySet


def trackings(scope: Scope) -> TrackingQuerySet:
    """What the chapters of the scope follow; for the nation also what the society does."""
    return TrackingQuerySet(Tracking).filter(scope.own())


def tracked(scope: Scope, window: Window) -> MeasureQuerySet:
    """Measures in tiers 1 to 3 on the last day, each once, however many chapters follow it."""
    followed = trackings(scope).tracked(window.last).order_by().values("measure")
    return MeasureQuerySet(Measure).filter(pk__in=followed)


def gather(scope: Scope, window: Window, by: By) -> Grouped:
    """Each measure followed on the last day, with its tier and whether it moved in these days, back or forth."""
    followed = scope.grouped(trackings(scope).tracked(window.last), by, "chapter")
    found = sorted(set(followed.values_list("group", "measure", "tier")))
    steps = StageEvent.objects.filter(
        window.holds("on"), measure__in={measure for _group, measure, _tier in found}
    )
    moved = set(steps.order_by().values_list("measure", flat=True).distinct())
    return by_group((group, measure, tier, measure in moved) for group, measure, tier in found)


def tracked_and_moved(rows: Sequence[Any]) -> Figure:
    """A measure counts once, in tier 1 where anybody leads it."""
    followed = {measure for measure, _tier, _moved in rows}
    lead = {measure for measure, tier, _moved in rows if tier == Tier.LEAD}
    moved = {measure for measure, _tier, has_moved in rows if has_moved}
    parts = {"moved": len(moved), "tier_1": len(lead), "tier_1_moved": len(lead & moved)}
    return Figure(Unit.COUNT, len(followed), parts=parts)
