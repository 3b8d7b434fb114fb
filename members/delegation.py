"""The delegation: the seats a chapter, or a state team, is meant to cover on a day (DOMAIN.md §6.3).

A seat belongs to it where its district overlaps the territory. Vacant places leave numerator and denominator and are
listed; statewide offices stand on a line of their own. A town's or county's seats count only for a chapter that names
that town or county in its territory: the local opt-in. What cannot be decided, because no
table tells which districts a part of a state holds, is said.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legislation.legislature import Holder, Place, places_of
from legislation.models import (
    Chamber,
    ChamberCode,
    Division,
    Jurisdiction,
    MapEdition,
    PostalDistrict,
    Seat,
    Tenure,
)
from legislation.models.seat import SeatQuerySet
from members.models import Chapter, ChapterTerritory, JurisdictionTeam
from members.models.chapter import Coverage

_T = TypeVar("_T")
# "H2X 1" and "770-04" are typed for people; the tables hold H2X1 and 77004.
_UNTYPED = re.compile(r"[\s-]")
_BY_DISTRICT = [ChamberCode.LOWER, ChamberCode.UPPER, ChamberCode.LEGISLATURE]


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


@dataclass(frozen=True)
class Undecided:
    """A chamber of which it cannot be told which of a state's districts lie in a part of that state."""

    place: Jurisdiction
    chamber: Chamber


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
class _Part:
    """What one territory brings: seats by key, each with its rule; chambers decided and left open; remarks."""

    seats: dict[int, str]
    decided: set[int]
    open: list[Chamber] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


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
    for territory in territories:
        part, place = _part(territory, day), territory.jurisdiction
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


def _part(territory: ChapterTerritory, day: date) -> _Part:
    place = territory.jurisdiction
    every = Seat.objects.on_the_map(day).for_jurisdiction([place.pk])
    if place.has_a_legislature:
        every = every.exclude(chamber__code=ChamberCode.LOCAL)
    rows = dict(every.values_list("pk", "chamber"))
    if territory.coverage == Coverage.FULL:
        part = _Part(dict.fromkeys(rows, _("all of %(place)s") % {"place": place}), set(rows.values()))
    else:
        part = _seats_of_a_part(territory, place, every, day)
    part.remarks += _not_loaded(place, set(rows.values()))
    return part


def seats_in_parts(
    territories: Iterable[ChapterTerritory], day: date
) -> Iterator[tuple[ChapterTerritory, set[int]]]:
    """Which seats each of these parts of a jurisdiction brings, by key."""
    for territory in territories:
        yield territory, set(_part(territory, day).seats)


def _not_loaded(place: Jurisdiction, chambers: set[int]) -> list[str]:
    """The legislatures of a place, its own and the federal one, of which no seat is loaded. A town has none."""
    if not place.has_a_legislature:
        return []
    known = set(
        Chamber.objects.filter(pk__in=chambers, code__in=_BY_DISTRICT).values_list("jurisdiction", flat=True)
    )
    wanted = [one for one in (place, place.parent) if one is not None and one.has_a_legislature]
    return [
        _("%(place)s: no seats of the legislature are loaded; its coverage is not known.") % {"place": place}
        if one == place
        else _("%(place)s: none of its seats in the federal legislature are loaded.") % {"place": place}
        for one in wanted
        if one.pk not in known
    ]


def _seats_of_a_part(
    territory: ChapterTerritory, place: Jurisdiction, every: SeatQuerySet, day: date
) -> _Part:
    whole = every.filter(Q(division__ocd_id=place.division_id) | Q(chamber__code=ChamberCode.EXECUTIVE))
    found = dict.fromkeys(
        whole.values_list("pk", flat=True), _("all of %(place)s elects it") % {"place": place}
    )
    by_code, remarks = _divisions_by_code(territory, day)
    for pk, division in every.filter(division__in=by_code).order_by("pk").values_list("pk", "division"):
        rule = _("codes that begin with %(prefix)s lie in it") % {"prefix": by_code[division or 0]}
        found.setdefault(pk, rule)
    named: list[Division] = list(territory.divisions.all())
    held = dict(every.filter(division__in=named).order_by("pk").values_list("pk", "division"))
    for pk in held:
        found.setdefault(pk, _("named by staff"))
    remarks += _strangers(place, [division for division in named if division.pk not in held.values()])
    of_districts = every.exclude(pk__in=whole.values("pk"))
    decided = set(of_districts.filter(pk__in=found).values_list("chamber", flat=True))
    chambers = Chamber.objects.filter(code__in=_BY_DISTRICT, seats__in=of_districts).distinct()
    return _Part(found, decided, [chamber for chamber in chambers if chamber.pk not in decided], remarks)


def _strangers(place: Jurisdiction, divisions: Iterable[Division]) -> list[str]:
    """Districts that staff named and that bring no seat: they lie elsewhere, or no seat of theirs is loaded."""
    return [
        _("%(district)s has no seat in the record of %(place)s.") % {"district": division, "place": place}
        if division.jurisdiction_id == place.pk
        else _("%(district)s was named for %(place)s but does not lie there.")
        % {"district": division, "place": place}
        for division in divisions
    ]


def _divisions_by_code(territory: ChapterTerritory, day: date) -> tuple[dict[int, str], list[str]]:
    """The divisions that codes of the territory lie in, each with the prefix that says so; and the prefixes that
    no table of the day knows."""
    tidied = {_UNTYPED.sub("", prefix): prefix for prefix in territory.postal_prefix_list}
    # The longest first: a code belongs to the prefix that says most of it.
    typed = {tidy: tidied[tidy] for tidy in sorted(tidied, key=lambda tidy: (-len(tidy), tidy))}
    in_force = set(MapEdition.objects.in_force(day).values_list("pk", flat=True))
    # By the code alone, which has an index: with the edition beside it SQLite reads the whole table.
    rows = PostalDistrict.objects.divisions_by_prefix(typed)
    found: dict[int, str] = {}
    for prefix, edition, division in rows:
        if edition in in_force:
            found.setdefault(division, typed[prefix])
    known = {prefix for prefix, edition, _division in rows if edition in in_force}
    remarks = [
        _("%(place)s: no loaded table has codes that begin with %(prefix)s.")
        % {"place": territory.jurisdiction, "prefix": prefix}
        for tidy, prefix in typed.items()
        if not any(one.startswith(tidy) for one in known)
    ]
    return found, remarks
