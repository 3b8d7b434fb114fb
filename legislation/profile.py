"""The parts of an official's profile, in the order in which somebody who prepares a meeting reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from advocacy.accounts.models import User
from legislation.actions.staffers import may_edit
from legislation.models import Country, Official, Staffer, Tenure


@dataclass(frozen=True)
class Seats:
    """One person's tenures on a day, each list newest first."""

    current: list[Tenure]
    unconfirmed: list[Tenure]
    coming: list[Tenure]
    former: list[Tenure]


def tenures(official: Official, day: date) -> Seats:
    every = list(official.tenures.all())
    in_force = [tenure for tenure in every if tenure.is_in_force(day)]
    coming = [tenure for tenure in every if tenure.starts_on is not None and tenure.starts_on > day]
    return Seats(
        current=[tenure for tenure in in_force if not tenure.is_unconfirmed(day)],
        unconfirmed=[tenure for tenure in in_force if tenure.is_unconfirmed(day)],
        coming=coming,
        former=[tenure for tenure in every if tenure not in in_force and tenure not in coming],
    )


def is_canadian(official: Official) -> bool:
    return any(
        tenure.seat.chamber.jurisdiction.country == Country.CANADA for tenure in official.tenures.all()
    )


@dataclass(frozen=True)
class StaffLine:
    staffer: Staffer
    has_left: bool
    may_edit: bool


def staffers(everybody: Iterable[Staffer], day: date, *, user: User) -> list[StaffLine]:
    """Those who work there today, then those who left."""
    lines = [
        StaffLine(
            staffer=staffer,
            has_left=staffer.ends_on is not None and staffer.ends_on <= day,
            may_edit=may_edit(staffer, user),
        )
        for staffer in everybody
    ]
    return sorted(lines, key=lambda line: line.has_left)
