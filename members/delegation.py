"""The delegation: the seats a chapter, or a state team, is meant to cover on a day (DOMAIN.md §6.3).

A seat belongs to it where its district overlaps the territory. Vacant places leave numerator and denominator and are
listed; statewide offices stand on a line of their own. A town's or county's seats count only for a chapter that names
that town or county in its territory: the local opt-in. What cannot be decided, because no
table tells which districts a part of a state holds, is said.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.utils.translation import get_language

from legislation.legislature import Holder, Place, places_of
from legislation.models import ChamberCode, Seat, Tenure
from members.models import Chapter, ChapterTerritory, JurisdictionTeam
from members.territory_seats import Territories, Undecided

_T = TypeVar("_T")


@dataclass(frozen=True)
class Member:
    """One place of a seat that somebody holds, and the rule that makes it part of the delegation."""

    seat: Seat
    holder: Holder
    why: str
    # Who has won the seat and takes office later; they count from that day.
    elect: list[Tenure] = field(default_factory=list)


@dataclass(frozen=True)
class Vacancy:
    seat: Seat
    places: int
    why: str
    elect: list[Tenure] = field(default_factory=list)


@dataclass
class Delegation:
    """Who is to be covered, seat by seat, and what could not be decided. `remarks`: what the record does not know."""

    day: date
    # Whose delegation it is: the chapter, or the chapters of the team.
    chapters: frozenset[int] = frozenset()
    team_id: int | None = None
    members: list[Member] = field(default_factory=list)
    statewide: list[Member] = field(default_factory=list)
    vacancies: list[Vacancy] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def of_chapter(chapter: Chapter, day: date) -> Delegation:
    territories = chapter.territories.select_related("jurisdiction__parent").prefetch_related("divisions")
    return _delegation(territories, Delegation(day, frozenset({chapter.pk})))


def of_team(team: JurisdictionTeam, day: date) -> Delegation:
    """All that the team's chapters cover of its jurisdiction, each seat once."""
    territories = (
        ChapterTerritory.objects.filter(
            jurisdiction=team.jurisdiction_id, chapter__in=Chapter.objects.active(day)
        )
        .order_by("coverage", "pk")
        .select_related("jurisdiction__parent")
        .prefetch_related("divisions")
    )
    chapters = frozenset(territory.chapter_id for territory in territories)
    return _delegation(territories, Delegation(day, chapters, team.pk))


@dataclass
class Found:
    """The seats of some territories by key, each with the rule that makes it one, and what is not known."""

    why: dict[int, str] = field(default_factory=dict)
    undecided: list[Undecided] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def seats_of(territories: Iterable[ChapterTerritory], day: date) -> Found:
    """The first rule that makes a seat one of theirs stands; a chamber that one territory decides is decided."""
    found = Found()
    decided: set[tuple[int, int]] = set()
    undecided: dict[tuple[int, int], Undecided] = {}
    for territory, part in Territories(territories, day).parts():
        place = territory.jurisdiction
        for seat_id, rule in part.seats.items():
            found.why.setdefault(seat_id, rule)
        decided |= {(place.pk, chamber) for chamber in part.decided}
        undecided |= {(place.pk, chamber.pk): Undecided(place, chamber) for chamber in part.open}
        found.remarks += part.remarks
    found.undecided = [one for key, one in undecided.items() if key not in decided]
    found.remarks = list(dict.fromkeys(found.remarks))
    return found


def _delegation(territories: Iterable[ChapterTerritory], found: Delegation) -> Delegation:
    seats = seats_of(territories, found.day)
    found.undecided, found.remarks = seats.undecided, seats.remarks
    for one in places_of(Seat.objects.filter(pk__in=seats.why), found.day, get_language()):
        _add(found, one, seats.why[one.seat.pk])
    return found


def _add(found: Delegation, place: Place, why: str) -> None:
    is_statewide = place.seat.chamber.code == ChamberCode.EXECUTIVE
    members = found.statewide if is_statewide else found.members
    members.extend(Member(place.seat, holder, why, place.elect) for holder in _counted(place))
    if place.vacant:
        found.vacancies.append(Vacancy(place.seat, place.vacant, why, place.elect))


def _counted(place: Place) -> list[Holder]:
    return first_counted(
        place.holders, place.seat.places, lambda one: (one.is_unconfirmed, one.tenure.starts_on)
    )


def first_counted(
    holders: Sequence[_T], places: int, term: Callable[[_T], tuple[bool, date | None]]
) -> list[_T]:
    """No more holders than places: a successor counts before somebody whose term has ended, unconfirmed.

    `term` says of a holder whether that is so, and since when they hold the seat; the holders come oldest first.
    """

    def newest_first(holder: _T) -> tuple[bool, date]:
        is_unconfirmed, starts_on = term(holder)
        return not is_unconfirmed, starts_on or date.min

    counted = sorted(holders, key=newest_first, reverse=True)[:places]
    return [holder for holder in holders if holder in counted]
