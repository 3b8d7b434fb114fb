"""The delegation: the seats a chapter, or a state team, is meant to cover on a day (DOMAIN.md §6.3).

A seat belongs to it where its district overlaps the territory. Vacant places leave numerator and denominator and are
listed; statewide offices stand on a line of their own; a town's seats do not count. What cannot be decided, because no
table tells which districts a part of a state holds, is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legislation.legislature import Holder, Place, roll
from legislation.models import Chamber, ChamberCode, Division, Jurisdiction, MapEdition, PostalDistrict, Seat
from legislation.models.seat import SeatQuerySet
from members.models import Chapter, ChapterTerritory, JurisdictionTeam
from members.models.chapter import Coverage

_BY_DISTRICT = [ChamberCode.LOWER, ChamberCode.UPPER, ChamberCode.LEGISLATURE]


@dataclass(frozen=True)
class Member:
    """One place of a seat that somebody holds, and the rule that makes it part of the delegation."""

    seat: Seat
    holder: Holder
    why: str


@dataclass(frozen=True)
class Vacancy:
    seat: Seat
    places: int
    why: str


@dataclass(frozen=True)
class Undecided:
    """A chamber of which it cannot be told which of a state's districts lie in a part of that state."""

    place: Jurisdiction
    chamber: Chamber


@dataclass
class Delegation:
    """Who is to be covered, seat by seat, and what could not be decided."""

    day: date
    members: list[Member] = field(default_factory=list)
    statewide: list[Member] = field(default_factory=list)
    vacancies: list[Vacancy] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)


def of_chapter(chapter: Chapter, day: date) -> Delegation:
    territories = chapter.territories.select_related("jurisdiction__parent").prefetch_related("divisions")
    return _delegation(territories, day)


def of_team(team: JurisdictionTeam, day: date) -> Delegation:
    """All that the team's chapters cover of its jurisdiction, each seat once."""
    territories = ChapterTerritory.objects.filter(
        jurisdiction=team.jurisdiction_id, chapter__in=Chapter.objects.active(day)
    ).order_by("coverage", "pk")
    return _delegation(territories.select_related("jurisdiction__parent").prefetch_related("divisions"), day)


@dataclass
class _Part:
    """What one territory brings: seats by key, each with its rule; chambers decided and left open."""

    seats: dict[int, str]
    decided: set[int]
    open: list[Chamber] = field(default_factory=list)


def seats_of(territories: Iterable[ChapterTerritory], day: date) -> tuple[dict[int, str], list[Undecided]]:
    """The seats of some territories by key, each with the rule that makes it one, and what could not be decided."""
    why: dict[int, str] = {}
    decided: set[tuple[int, int]] = set()
    undecided: dict[tuple[int, int], Undecided] = {}
    for territory in territories:
        part, place = _part(territory, day), territory.jurisdiction
        for seat_id, rule in part.seats.items():
            why.setdefault(seat_id, rule)
        decided |= {(place.pk, chamber) for chamber in part.decided}
        undecided |= {(place.pk, chamber.pk): Undecided(place, chamber) for chamber in part.open}
    return why, [one for key, one in undecided.items() if key not in decided]


def _delegation(territories: Iterable[ChapterTerritory], day: date) -> Delegation:
    found = Delegation(day)
    why, found.undecided = seats_of(territories, day)
    seats = Seat.objects.filter(pk__in=why).select_related("chamber__jurisdiction")
    for one in roll(seats, day, get_language()).places:
        _add(found, one, why[one.seat.pk])
    return found


def _add(found: Delegation, place: Place, why: str) -> None:
    is_statewide = place.seat.chamber.code == ChamberCode.EXECUTIVE
    members = found.statewide if is_statewide else found.members
    members.extend(Member(place.seat, holder, why) for holder in _counted(place))
    if place.vacant:
        found.vacancies.append(Vacancy(place.seat, place.vacant, why))


def _counted(place: Place) -> list[Holder]:
    """No more holders than places: a successor counts before somebody whose term has ended, unconfirmed."""
    newest_first = sorted(
        place.holders,
        key=lambda one: (not one.is_unconfirmed, one.tenure.starts_on or date.min),
        reverse=True,
    )
    counted = newest_first[: place.seat.places]
    return [holder for holder in place.holders if holder in counted]


def _part(territory: ChapterTerritory, day: date) -> _Part:
    place = territory.jurisdiction
    every = Seat.objects.current().for_jurisdiction([place.pk]).exclude(chamber__code=ChamberCode.LOCAL)
    if territory.coverage == Coverage.FULL:
        rule = _("all of %(place)s") % {"place": place}
        rows = dict(every.values_list("pk", "chamber"))
        return _Part(dict.fromkeys(rows, rule), set(rows.values()))
    return _seats_of_a_part(territory, place, every, day)


def _seats_of_a_part(
    territory: ChapterTerritory, place: Jurisdiction, every: SeatQuerySet, day: date
) -> _Part:
    whole = every.filter(Q(division__ocd_id=place.division_id) | Q(chamber__code=ChamberCode.EXECUTIVE))
    found = dict.fromkeys(
        whole.values_list("pk", flat=True), _("all of %(place)s elects it") % {"place": place}
    )
    for prefix in territory.postal_prefix_list:
        rule = _("codes that begin with %(prefix)s lie in it") % {"prefix": prefix}
        for pk in every.filter(division__in=_divisions_beginning(prefix, day)).values_list("pk", flat=True):
            found.setdefault(pk, rule)
    named: list[Division] = list(territory.divisions.all())
    for pk in every.filter(division__in=named).values_list("pk", flat=True):
        found.setdefault(pk, _("named by staff"))
    of_districts = every.exclude(pk__in=whole.values("pk"))
    decided = set(of_districts.filter(pk__in=found).values_list("chamber", flat=True))
    chambers = Chamber.objects.filter(code__in=_BY_DISTRICT, seats__in=of_districts).distinct()
    return _Part(found, decided, [chamber for chamber in chambers if chamber.pk not in decided])


def _divisions_beginning(prefix: str, day: date) -> list[int]:
    in_force = set(MapEdition.objects.in_force(day).values_list("pk", flat=True))
    # By the code alone, which has an index: with the edition beside it SQLite reads the whole table.
    rows = (
        PostalDistrict.objects.beginning_with(prefix).order_by().values_list("edition", "division").distinct()
    )
    return [division for edition, division in rows if edition in in_force]
