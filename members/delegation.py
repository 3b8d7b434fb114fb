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


@dataclass
class Delegation:
    """Who is to be covered, chamber by chamber. `undecided`: chambers none of whose districts could be told."""

    day: date
    members: list[Member] = field(default_factory=list)
    statewide: list[Member] = field(default_factory=list)
    vacancies: list[Vacancy] = field(default_factory=list)
    undecided: list[Chamber] = field(default_factory=list)


def of_chapter(chapter: Chapter, day: date) -> Delegation:
    territories = chapter.territories.select_related("jurisdiction__parent").prefetch_related("divisions")
    return _delegation(territories, day)


def of_team(team: JurisdictionTeam, day: date) -> Delegation:
    """All that the team's chapters cover of its jurisdiction, each seat once."""
    territories = ChapterTerritory.objects.filter(
        jurisdiction=team.jurisdiction_id, chapter__in=Chapter.objects.active(day)
    ).order_by("coverage", "pk")
    return _delegation(territories.select_related("jurisdiction__parent").prefetch_related("divisions"), day)


def _delegation(territories: Iterable[ChapterTerritory], day: date) -> Delegation:
    found = Delegation(day)
    why: dict[int, str] = {}
    undecided: dict[int, Chamber] = {}
    for territory in territories:
        seats, open_chambers = _seats_of(territory, day)
        for seat_id, rule in seats.items():
            why.setdefault(seat_id, rule)
        undecided |= {chamber.pk: chamber for chamber in open_chambers}
    places = roll(
        Seat.objects.filter(pk__in=why).select_related("chamber__jurisdiction"), day, get_language()
    ).places
    for place in places:
        _add(found, place, why[place.seat.pk])
    decided = {place.seat.chamber_id for place in places if place.seat.division_id}
    found.undecided = [chamber for key, chamber in undecided.items() if key not in decided]
    return found


def _add(found: Delegation, place: Place, why: str) -> None:
    is_statewide = place.seat.chamber.code == ChamberCode.EXECUTIVE
    members = found.statewide if is_statewide else found.members
    members.extend(Member(place.seat, holder, why) for holder in place.holders)
    if place.vacant:
        found.vacancies.append(Vacancy(place.seat, place.vacant, why))


def _seats_of(territory: ChapterTerritory, day: date) -> tuple[dict[int, str], list[Chamber]]:
    """The seats of one territory by key, each with its rule, and chambers whose districts it leaves open."""
    place = territory.jurisdiction
    every = Seat.objects.current().for_jurisdiction([place.pk]).exclude(chamber__code=ChamberCode.LOCAL)
    if territory.coverage == Coverage.FULL:
        rule = _("all of %(place)s") % {"place": place}
        return dict.fromkeys(every.values_list("pk", flat=True), rule), []
    return _seats_of_a_part(territory, place, every, day)


def _seats_of_a_part(
    territory: ChapterTerritory, place: Jurisdiction, every: SeatQuerySet, day: date
) -> tuple[dict[int, str], list[Chamber]]:
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
    by_district = Chamber.objects.filter(code__in=_BY_DISTRICT, seats__in=every).distinct()
    told = set(
        every.filter(pk__in=found).exclude(pk__in=whole.values("pk")).values_list("chamber", flat=True)
    )
    with_districts = set(every.exclude(pk__in=whole.values("pk")).values_list("chamber", flat=True))
    return found, [one for one in by_district if one.pk in with_districts - told]


def _divisions_beginning(prefix: str, day: date) -> list[int]:
    rows = PostalDistrict.objects.beginning_with(prefix).filter(edition__in=MapEdition.objects.in_force(day))
    return list(rows.order_by().values_list("division", flat=True).distinct())
