"""Numbers of the delegation: how many of its seats are touched, assigned and strong at the end of the days."""

from dataclasses import dataclass

from advocacy.interactions.coverage import last_contacts
from advocacy.interactions.models import Interaction, KeyContact, Rank, RelationshipScore
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import Scope, Window
from members import delegation
from members.delegation import Delegation


@dataclass(frozen=True)
class Holders:
    """Who holds the seats of one delegation or several. A seat that two chapters cover stands here once."""

    seats: dict[tuple[int, int], int]
    vacant: set[int]
    chapters: frozenset[int]


def _holders(scope: Scope, window: Window) -> Holders:
    found: list[Delegation] = [
        delegation.of_chapter(chapter, window.last)
        for chapter in scope.members().active(window.last).order_by("pk")
    ]
    seats = {
        (member.seat.pk, member.holder.tenure.pk): member.holder.tenure.official_id
        for one in found
        for member in one.members
    }
    vacant = {vacancy.seat.pk for one in found for vacancy in one.vacancies}
    return Holders(seats, vacant, frozenset().union(*(one.chapters for one in found)))


def delegation_size(scope: Scope, window: Window) -> Figure:
    found = _holders(scope, window)
    return Figure(Unit.COUNT, len(found.seats), parts={"vacant": len(found.vacant)})


def covered(scope: Scope, window: Window) -> Figure:
    """By the official who holds the seat: whoever is new in it begins at zero."""
    found = _holders(scope, window)
    officials = set(found.seats.values())
    touched = last_contacts(officials, Interaction.objects.kept(), window.last)
    ties = KeyContact.objects.kept(window.last).filter(chapter__in=found.chapters, official__in=officials)
    assigned = set(ties.filter(rank=Rank.PRIMARY).values_list("official", flat=True))
    scores = RelationshipScore.objects.filter(official__in=officials, said_on__lte=window.last)
    strong = {one.official_id for one in scores.newest_of_each() if one.is_strong(window.last)}
    return Figure(
        Unit.PERCENT,
        sum(official in touched for official in found.seats.values()),
        of=len(found.seats),
        parts={
            "assigned": sum(official in assigned for official in found.seats.values()),
            "strong": sum(official in strong for official in found.seats.values()),
            "vacant": len(found.vacant),
        },
    )
