"""What belongs to one jurisdiction of an import, and which of its seats stand vacant."""

from datetime import date

from django.db.models import Q

from legislation.models import ChamberCode, Seat

_LEGISLATIVE = [ChamberCode.UPPER, ChamberCode.LOWER, ChamberCode.LEGISLATURE]


def in_scope(ocd_id: str, prefix: str) -> Q:
    """Rows of a jurisdiction and of the municipalities in it; `prefix` leads to the jurisdiction."""
    return Q(**{f"{prefix}__ocd_id": ocd_id}) | Q(
        **{f"{prefix}__parent__ocd_id": ocd_id, f"{prefix}__level": "local"}
    )


def vacancies(ocd_id: str, day: date) -> dict[str, int]:
    """The seats of its legislature with free places, and how many."""
    seats = Seat.objects.filter(chamber__jurisdiction__ocd_id=ocd_id, chamber__code__in=_LEGISLATIVE)
    rows = seats.vacant(day).order_by("chamber", "district", "pk")
    return {seat.label: seat.free_places() for seat in rows}
