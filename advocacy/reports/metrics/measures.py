"""Numbers of measures: how many are followed on the last day, and how many of them moved."""

from advocacy.positions.models import Tier, Tracking
from advocacy.positions.models.tracking import TrackingQuerySet
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import Scope, Window
from legislation.models import Measure, StageEvent
from legislation.models.measure import MeasureQuerySet


def trackings(scope: Scope) -> TrackingQuerySet:
    """What the chapters of the scope follow; for the nation also what the society does."""
    return TrackingQuerySet(Tracking).filter(scope.own())


def tracked(scope: Scope, window: Window) -> MeasureQuerySet:
    """Measures in tiers 1 to 3 on the last day, each once, however many chapters follow it."""
    followed = trackings(scope).tracked(window.last).order_by().values("measure")
    return MeasureQuerySet(Measure).filter(pk__in=followed)


def tracked_and_moved(scope: Scope, window: Window) -> Figure:
    """Moved: at least one stage event dated in these days, forwards or backwards."""
    followed = trackings(scope).tracked(window.last).order_by()
    tiers = {(row.measure_id, row.tier) for row in followed.only("measure")}
    steps = StageEvent.objects.filter(window.holds("on"), measure__in=followed.values("measure"))
    moved = set(steps.order_by().values_list("measure", flat=True).distinct())
    measures = {pk for pk, _tier in tiers}
    lead = {pk for pk, tier in tiers if tier == Tier.LEAD}
    parts = {"moved": len(moved), "tier_1": len(lead), "tier_1_moved": len(lead & moved)}
    return Figure(Unit.COUNT, len(measures), parts=parts)
