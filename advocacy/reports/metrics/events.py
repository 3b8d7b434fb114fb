"""Numbers of Advocacy Days: held, who came, and the meetings that took place. One with several hosts counts for each of
them, and once where they are counted together."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from advocacy.events.models import AdvocacyEvent, Appointment, EventStatus, Registration
from advocacy.events.models.event import AdvocacyEventQuerySet
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import By, Grouped, Scope, Window, by_group
from members.models import Chapter

# Its people went out: it was not an idea, and not called off.
_WENT_OUT = (EventStatus.PUBLISHED, EventStatus.WRAPPING_UP, EventStatus.CLOSED)


def held(scope: Scope, window: Window) -> AdvocacyEventQuerySet:
    """By the calendar of each."""
    rows = AdvocacyEventQuerySet(AdvocacyEvent).filter(window.holds("held_on"), status__in=_WENT_OUT)
    if scope.chapters is None:
        return rows
    hosted = Chapter.objects.filter(pk__in=scope.chapters).order_by().values("advocacy_events")
    return rows.filter(pk__in=hosted)


def gather(scope: Scope, window: Window, by: By) -> Grouped:
    """(people who checked in, meetings that took place) of each."""
    rows = scope.grouped(with_counts(held(scope, window)), by, "hosts")
    return by_group(rows.values_list("group", "came", "met"))


def with_counts(rows: AdvocacyEventQuerySet) -> "QuerySet[Any, Any]":
    """Adds `came` and `met`, each counted by itself: hosts do not multiply them."""
    people = Registration.objects.coming().checked_in().filter(event=OuterRef("pk"))
    meetings = Appointment.objects.all().took_place().filter(event=OuterRef("pk"))
    return rows.annotate(came=_number(people), met=_number(meetings))


def _number(rows: "QuerySet[Any, Any]") -> Coalesce:
    counted = rows.order_by().values("event").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def days_held(rows: Sequence[Any]) -> Figure:
    parts = {"came": sum(came for came, _met in rows), "met": sum(met for _came, met in rows)}
    return Figure(Unit.COUNT, len(rows), parts=parts)
