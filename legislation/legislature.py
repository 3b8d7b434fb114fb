"""A legislature on a day: its chambers, who holds which seat, and which places are vacant."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, QuerySet

from legislation.directory import Line, line
from legislation.models import (
    Chamber,
    ChamberCode,
    Committee,
    Jurisdiction,
    Level,
    Official,
    PartyAffiliation,
    Seat,
    Tenure,
)
from legislation.models.jurisdiction import JurisdictionQuerySet
from legislation.models.official import OfficialQuerySet
from legislation.models.seat import SeatQuerySet

_LEVELS = list(Level.values)
_CHAMBERS = [ChamberCode.UPPER, ChamberCode.LOWER, ChamberCode.LEGISLATURE, ChamberCode.EXECUTIVE]
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Summary:
    """A legislature in a list: how many people hold its seats."""

    jurisdiction: Jurisdiction
    in_office: int


def summaries(jurisdictions: JurisdictionQuerySet, day: date) -> list[Summary]:
    """Countries, states, provinces and territories; those with a parliament of their own first."""
    held = (
        Tenure.objects.in_force(day)
        .order_by()
        .values_list("seat__chamber__jurisdiction")
        .annotate(number=Count("pk"))
    )
    in_office: dict[int, int] = dict(held)
    found = [Summary(one, in_office.get(one.pk, 0)) for one in jurisdictions.with_a_legislature()]
    return sorted(found, key=lambda one: (_LEVELS.index(one.jurisdiction.level), str(one.jurisdiction)))


def chambers(jurisdiction: Jurisdiction) -> list[Chamber]:
    """Upper before lower, the executive last."""
    order = {code: place for place, code in enumerate(_CHAMBERS)}
    return sorted(jurisdiction.chambers.all(), key=lambda one: (order.get(ChamberCode(one.code), 9), one.pk))


def seats_of(chamber: Chamber) -> SeatQuerySet:
    return Seat.objects.filter(chamber=chamber)


def seats_in_the_federal_legislature(jurisdiction: Jurisdiction) -> SeatQuerySet:
    """The seats in Congress or Parliament that represent this state, province or territory."""
    seats = Seat.objects.filter(division__jurisdiction=jurisdiction)
    return seats.exclude(chamber__jurisdiction=jurisdiction)


def towns(jurisdiction: Jurisdiction) -> QuerySet[Jurisdiction]:
    return jurisdiction.parts.filter(level__in=[Level.COUNTY, Level.LOCAL]).order_by("name", "pk")


def committees(jurisdiction: Jurisdiction) -> list[Committee]:
    """Committees that still sit, with their subcommittees as `open_parts`."""
    still = Committee.objects.filter(ended_on=None).order_by("name", "pk")
    return list(
        still.filter(jurisdiction=jurisdiction, parent=None)
        .select_related("chamber")
        .prefetch_related(Prefetch("subcommittees", queryset=still, to_attr="open_parts"))
    )


def sitting(day: date) -> OfficialQuerySet:
    """Officials with the seats and party of one day only: what a roll of hundreds names them by."""
    seats = (
        Tenure.objects.in_force(day)
        .select_related("seat__chamber__jurisdiction", "seat__division__jurisdiction")
        .order_by(F("starts_on").desc(nulls_last=True), "-pk")
    )
    parties = PartyAffiliation.objects.in_force(day).order_by("-pk")
    return Official.objects.prefetch_related(Prefetch("tenures", queryset=seats)).prefetch_related(
        Prefetch("parties", queryset=parties)
    )


@dataclass(frozen=True)
class Holder:
    tenure: Tenure
    line: Line
    is_unconfirmed: bool


@dataclass(frozen=True)
class Place:
    """A seat with whoever holds it. `vacant` counts its places without a holder; `elect` are yet to take office."""

    seat: Seat
    holders: list[Holder]
    vacant: int
    elect: list[Tenure]


@dataclass(frozen=True)
class Roll:
    """Every seat of today's map, with the sums over them."""

    places: list[Place]

    @property
    def in_all(self) -> int:
        return sum(place.seat.places for place in self.places)

    @property
    def held(self) -> int:
        return sum(len(place.holders) for place in self.places)

    @property
    def vacant(self) -> int:
        return sum(place.vacant for place in self.places)

    @property
    def unconfirmed(self) -> int:
        return sum(holder.is_unconfirmed for place in self.places for holder in place.holders)


def roll(seats: SeatQuerySet, day: date, language: str | None) -> Roll:
    """The seats of today's map in the order of their districts. A vacancy is computed, never recorded."""
    return Roll(places_of(seats.current(), day, language))


def places_of(seats: SeatQuerySet, day: date, language: str | None) -> list[Place]:
    """Exactly these seats in the order of their districts, with who holds them on `day`."""
    in_force = (
        Tenure.objects.in_force(day)
        .order_by(F("starts_on").asc(nulls_first=True), "pk")
        .prefetch_related(Prefetch("official", queryset=sitting(day)))
    )
    coming = Tenure.objects.coming(day).select_related("official").order_by("starts_on", "pk")
    found = seats.select_related("chamber__jurisdiction", "division__jurisdiction").prefetch_related(
        Prefetch("tenures", queryset=in_force, to_attr="held_by"),
        Prefetch("tenures", queryset=coming, to_attr="won_by"),
    )
    return [_place(seat, day, language) for seat in sorted(found, key=by_district)]


def _place(seat: Seat, day: date, language: str | None) -> Place:
    tenures: list[Tenure] = seat.held_by  # type: ignore[attr-defined]  # prefetched by places_of()
    holders = [
        Holder(tenure, line(tenure.official, day, language), tenure.is_unconfirmed(day)) for tenure in tenures
    ]
    elect: list[Tenure] = seat.won_by  # type: ignore[attr-defined]  # prefetched by roll()
    return Place(seat, holders, max(seat.places - len(holders), 0), elect)


def by_district(seat: Seat) -> tuple[int, list[tuple[int, str]], int]:
    """District 2 comes before district 10."""
    parts = _DIGITS.split(seat.district)
    key = [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
    return seat.chamber_id, key, seat.pk
