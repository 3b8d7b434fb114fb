"""Numbers of the delegation: how many of its seats are touched, assigned and strong at the end of the days."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from advocacy.interactions.models import Interaction, KeyContact, Office, Rank, RelationshipScore
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import TOGETHER, By, Scope, Window
from members import held_seats
from members.held_seats import Held
from members.models import Chapter, ChapterTerritory


class Standing(NamedTuple):
    """One place of a seat, and how we stand with who holds it. Without an official the place is vacant."""

    seat: int
    represents: int
    official: int | None
    is_touched: bool = False
    is_assigned: bool = False
    is_strong: bool = False


def gather(scope: Scope, window: Window, by: By) -> dict[int, list[Standing]]:
    """Every place of the delegation. A seat that two chapters cover stands once where they count together."""
    chapters = scope.members().active(window.last).order_by().values("pk")
    territories = ChapterTerritory.objects.filter(chapter__in=chapters).select_related("jurisdiction__parent")
    rows = territories.order_by("coverage", "pk").prefetch_related("divisions")
    held: dict[int, dict[Held, None]] = {}
    for chapter, places in held_seats.by_chapter(rows, window.last).items():
        held.setdefault(chapter if by is By.CHAPTER else TOGETHER, {}).update(dict.fromkeys(places))
    known = _Known(chapters, window.last, by)
    return {group: [known.standing(group, place) for place in places] for group, places in held.items()}


class _Known:
    """What the record says of officials on a day, for all groups at once.

    It is asked of all officials and not of those of the delegation: a list of 25,000 keys is slower than their rows.
    """

    def __init__(self, chapters: "QuerySet[Chapter, Any]", day: date, by: By) -> None:
        self.touched = _touched(day)
        ties = KeyContact.objects.kept(day).filter(chapter__in=chapters, rank=Rank.PRIMARY)
        self.assigned = {
            (chapter if by is By.CHAPTER else TOGETHER, official)
            for chapter, official in ties.order_by().values_list("chapter", "official")
        }
        scores = RelationshipScore.objects.filter(said_on__lte=day)
        self.strong = {one.official_id for one in scores.newest_of_each() if one.is_strong(day)}

    def standing(self, group: int, place: Held) -> Standing:
        official = place.official
        if official is None:
            return Standing(place.seat, place.represents, None)
        return Standing(
            place.seat,
            place.represents,
            official,
            official in self.touched,
            (group, official) in self.assigned,
            official in self.strong,
        )


def _touched(day: date) -> set[int]:
    contacts = Interaction.objects.meaningful().in_trailing_year(day).order_by().values("pk")
    offices = Office.objects.filter(interaction__in=contacts, official__isnull=False).order_by()
    return set(offices.values_list("official", flat=True).distinct())


def _held(places: Iterable[Standing]) -> list[Standing]:
    return [place for place in places if place.official is not None]


def _vacant(places: Iterable[Standing]) -> int:
    """Seats with a vacant place."""
    return len({place.seat for place in places if place.official is None})


def delegation_size(places: Sequence[Standing]) -> Figure:
    return Figure(Unit.COUNT, len(_held(places)), parts={"vacant": _vacant(places)})


def covered(places: Sequence[Standing]) -> Figure:
    """By the official who holds the seat: whoever is new in it begins at zero."""
    held = _held(places)
    return Figure(
        Unit.PERCENT,
        sum(place.is_touched for place in held),
        of=len(held),
        parts={
            "assigned": sum(place.is_assigned for place in held),
            "strong": sum(place.is_strong for place in held),
            "vacant": _vacant(places),
        },
    )
