"""Who holds the seats of many delegations on a day, as keys: what is counted where nobody is shown.

The rules are those of `members.delegation`; a table of sixty chapters asks for 25,000 seats, and needs no names.
"""

from collections.abc import Iterable
from copy import copy
from datetime import date
from itertools import chain, repeat
from typing import Self

from legislation.models import MapEdition, Tenure
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

    def on(self, day: date) -> Self | None:
        """The same chapters' seats on another day; None where the map was another one then."""
        if MapEdition.objects.turning_between(*sorted((self._day, day))).exists():
            return None
        seats = copy(self)
        seats._day = day
        seats._officials = seats._holders()
        return seats

    def together(self) -> set[int]:
        """The seats of all these chapters, each once."""
        return set().union(*self.of_chapter.values())

    def officials(self, seats: Iterable[int]) -> list[int]:
        """Who counts as holding them. Statewide offices are not counted, only listed where they are vacant."""
        return list(chain.from_iterable(map(self._officials.get, seats, repeat(_NOBODY))))

    def vacant(self, seats: Iterable[int]) -> int:
        """How many of these have at least one place that is."""
        return len(self._vacant.intersection(seats))

    def by_place(self) -> dict[int, list[int]]:
        """The seats by the jurisdiction that elects them: members of Congress count with their state."""
        found: dict[int, list[int]] = {}
        for seat in self.together():
            found.setdefault(self._territories.represents(seat), []).append(seat)
        return found

    def _holders(self) -> dict[int, tuple[int, ...]]:
        """By seat, in a few passes: there are 25,000."""
        seats, places = self._territories.chamber_of, self._territories.places
        rows = Tenure.objects.in_force(self._day).order_by()
        if len(seats) <= _FEW:
            rows = rows.filter(seat__in=list(seats))
        found: dict[int, tuple[int, ...]] = {}
        several = set()
        for seat, official in rows.values_list("seat", "official"):
            if seat in found:
                several.add(seat)
                found[seat] = (*found[seat], official)
            else:
                found[seat] = (official,)
        short = {seat for seat, number in places.items() if len(found.get(seat, _NOBODY)) < number}
        self._vacant = (seats.keys() - found.keys()) | short
        crowded = [seat for seat in several & seats.keys() if len(found[seat]) > places.get(seat, 1)]
        found |= self._no_more_than_places(crowded)
        executive = {pk for pk in set(seats.values()) if self._territories.is_executive(pk)}
        if executive:
            found = {seat: one for seat, one in found.items() if seats.get(seat) not in executive}
        return found

    def _no_more_than_places(self, seats: list[int]) -> dict[int, tuple[int, ...]]:
        """Of the few seats where a term has ended, unconfirmed, and a successor has come."""
        if not seats:
            return {}
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
