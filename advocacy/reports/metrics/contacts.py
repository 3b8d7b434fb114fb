"""Numbers of contacts: meaningful ones, officials reached, thanks, and how soon they were logged."""

from statistics import median
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from advocacy.interactions.models import (
    Confidentiality,
    Counterpart,
    Credit,
    FollowUp,
    FollowUpKind,
    FollowUpStatus,
    Interaction,
    Kind,
    Level,
    Office,
    Participant,
)
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import Scope, Window
from members.calendars import workdays_in

# Meetings, site visits and hearings; a phone call is thanked too, but is not in this number.
KINDS_OF_THANKS = (
    Kind.MEETING_IN_PERSON,
    Kind.MEETING_VIRTUAL,
    Kind.SITE_VISIT_HOSTED,
    Kind.HEARING_TESTIMONY,
)
THANKS_WITHIN = 2
LOGGED_SOON = 3


def meaningful(scope: Scope, window: Window) -> InteractionQuerySet:
    """The meaningful contacts of these days. An e-mail thread with an office counts once a day."""
    rows = scope.credited().meaningful().filter(window.holds("occurred_on"))
    return rows.exclude(Q(kind=Kind.EMAIL_EXCHANGE) & Exists(_same_thread_that_day()))


def _same_thread_that_day() -> "QuerySet[Office]":
    """An office of this e-mail exchange that an earlier entry of that day names too, for the same chapter."""
    earlier = Interaction.objects.meaningful().filter(kind=Kind.EMAIL_EXCHANGE)
    also = Office.objects.filter(
        Q(official=OuterRef("official")) | Q(committee=OuterRef("committee")),
        interaction__in=earlier.values("pk"),
        interaction__occurred_on=OuterRef("interaction__occurred_on"),
        interaction__chapter=OuterRef("interaction__chapter"),
        interaction__lt=OuterRef("interaction"),
    )
    return Office.objects.filter(interaction=OuterRef("pk")).filter(Exists(also))


def counted(rows: InteractionQuerySet) -> Figure:
    """How many, with how many of them are shared between chapters and how many are restricted."""
    chapters = (
        Credit.objects.filter(interaction=OuterRef("pk"))
        .order_by()
        .values("interaction")
        .annotate(number=Count("pk"))
        .values("number")
    )
    found = rows.order_by().annotate(chapters=Subquery(chapters, output_field=IntegerField()))
    sums = found.aggregate(
        value=Count("pk"),
        shared=Count("pk", filter=Q(chapters__gt=1)),
        restricted=Count("pk", filter=Q(confidentiality=Confidentiality.RESTRICTED)),
    )
    return Figure(Unit.COUNT, **sums)


def meaningful_count(scope: Scope, window: Window) -> Figure:
    return counted(meaningful(scope, window))


def shared(scope: Scope, window: Window) -> InteractionQuerySet:
    several = Credit.objects.order_by().values("interaction").annotate(n=Count("pk")).filter(n__gt=1)
    return meaningful(scope, window).filter(pk__in=several.values("interaction"))


def shared_count(scope: Scope, window: Window) -> Figure:
    return counted(shared(scope, window))


def with_an_official(scope: Scope, window: Window) -> InteractionQuerySet:
    """Meaningful contacts with somebody who held a seat on that day."""
    in_office = Office.objects.filter(official__isnull=False, seat__isnull=False)
    return meaningful(scope, window).filter(pk__in=in_office.order_by().values("interaction"))


def officials_reached(scope: Scope, window: Window) -> Figure:
    """Persons, whatever number of seats they hold: met themselves, or only their office."""
    rows = meaningful(scope, window)
    offices = Office.objects.filter(interaction__in=rows.order_by().values("pk")).order_by()
    in_office = offices.filter(official__isnull=False, seat__isnull=False)
    there = Counterpart.objects.filter(interaction=OuterRef("interaction")).filter(
        Q(official=OuterRef("official")) | Q(official=None, level=Level.OFFICIAL)
    )
    persons = set(in_office.values_list("official", flat=True))
    in_person = set(in_office.filter(Exists(there)).values_list("official", flat=True))
    in_open = in_office.exclude(interaction__confidentiality=Confidentiality.RESTRICTED)
    others = offices.filter(official=None)
    bodies = set(others.filter(committee__isnull=False).values_list("committee", flat=True))
    agencies = set(others.filter(committee=None).values_list("agency", flat=True))
    return Figure(
        Unit.COUNT,
        len(persons),
        restricted=len(persons - set(in_open.values_list("official", flat=True))),
        parts={
            "in_person": len(in_person),
            "office_only": len(persons - in_person),
            "other_offices": len(bodies) + len(agencies),
        },
    )


def owed_thanks(scope: Scope, window: Window) -> InteractionQuerySet:
    rows = scope.credited().logged().filter(window.holds("occurred_on"))
    return rows.filter(kind__in=KINDS_OF_THANKS)


def thanked_soon(scope: Scope, window: Window) -> Figure:
    """Thanks given at most two business days of the office after the contact."""
    rows = list(owed_thanks(scope, window).values_list("pk", "occurred_on", "confidentiality"))
    days = {pk: day for pk, day, _level in rows}
    places = _places(days)
    thanks = FollowUp.objects.filter(
        kind=FollowUpKind.THANK_YOU, status=FollowUpStatus.DONE, interaction__in=days
    )
    soon = {
        one.interaction_id
        for one in thanks.only("interaction", "done_on")
        if one.interaction_id is not None
        and one.done_on is not None
        and workdays_in(places.get(one.interaction_id)).between(days[one.interaction_id], one.done_on)
        <= THANKS_WITHIN
    }
    restricted = sum(1 for _pk, _day, level in rows if level == Confidentiality.RESTRICTED)
    return Figure(Unit.PERCENT, len(soon), of=len(rows), restricted=restricted)


def _places(interactions: Any) -> dict[int, Any]:
    offices = Office.objects.filter(interaction__in=interactions).order_by("-pk")
    return {one.interaction_id: one.jurisdiction for one in offices.select_related("jurisdiction__parent")}


def in_the_log(scope: Scope, window: Window) -> InteractionQuerySet:
    return scope.credited().logged().filter(window.holds("occurred_on"))


def logging_lag(scope: Scope, window: Window) -> Figure:
    """Days of the chapter from the contact to its record."""
    rows = in_the_log(scope, window).order_by()
    lags = [
        max(0, (scope.day(logged_at) - day).days)
        for day, logged_at in rows.values_list("occurred_on", "logged_at")
        if logged_at is not None
    ]
    soon = sum(1 for lag in lags if lag <= LOGGED_SOON)
    hidden = rows.filter(confidentiality=Confidentiality.RESTRICTED).count()
    return Figure(
        Unit.DAYS,
        median(lags) if lags else None,
        of=len(lags),
        restricted=hidden,
        parts={"within_3_days": soon},
    )


def active_people(scope: Scope, window: Window) -> Figure:
    """People who logged a contact, or took part in one."""
    rows = in_the_log(scope, window).order_by()
    open_rows = rows.exclude(confidentiality=Confidentiality.RESTRICTED)
    people, in_open = _people(rows), _people(open_rows)
    return Figure(Unit.COUNT, len(people), restricted=len(people - in_open))


def _people(rows: InteractionQuerySet) -> set[int]:
    ours = Participant.objects.filter(interaction__in=rows.values("pk"), person__isnull=False).order_by()
    authors = rows.values_list("logged_by", flat=True)
    return set(authors) | {pk for pk in ours.values_list("person", flat=True) if pk is not None}
