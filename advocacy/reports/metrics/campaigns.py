"""Numbers of campaigns: how many of those who were asked took part."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from advocacy.kernel.zones import today_in
from advocacy.outbox.models import DeliveryEvent, EventKind, MessageState
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import By, Grouped, Scope, Window, by_group
from campaigns.models import ASKS, Campaign, CampaignQuerySet, Confirmation, Letter, Participation, Recipient
from campaigns.models.mailing import RecipientQuerySet
from campaigns.models.participation import ParticipationQuerySet

_DAY = timedelta(days=1)
_ARRIVED = (MessageState.SENT, MessageState.PRESUMED_SENT)
_BOUNCED = Exists(DeliveryEvent.objects.filter(message=OuterRef("message"), kind=EventKind.HARD_BOUNCE))
_CONFIRMED = Exists(Letter.objects.filter(participation=OuterRef("pk"), confirmation=Confirmation.CONFIRMED))
ASKED, ACTED, CONFIRMED, PERSONAL = "asked", "acted", "confirmed", "personal"


def acts(scope: Scope, window: Window) -> ParticipationQuerySet:
    """What counts and is credited to the scope, around these days: whose day it is decides the zone."""
    rows = ParticipationQuerySet(Participation).counted().filter(scope.own())
    return rows.filter(at__date__gte=window.first - _DAY, at__date__lte=window.end)


def delivered(scope: Scope, window: Window) -> RecipientQuerySet:
    """Asks that mail servers took, to people credited to the scope, around these days."""
    rows = RecipientQuerySet(Recipient).written_to().filter(scope.own("contact__chapter"))
    asks = rows.filter(mailing__purpose__in=ASKS, message__state__in=_ARRIVED).exclude(_BOUNCED)
    return asks.filter(decided_at__date__gte=window.first - _DAY, decided_at__date__lte=window.end)


def gather(scope: Scope, window: Window, by: By) -> Grouped:
    """Who was asked and who took part, as (what, person), on the days of whoever counts them."""
    zones = scope.zones(by)

    def on_these_days(found: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for group, moment, *rest in found:
            if group is not None and _holds(window, zones[group], moment):
                yield group, *rest

    def all_of_it() -> Iterator[tuple[Any, ...]]:
        asked = scope.grouped(delivered(scope, window), by, "contact__chapter")
        for group, person in on_these_days(asked.values_list("group", "decided_at", "contact").iterator()):
            yield group, ASKED, person
        acted = scope.grouped(acts(scope, window).annotate(sure=_CONFIRMED), by, "chapter")
        fields = ("group", "at", "contact", "sure", "is_personalised")
        for group, person, is_sure, own in on_these_days(acted.values_list(*fields).iterator()):
            yield group, ACTED, person
            if is_sure:
                yield group, CONFIRMED, person
            if own:
                yield group, PERSONAL, person

    return by_group(all_of_it())


def _holds(window: Window, zone: str, moment: datetime) -> bool:
    return window.first <= today_in(zone, moment) < window.end


def action_rate(rows: Sequence[Any]) -> Figure:
    """Unique participants out of unique people delivered to: each person once, in however many campaigns."""
    people: dict[str, set[int]] = {what: set() for what in (ASKED, ACTED, CONFIRMED, PERSONAL)}
    for what, person in rows:
        people[what].add(person)
    parts = {what: len(people[what]) for what in (CONFIRMED, PERSONAL)}
    return Figure(Unit.PERCENT, len(people[ACTED]), of=len(people[ASKED]), parts=parts)


def taken_part_in(scope: Scope, window: Window) -> CampaignQuerySet:
    """The campaigns behind the number; the people are read there, by whoever may."""
    days = [
        (campaign, moment)
        for campaign, moment in acts(scope, window).order_by().values_list("campaign", "at").iterator()
        if _holds(window, scope.zone, moment)
    ]
    return CampaignQuerySet(Campaign).filter(pk__in={campaign for campaign, _moment in days})
