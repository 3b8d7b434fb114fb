"""A district chosen by hand: for those whom no table and no map can place."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from legislation.lookup.answer import Answer, EditionUsed, Found, Method
from legislation.lookup.answering import answer_of
from legislation.lookup.record import LEGISLATIVE, STATEWIDE_LEVELS, Record
from legislation.models import Chamber, ChamberCode, Jurisdiction, Level, Seat
from legislation.models.jurisdiction import JurisdictionQuerySet
from legislation.models.seat import SeatQuerySet


@dataclass(frozen=True)
class Offer:
    """A chamber with the seats to choose from."""

    chamber: Chamber
    seats: SeatQuerySet


def states(user: User) -> JurisdictionQuerySet:
    """States, provinces and territories for which the record knows members, the large country's first."""
    represented = Seat.objects.current().exclude(division__jurisdiction=None).values("division__jurisdiction")
    visible = Jurisdiction.objects.visible_to(user).filter(level__in=STATEWIDE_LEVELS, pk__in=represented)
    return visible.order_by("-country", "name", "pk")


def offers(state: Jurisdiction) -> list[Offer]:
    """The federal house and the state's own chambers, with the seats that districts of this state elect."""
    federal = Q(jurisdiction__level=Level.FEDERAL, code=ChamberCode.LOWER)
    chambers = Chamber.objects.filter(federal | Q(jurisdiction=state, code__in=LEGISLATIVE))
    found = []
    for chamber in chambers.select_related("jurisdiction").order_by("jurisdiction__parent", "code", "pk"):
        seats = Seat.objects.current().filter(chamber=chamber, division__jurisdiction=state)
        if seats.exists():
            found.append(Offer(chamber, seats.order_by("label", "pk")))
    return sorted(
        found, key=lambda offer: (offer.chamber.jurisdiction.level != Level.FEDERAL, offer.chamber.code)
    )


def chosen(state: Jurisdiction, seats: list[Seat], record: Record) -> Answer:
    """Who represents somebody who says which districts are theirs."""
    found = [
        Found(
            edition=_edition(seat, record),
            jurisdiction_id=seat.chamber.jurisdiction_id,
            chamber_code=seat.chamber.code,
            division_id=seat.division_id,
        )
        for seat in seats
        if seat.division_id
    ]
    return answer_of(
        found,
        record=record,
        query=str(state),
        country=state.country,
        method=Method.MANUAL,
        notes=[],
        states=[state],
    )


def _edition(seat: Seat, record: Record) -> EditionUsed:
    lines = record.lines_of(seat.chamber.jurisdiction_id, seat.chamber.code)
    return lines.used if lines else EditionUsed("by-hand", _("Chosen by hand"))
