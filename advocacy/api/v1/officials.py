"""Officials: the public record, as everybody with a role may read it."""

from datetime import date

from django.http import Http404
from django.utils import timezone
from ninja import Query, Router

from advocacy.api.addresses import address
from advocacy.api.doors import ApiRequest, needs, shows
from advocacy.api.models import Scope
from advocacy.api.v1.paging import page_of
from advocacy.api.v1.shapes import (
    PROBLEMS,
    IdentifierOut,
    OfficialOut,
    OfficialsAsked,
    PageOut,
    SeatOut,
    TenureOut,
)
from legislation.models import Official, Seat, Tenure
from legislation.models.official import OfficialQuerySet

router = Router(tags=["Officials"])
_NEEDS = needs(Scope.OFFICIALS_READ)
_ORDER = ("sort_name", "pk")


@router.get("", response={200: PageOut[OfficialOut], **PROBLEMS}, url_name="officials", **_NEEDS)
@shows
def officials(request: ApiRequest, asked: Query[OfficialsAsked]) -> PageOut[OfficialOut]:
    """Everybody in public office, now or once, by family name."""
    day = request.person.today(timezone.now())
    rows = _complete(_narrowed(Official.objects.visible_to(request.person), asked, day))
    return page_of(request, rows, asked, _ORDER, lambda one: shape_of(one, day))


@router.get("/{int:pk}", response={200: OfficialOut, **PROBLEMS}, url_name="official", **_NEEDS)
@shows
def official(request: ApiRequest, pk: int) -> OfficialOut:
    """One official with every seat on record."""
    found = _complete(Official.objects.visible_to(request.person)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return shape_of(found, request.person.today(timezone.now()))


def _narrowed(rows: OfficialQuerySet, asked: OfficialsAsked, day: date) -> OfficialQuerySet:
    if asked.q:
        rows = rows.search(asked.q, day)
    seats = {
        "chamber__jurisdiction__ocd_id": asked.jurisdiction,
        "division__ocd_id": asked.division,
        "chamber__code": asked.chamber,
    }
    if wanted := {name: value for name, value in seats.items() if value}:
        rows = rows.ever_held(Seat.objects.filter(**wanted))
    if asked.in_office is None:
        return rows
    if wanted and asked.in_office:
        return rows.holding(Seat.objects.filter(**wanted), day)
    return rows.in_office(day) if asked.in_office else rows.exclude(pk__in=Official.objects.in_office(day))


def _complete(rows: OfficialQuerySet) -> OfficialQuerySet:
    return rows.with_seats().prefetch_related("identifiers", "tenures__seat__division")


def shape_of(official: Official, day: date) -> OfficialOut:
    tenures = list(official.tenures.all())
    return OfficialOut(
        id=official.pk,
        url=address("official", official.pk),
        name=official.name,
        given_name=official.given_name,
        family_name=official.family_name,
        in_office=any(one.is_in_force(day) for one in tenures),
        identifiers=[IdentifierOut(scheme=one.scheme, value=one.value) for one in official.identifiers.all()],
        tenures=[_tenure(one, day) for one in tenures],
    )


def _tenure(tenure: Tenure, day: date) -> TenureOut:
    return TenureOut(
        seat=seat_shape(tenure.seat),
        title=tenure.title,
        starts_on=tenure.starts_on,
        ends_on=tenure.ends_on,
        end_is_expected=tenure.end_is_expected,
        is_in_force=tenure.is_in_force(day),
    )


def seat_shape(seat: Seat) -> SeatOut:
    return SeatOut(
        id=seat.pk,
        label=str(seat),
        chamber=seat.chamber.code,
        chamber_name=str(seat.chamber),
        district=seat.district,
        division_id=seat.division.ocd_id if seat.division else None,
        jurisdiction_id=seat.chamber.jurisdiction.ocd_id,
    )
