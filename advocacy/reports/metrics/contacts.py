"""Numbers of contacts: meaningful ones, officials reached, thanks, and how soon they were logged."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models import Window as Over

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
)
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.kernel.zones import today_in
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import By, Grouped, Scope, Window, by_group
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
CREDITED = "credits__chapter"
_RESTRICTED = Q(confidentiality=Confidentiality.RESTRICTED)


def meaningful(scope: Scope, window: Window) -> InteractionQuerySet:
    """The meaningful contacts of these days. An e-mail thread with an office counts once a day."""
    rows = scope.credited().meaningful().filter(window.holds("occurred_on"))
    return rows.exclude(pk__in=_repeats(window))


def _repeats(window: Window) -> "QuerySet[Interaction, Any]":
    """E-mail exchanges with an office that an earlier entry of that day names too, for the same chapter.

    Numbered in one pass and not asked row by row: a database without statistics would compare each with each.
    """
    emails = Interaction.objects.meaningful().filter(window.holds("occurred_on"), kind=Kind.EMAIL_EXCHANGE)
    with_offices = emails.filter(offices__agency="").order_by()
    same_thread = [F("offices__official"), F("offices__committee"), F("occurred_on"), F("chapter")]
    numbered = with_offices.annotate(first=Over(Min("pk"), partition_by=same_thread))
    repeats: QuerySet[Interaction, Any] = numbered.filter(first__lt=F("pk")).values("pk")
    return repeats


def _sums(rows: InteractionQuerySet, scope: Scope, by: By) -> Grouped:
    """How many, with how many of them are shared between chapters and how many are restricted."""
    chapters = (
        Credit.objects.filter(interaction=OuterRef("pk"))
        .order_by()
        .values("interaction")
        .annotate(number=Count("pk"))
        .values("number")
    )
    found = rows.annotate(chapters=Subquery(chapters, output_field=IntegerField()))
    sums = (
        scope.grouped(found, by, CREDITED)
        .values("group")
        .annotate(
            number=Count("pk"),
            shared=Count("pk", filter=Q(chapters__gt=1)),
            restricted=Count("pk", filter=_RESTRICTED),
        )
    )
    return by_group(sums.values_list("group", "number", "shared", "restricted"))


def gather_meaningful(scope: Scope, window: Window, by: By) -> Grouped:
    return _sums(meaningful(scope.among(by), window), scope, by)


def counted(sums: Sequence[Any]) -> Figure:
    """How many, how many of them shared, how many restricted: from at most one row of sums."""
    value, shared_ones, restricted = sums[0] if sums else (0, 0, 0)
    return Figure(Unit.COUNT, value, shared=shared_ones, restricted=restricted)


def shared(scope: Scope, window: Window) -> InteractionQuerySet:
    several = Credit.objects.order_by().values("interaction").annotate(n=Count("pk")).filter(n__gt=1)
    return meaningful(scope, window).filter(pk__in=several.values("interaction"))


def gather_shared(scope: Scope, window: Window, by: By) -> Grouped:
    return _sums(shared(scope.among(by), window), scope, by)


def with_an_official(scope: Scope, window: Window) -> InteractionQuerySet:
    """Meaningful contacts with somebody who held a seat on that day."""
    in_office = Office.objects.filter(official__isnull=False, seat__isnull=False)
    return meaningful(scope, window).filter(pk__in=in_office.order_by().values("interaction"))


def gather_offices(scope: Scope, window: Window, by: By) -> Grouped:
    """The offices met: official, seat, committee, agency, whether they were there, whether it is restricted.

    Asked of the contacts and not of the offices: a month has few contacts, the offices of ten years are many.
    """
    rows = meaningful(scope.among(by), window).filter(offices__isnull=False)
    there = Counterpart.objects.filter(interaction=OuterRef("pk")).filter(
        Q(official=OuterRef("offices__official")) | Q(official=None, level=Level.OFFICIAL)
    )
    found = scope.grouped(rows.annotate(was_there=Exists(there)), by, CREDITED)
    return by_group(
        found.values_list(
            "group",
            "offices__official",
            "offices__seat",
            "offices__committee",
            "offices__agency",
            "was_there",
            "confidentiality",
        )
    )


def officials_reached(offices: Sequence[Any]) -> Figure:
    """Persons, whatever number of seats they hold: met themselves, or only their office."""
    persons, in_person, in_open, others = set(), set(), set(), set()
    for official, seat, committee, agency, was_there, level in offices:
        if official is None:
            others.add(("committee", committee) if committee else ("agency", agency))
        elif seat is not None:
            persons.add(official)
            if was_there:
                in_person.add(official)
            if level != Confidentiality.RESTRICTED:
                in_open.add(official)
    return Figure(
        Unit.COUNT,
        len(persons),
        restricted=len(persons - in_open),
        parts={
            "in_person": len(in_person),
            "office_only": len(persons - in_person),
            "other_offices": len(others),
        },
    )


def owed_thanks(scope: Scope, window: Window) -> InteractionQuerySet:
    rows = scope.credited().logged().filter(window.holds("occurred_on"))
    return rows.filter(kind__in=KINDS_OF_THANKS)


def gather_thanks(scope: Scope, window: Window, by: By) -> Grouped:
    """Contacts owed thanks: whether they were given in time, whether it is restricted."""
    rows = owed_thanks(scope.among(by), window)
    keys = rows.order_by().values("pk")
    thanks = FollowUp.objects.filter(
        kind=FollowUpKind.THANK_YOU, status=FollowUpStatus.DONE, interaction__in=keys
    )
    given = list(thanks.order_by().values_list("interaction", "interaction__occurred_on", "done_on"))
    places = _places({interaction for interaction, _met_on, _done_on in given if interaction})
    soon = {
        interaction
        for interaction, met_on, done_on in given
        if done_on and workdays_in(places.get(interaction)).between(met_on, done_on) <= THANKS_WITHIN
    }
    found = scope.grouped(rows, by, CREDITED).values_list("group", "pk", "confidentiality")
    return by_group((group, pk in soon, level) for group, pk, level in found)


def thanked_soon(rows: Sequence[Any]) -> Figure:
    """Thanks given at most two business days of the office after the contact."""
    restricted = sum(level == Confidentiality.RESTRICTED for _soon, level in rows)
    return Figure(Unit.PERCENT, sum(soon for soon, _level in rows), of=len(rows), restricted=restricted)


def _places(interactions: Iterable[int]) -> dict[int, Any]:
    offices = Office.objects.filter(interaction__in=interactions).order_by("-pk")
    return {one.interaction_id: one.jurisdiction for one in offices.select_related("jurisdiction__parent")}


def in_the_log(scope: Scope, window: Window) -> InteractionQuerySet:
    return scope.credited().logged().filter(window.holds("occurred_on"))


def gather_lags(scope: Scope, window: Window, by: By) -> Grouped:
    """Days from the contact to its record, in the zone of who counts them, and whether it is restricted."""
    zones = scope.zones(by)
    rows = scope.grouped(in_the_log(scope.among(by), window), by, CREDITED)
    found = rows.filter(logged_at__isnull=False)
    return by_group(
        (group, max(0, (today_in(zones[group], logged_at) - day).days), level)
        for group, day, logged_at, level in found.values_list(
            "group", "occurred_on", "logged_at", "confidentiality"
        )
        if group is not None
    )


def logging_lag(rows: Sequence[Any]) -> Figure:
    """Days of the chapter from the contact to its record."""
    lags = [lag for lag, _level in rows]
    return Figure(
        Unit.DAYS,
        median(lags) if lags else None,
        of=len(lags),
        restricted=sum(level == Confidentiality.RESTRICTED for _lag, level in rows),
        parts={"within_3_days": sum(lag <= LOGGED_SOON for lag in lags)},
    )


def gather_people(scope: Scope, window: Window, by: By) -> Grouped:
    """Who logged a contact or took part in one, and whether that one is restricted."""
    rows = in_the_log(scope.among(by), window)
    authors = scope.grouped(rows, by, CREDITED).values_list("group", "logged_by", "confidentiality")
    others = scope.grouped(rows.filter(participants__person__isnull=False), by, CREDITED)
    took_part = others.values_list("group", "participants__person", "confidentiality")
    return by_group([*authors.distinct(), *took_part.distinct()])


def active_people(rows: Sequence[Any]) -> Figure:
    """People who logged a contact, or took part in one."""
    people = {person for person, _level in rows}
    in_open = {person for person, level in rows if level != Confidentiality.RESTRICTED}
    return Figure(Unit.COUNT, len(people), restricted=len(people - in_open))
