"""Names on votes and measures for which nobody was certain: what staff may settle, the most frequent first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count

from legislation.actions.measure_matching import Roster
from legislation.models import ChamberCode, LegislativeSession, NameMatch, Official, Sponsorship, Vote
from legislation.models.name_match import key_of


class _Place(NamedTuple):
    session: int
    chamber: str
    name: str


@dataclass(frozen=True)
class UnmatchedName:
    """A printed name of one session and chamber; `candidates` are those who bear it, of whom none was certain."""

    session: LegislativeSession
    chamber: str
    name: str
    times: int
    candidates: list[Official] = field(default_factory=list)

    @property
    def chamber_name(self) -> str:
        return str(ChamberCode(self.chamber).label) if self.chamber else ""

    @property
    def query(self) -> str:
        """What fills the form in which it is matched."""
        return urlencode({"session": self.session.pk, "chamber": self.chamber, "name": self.name})


def unmatched_names(most: int) -> list[UnmatchedName]:
    """Names of which staff have said nothing yet."""
    times = _times(most)
    said = set(NameMatch.objects.values_list("session", "chamber", "name_key"))
    waiting = [
        place
        for place, _count in sorted(times.items(), key=lambda one: (-one[1], one[0]))
        if (place.session, place.chamber, key_of(place.name)) not in said
    ][:most]
    sessions = LegislativeSession.objects.select_related("jurisdiction").in_bulk(
        {one.session for one in waiting}
    )
    bearers = _bearers((sessions[one.session].jurisdiction_id, one.name) for one in waiting)
    people = Official.objects.in_bulk({pk for found in bearers.values() for pk in found})
    return [
        UnmatchedName(
            sessions[one.session],
            one.chamber,
            one.name,
            times[one],
            [people[pk] for pk in bearers[sessions[one.session].jurisdiction_id, one.name]],
        )
        for one in waiting
    ]


def _times(most: int) -> Counter[_Place]:
    """Enough of each to fill the list, whatever staff have settled of it."""
    enough = most + NameMatch.objects.count()
    of_votes = Vote.objects.unmatched().values_list(
        "roll_call__measure__session", "roll_call__chamber", "name"
    )
    of_sponsors = Sponsorship.objects.unmatched().values_list("measure__session", "name")
    votes = of_votes.annotate(times=Count("pk")).order_by("-times", "name")
    sponsors = of_sponsors.annotate(times=Count("pk")).order_by("-times", "name")
    found: Counter[_Place] = Counter()
    for session, chamber, name, times in votes[:enough]:
        found[_Place(session, chamber, name)] += times
    for session, name, times in sponsors[:enough]:
        found[_Place(session, "", name)] += times
    return found


def _bearers(names: Iterable[tuple[int, str]]) -> dict[tuple[int, str], list[int]]:
    rosters: dict[int, Roster] = {}
    found = {}
    for jurisdiction, name in names:
        if jurisdiction not in rosters:
            rosters[jurisdiction] = Roster(jurisdiction)
        found[jurisdiction, name] = rosters[jurisdiction].candidates(name)
    return found
