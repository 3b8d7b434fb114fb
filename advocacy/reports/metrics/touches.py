"""Numbers of touches with partners: never meaningful interactions, for nobody in office took part (DOMAIN.md §6.3)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q

from advocacy.coalitions.models import MEETINGS, Touch
from advocacy.coalitions.models.touch import TouchQuerySet
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import By, Grouped, Scope, Window, by_group


def touches(scope: Scope, window: Window) -> TouchQuerySet:
    """Those of these days that may leave in a report at all: restricted ones are not even counted, so that no number
    points at one.
    """
    return TouchQuerySet(Touch).exportable().filter(scope.own(), window.holds("occurred_on"))


def gather(scope: Scope, window: Window, by: By) -> Grouped:
    """How many, how many of them meetings, and how many with grasstops contacts."""
    sums = (
        scope.grouped(touches(scope, window), by, "chapter")
        .values("group")
        .annotate(
            number=Count("pk"),
            meetings=Count("pk", filter=Q(kind__in=MEETINGS)),
            people=Count("pk", filter=Q(grasstops__isnull=False)),
        )
    )
    return by_group(sums.values_list("group", "number", "meetings", "people"))


def counted(sums: Sequence[Any]) -> Figure:
    """From at most one row of sums."""
    number, meetings, people = sums[0] if sums else (0, 0, 0)
    return Figure(Unit.COUNT, number, parts={"meetings": meetings, "grasstops": people})
