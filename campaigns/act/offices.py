"""Which offices a supporter may write to, and by which ways each of them can be reached: the delivery ladder.

A way is offered only where it leads somewhere: the portal mails where an office publishes an address, and nowhere else.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Prefetch, Q, When
from django.utils.translation import gettext_lazy as _

from campaigns.act.shown import Shown
from campaigns.models import Method, Target
from campaigns.models.target import TargetQuerySet
from campaigns.place import Place
from legislation import titles
from legislation.models import ContactKind, Jurisdiction, Official

# More letters than these nobody reads through; whoever represents the supporter comes first.
MOST = 12
# Said to supporters, honestly: who sends it, and what we will know.
WAYS = {
    Method.PORTAL_EMAIL: _("We e-mail it to the office; the answer comes to you"),
    Method.OWN_MAIL: _("Send it from my own mail program"),
    Method.WEB_FORM: _("Copy and open web form"),
    Method.PRINT: _("Print it, sign it and post it"),
    Method.CALL: _("Call the office"),
    Method.HANDOVER: _("Go on at an outside action centre"),
}


@dataclass(frozen=True)
class OfficeToWrite:
    """A target with what the public record says about reaching it. `url` is the office's own web form or page."""

    target: Target
    title: str
    where: str
    email: str = ""
    url: str = ""
    phones: tuple[str, ...] = ()
    is_own: bool = False

    @property
    def pk(self) -> int:
        return self.target.pk


def seats_asked(shown: Shown) -> set[int]:
    """Seats whose constituents alone write there: where a district is not certain, these are why it matters."""
    rows = Target.objects.active().filter(campaign=shown.campaign, is_own_only=True, seat__isnull=False)
    return {seat for seat in rows.order_by().values_list("seat", flat=True) if seat}


def places_asked(shown: Shown) -> list[str]:
    """Whose officials the campaign writes to: what somebody is told who lives elsewhere."""
    rows = Target.objects.active().filter(campaign=shown.campaign, seat__isnull=False)
    places = Jurisdiction.objects.filter(pk__in=rows.order_by().values("seat__chamber__jurisdiction"))
    return [place.name_in(shown.language) for place in places.order_by("name", "pk")]


def for_supporter(shown: Shown, place: Place, day: date) -> list[OfficeToWrite]:
    """Their own representatives first. Where no rule gives them anybody, those of the fallback."""
    # A campaign may have thousands of targets: whom this supporter may write to is asked of the database.
    is_own = Q(seat__in=place.seats)
    rows = _with_offices().written_to(day).filter(Q(is_own_only=False) | is_own, campaign=shown.campaign)
    own_first = Case(When(is_own, then=0), default=1)
    by_name = ("official__sort_name", "agency_name", "pk")
    found = list(rows.order_by("is_fallback", own_first, *by_name)[:MOST])
    found = [one for one in found if not one.is_fallback] or found
    return [_office(one, shown, day, is_own=one.seat_id in place.seats) for one in found]


def gone(shown: Shown, kept: Collection[int], day: date) -> list[OfficeToWrite]:
    """Those of these targets that the supporter may not write to any more: left, or left alone since the page came."""
    rows = _with_offices().filter(campaign=shown.campaign, pk__in=kept)
    return [_office(one, shown, day, is_own=False) for one in rows]


def of_targets(targets: Iterable[int], shown: Shown, day: date) -> dict[int, OfficeToWrite]:
    """By target, whoever may write there: for the receipt."""
    rows = _with_offices().filter(pk__in=list(targets))
    return {one.pk: _office(one, shown, day, is_own=False) for one in rows}


def ways_to(office: OfficeToWrite, shown: Shown) -> list[Method]:
    """The best way first."""
    if shown.is_petition:
        return []
    if shown.is_call:
        return [Method.CALL]
    can = {
        Method.PORTAL_EMAIL: bool(office.email),
        Method.WEB_FORM: bool(office.url),
        Method.OWN_MAIL: bool(office.email),
        Method.PRINT: True,
        Method.HANDOVER: bool(shown.handover_url),
    }
    return [method for method, is_there in can.items() if is_there]


def _with_offices() -> TargetQuerySet:
    officials = Official.objects.with_seats().prefetch_related("contact_points", "offices")
    return Target.objects.select_related("seat__chamber__jurisdiction", "rule").prefetch_related(
        Prefetch("official", queryset=officials)
    )


def _office(target: Target, shown: Shown, day: date, *, is_own: bool) -> OfficeToWrite:
    if target.official is None:
        rule = target.rule
        return OfficeToWrite(
            target,
            title=target.agency_in(shown.language),
            where=rule.docket if rule else "",
            email=rule.agency_email if rule else "",
            url=rule.agency_url if rule else "",
        )
    points = [one for one in target.official.contact_points.all() if one.ended_on is None]
    offices = [one for one in target.official.offices.all() if one.ended_on is None]
    kept = {kind: [one.value for one in points if one.kind == kind] for kind in ContactKind}
    phones = [*(one.phone for one in offices if one.phone), *kept[ContactKind.PHONE]]
    return OfficeToWrite(
        target,
        title=titles.titled(target.official, day, shown.language),
        where=target.seat.label_in(shown.language) if target.seat else "",
        email=next(iter(kept[ContactKind.EMAIL]), ""),
        url=next(iter(kept[ContactKind.WEBFORM] or kept[ContactKind.URL]), ""),
        phones=tuple(dict.fromkeys(phones)),
        is_own=is_own,
    )
