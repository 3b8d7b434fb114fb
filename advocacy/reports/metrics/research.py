"""Numbers of research: what was held, how many took part, and which findings were used.

Restricted activities are in none of them: who reads a report need not read those, and few are recognized.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db.models import F

from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import By, Grouped, Scope, Window, by_group
from advocacy.research.models import FindingUse, ResearchActivity
from advocacy.research.models.activity import ResearchActivityQuerySet
from advocacy.research.models.finding import FindingUseQuerySet

_HELD, _USED = "held", "used"


def held(scope: Scope, window: Window) -> ResearchActivityQuerySet:
    """By the first day of each."""
    rows = ResearchActivityQuerySet(ResearchActivity).over().exportable().filter(scope.own())
    return rows.filter(window.holds("held_on"))


def uses(scope: Scope, window: Window) -> FindingUseQuerySet:
    """Of findings of this scope, whoever used them."""
    rows = FindingUseQuerySet(FindingUse).exportable().filter(scope.own("finding__activity__chapter"))
    return rows.filter(window.holds("used_on"))


def gather(scope: Scope, window: Window, by: By) -> Grouped:
    """(what, key, number of participants) of each activity, and of each use with the key of its finding."""
    activities = scope.grouped(held(scope, window), by, "chapter")
    used = scope.grouped(uses(scope, window), by, "finding__activity__chapter")
    found = chain(
        (
            (group, _HELD, pk, number)
            for group, pk, number in activities.values_list("group", "pk", "participants")
        ),
        ((group, _USED, pk, 0) for group, pk in used.values_list("group", F("finding"))),
    )
    return by_group(found)


def activities_held(rows: Sequence[Any]) -> Figure:
    participants = sum(number for what, _pk, number in rows if what == _HELD)
    findings = {pk for what, pk, _number in rows if what == _USED}
    parts = {"participants": participants, "findings_used": len(findings)}
    return Figure(Unit.COUNT, sum(what == _HELD for what, _pk, _number in rows), parts=parts)
