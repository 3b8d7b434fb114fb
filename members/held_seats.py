"""Who holds the seats of many delegations on a day, as keys: what is counted where nobody is shown.

The rules are those of `members.delegation`; a table of sixty chapters asks for 25,000 seats, and needs no names.
"""

from collections.abc import Iterable
from datetime import date

from legislation.models import Tenure
from members.delegation import first_counted
from members.models import ChapterTerritory
from members.territory_seats import Territories

# Above this a list of keys in a query is slower than reading every row.
_FEW = 2_000
_NOBODY: tuple[int, ...] = ()


class HeldSeats:
    """The seats of some chapters' delegations, and the officials who count as their holders."""

    def __init__(self, territories: Iterable[ChapterTerritory], day: date) -> None:
        self._territories, self._day = Territories(territories, day), day
        self.of_chapter: dict[int, set[int]] = {}
        for territory, part in self._territories.parts():
            self.of_chapter.setdefault(territory.chapter_id, set()).update(part.seats)
        self._officials = self._holders()

    def together(self) -> set[int]:
        """The seats of all these chapters, each once."""
        return set().union(*self.of_chapter.values())

    def officials(self, seat: int) -> tuple[int, ...]:
        """Who counts as holding it. Statewide offices are not counted, only listed where they are vacant."""
        return self._officials.get(seat, _NOBODY)

    def is_vacant(self, seat: int) -> bool:
        """At least one of its places."""
        return seat in self._vacant

    def by_place(self) -> dict[int, list[int]]:
        """The seats by the jurisdiction that elects them: members of Congress count with their state."""
        found: dict[int, list[int]] = {}
        for seat in self.together():
            found.setdefault(self._territories.represents(seat), []).append(seat)
        return found

    def _holders(self) -> dict[int, tuple[int, ...]]:
        rows = Tenure.objects.in_force(self._day).order_by()
        seats = self._territories.chamber_of
        if len(seats) <= _FEW:
            rows = rows.filter(seat__in=list(seats))
        found: dict[int, tuple[int, ...]] = {}
        for seat, official in rows.values_list("seat", "official"):
            found[seat] = (*found[seat], official) if seat in found else (official,)
        places = self._territories.places
        self._vacant = {seat for seat in seats if len(found.get(seat, _NOBODY)) < places.get(seat, 1)}
        crowded = [seat for seat, officials in found.items() if len(officials) > places.get(seat, 1)]
        found |= self._no_more_than_places([seat for seat in crowded if seat in seats])
        executive = {pk for pk in set(seats.values()) if self._territories.is_executive(pk)}
        return {seat: one for seat, one in found.items() if seats.get(seat) not in executive}

    def _no_more_than_places(self, seats: list[int]) -> dict[int, tuple[int, ...]]:
        """Of the few seats where a term has ended, unconfirmed, and a successor has come."""
        tenures: dict[int, list[Tenure]] = {}
        rows = Tenure.objects.in_force(self._day).filter(seat__in=seats)
        for one in sorted(rows, key=lambda one: (one.starts_on or date.min, one.pk)):
            tenures.setdefault(one.seat_id, []).append(one)
        counted = {
            seat: first_counted(
                held,
                self._territories.places.get(seat, 1),
                lambda one: (one.is_unconfirmed(self._day), one.starts_on),
            )
            for seat, held in tenures.items()
        }
        return {seat: tuple(one.official_id for one in held) for seat, held in counted.items()}
