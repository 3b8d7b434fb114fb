"""One line of the directory: an official as lists, type-ahead and committee pages name them."""

from dataclasses import dataclass
from datetime import date

from legislation.models import Jurisdiction, Official, Seat, Tenure
from legislation.titles import initials, titled


@dataclass(frozen=True)
class Line:
    """An official on a certain day: the name with its title, the seats held, the party.

    `is_stale`: it is not sure any more that they sit there (`freshness`); told only where a list marks it.
    """

    official: Official
    name: str
    initials: str
    tenures: list[Tenure]
    party: str
    day: date
    is_stale: bool = False

    @property
    def is_former(self) -> bool:
        return not self.tenures and not self.coming

    @property
    def coming(self) -> list[Tenure]:
        """Seats they have won and not taken up; known for officials fetched `with_seats()`."""
        every = self.official.tenures.all()
        return [tenure for tenure in every if tenure.starts_on and tenure.starts_on > self.day]

    @property
    def takes_office_on(self) -> date | None:
        """When an official-elect is sworn in; None for somebody who holds a seat, or will hold none."""
        return (
            min((one.starts_on for one in self.coming if one.starts_on), default=None)
            if not self.tenures
            else None
        )

    @property
    def coming_seats(self) -> str:
        return ", ".join(str(tenure.seat) for tenure in self.coming)

    @property
    def is_unconfirmed(self) -> bool:
        """Only in office because nobody has confirmed that the term's expected end was the end."""
        return bool(self.tenures) and all(tenure.is_unconfirmed(self.day) for tenure in self.tenures)

    @property
    def seats(self) -> str:
        return ", ".join(str(tenure.seat) for tenure in self.tenures)

    @property
    def last_seats(self) -> str:
        """For a former official: where they sat last."""
        last = next(iter(self.official.tenures.all()), None)
        return str(last.seat) if last else ""

    @property
    def states(self) -> str:
        """The state, province or country of the seats held now, or else of the last one."""
        tenures = self.tenures or list(self.official.tenures.all())[:1]
        return ", ".join(dict.fromkeys(str(place_of(tenure.seat)) for tenure in tenures))

    @property
    def place(self) -> str:
        """The state or province they speak for, unless the seat says so already."""
        places = dict.fromkeys(str(place_of(tenure.seat)) for tenure in self.tenures)
        return ", ".join(place for place in places if place not in self.seats)


def place_of(seat: Seat) -> Jurisdiction:
    """Texas, for a seat of the Texas House as well as for one of Texas's seats in Congress."""
    if seat.division and seat.division.jurisdiction:
        return seat.division.jurisdiction
    return seat.chamber.jurisdiction


def line(official: Official, day: date, language: str | None, *, is_stale: bool = False) -> Line:
    """Costs no query for officials fetched `with_seats()`."""
    return Line(
        official=official,
        name=titled(official, day, language),
        initials=initials(official),
        tenures=official.tenures_in_force(day),
        party=official.party_on(day),
        day=day,
        is_stale=is_stale,
    )
