"""Numbers of the delegation: how many of its seats are touched, assigned and strong at the end of the days."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Self

from django.db.models import QuerySet

from advocacy.interactions.models import Interaction, KeyContact, Rank, RelationshipScore
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import TOGETHER, By, Scope, Window
from members.held_seats import HeldSeats
from members.models import ChapterTerritory


class Sums(NamedTuple):
    """Of some seats: how many places are held, by whom we know how well, and how many seats have a vacant place."""

    held: int = 0
    touched: int = 0
    assigned: int = 0
    strong: int = 0
    vacant: int = 0


class Standings:
    """How we stand with the holders of the scope's seats on the last day.

    The record is asked of all officials and not of those of the delegation: a list of 25,000 keys is slower than
    their rows.
    """

    def __init__(self, scope: Scope, window: Window, near: Self | None = None) -> None:
        """`near`: of the same scope and other days; its seats are not fetched again where they are the same."""
        day = window.last
        active = scope.members().active(day).order_by().values_list("pk", flat=True)
        self._chapters = frozenset(active)
        same = near._seats.on(day) if near and near._chapters == self._chapters else None
        self._seats: HeldSeats = same or HeldSeats(self._territories(), day)
        self._touched = _touched(day)
        ties = KeyContact.objects.kept(day).filter(chapter__in=self._chapters, rank=Rank.PRIMARY).order_by()
        self._assigned: dict[int, set[int]] = {}
        for chapter, official in ties.values_list("chapter", "official"):
            self._assigned.setdefault(chapter, set()).add(official)
        scores = RelationshipScore.objects.filter(said_on__lte=day)
        self._strong = {one.official_id for one in scores.newest_of_each() if one.is_strong(day)}

    def _territories(self) -> "QuerySet[ChapterTerritory]":
        rows = ChapterTerritory.objects.filter(chapter__in=self._chapters).select_related(
            "jurisdiction__parent"
        )
        return rows.prefetch_related("divisions").order_by("coverage", "pk")

    def by_chapter(self) -> dict[int, Sums]:
        """Each chapter with its own key contacts."""
        return {
            chapter: self._sums(seats, self._assigned.get(chapter, set()))
            for chapter, seats in self._seats.of_chapter.items()
        }

    def together(self) -> Sums:
        """A seat that two chapters cover counts once."""
        return self._sums(self._seats.together(), set().union(*self._assigned.values()))

    def by_place(self) -> dict[int, Sums]:
        """By the state or province that elects the seat."""
        assigned: set[int] = set().union(*self._assigned.values())
        return {place: self._sums(seats, assigned) for place, seats in self._seats.by_place().items()}

    def _sums(self, seats: Collection[int], assigned: set[int]) -> Sums:
        officials = self._seats.officials(seats)
        touched, tied, strong = (
            sum(map(known.__contains__, officials)) for known in (self._touched, assigned, self._strong)
        )
        return Sums(len(officials), touched, tied, strong, self._seats.vacant(seats))


def gather(scope: Scope, window: Window, by: By) -> Mapping[int, list[Sums]]:
    found = Standings(scope, window)
    if by is By.ALL:
        return {TOGETHER: [found.together()]}
    return {chapter: [sums] for chapter, sums in found.by_chapter().items()}


def _touched(day: date) -> set[int]:
    contacts = Interaction.objects.meaningful().in_trailing_year(day).filter(offices__official__isnull=False)
    return set(contacts.order_by().values_list("offices__official", flat=True).distinct())


def delegation_size(sums: Sequence[Sums]) -> Figure:
    found = sums[0] if sums else Sums()
    return Figure(Unit.COUNT, found.held, parts={"vacant": found.vacant})


def covered(sums: Sequence[Sums]) -> Figure:
    """By the official who holds the seat: whoever is new in it begins at zero."""
    found = sums[0] if sums else Sums()
    parts = {"assigned": found.assigned, "strong": found.strong, "vacant": found.vacant}
    return Figure(Unit.PERCENT, found.touched, of=found.held, parts=parts)
