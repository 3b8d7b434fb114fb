"""Who would go together, to whom and when, and why there: a proposal to read before somebody takes it over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.accounts.models import Language
from advocacy.events.grid import Grid, time_of
from advocacy.events.models import Team, TeamRole
from advocacy.events.scheduling import proposal
from advocacy.events.scheduling.proposal import Proposal, Reason

_MOST_NAMES = 4


@dataclass(frozen=True)
class ProposedMeeting:
    begins: time
    office: str
    why: list[str]


@dataclass(frozen=True)
class ProposedPerson:
    name: str
    is_captain: bool
    roles: str


@dataclass(frozen=True)
class ProposedTeam:
    """Its captain first, its meetings in the order of the day."""

    name: str
    people: list[ProposedPerson]
    meetings: list[ProposedMeeting]


def proposed_teams(proposed: Proposal, grid: Grid) -> list[ProposedTeam]:
    roles: dict[str, list[str]] = {}
    for one in proposed.roles:
        roles.setdefault(one.attendee, []).append(str(TeamRole(one.role).label))
    reasons = {one.key: one.reasons for one in proposed.why}
    return [
        ProposedTeam(
            name=str(grid.teams.get(team.number) or Team(number=team.number)),
            people=[
                ProposedPerson(_name(grid, key), key == team.captain, ", ".join(roles.get(key, [])))
                for key in sorted(team.members, key=lambda key: (key != team.captain, _name(grid, key)))
            ],
            meetings=[
                ProposedMeeting(
                    time_of(one.starts_at),
                    _office(grid, one.office),
                    [_reason(grid, reason) for reason in reasons.get(one.office, ())],
                )
                for one in _in_order(proposed, team.number)
            ],
        )
        for team in sorted(proposed.schedule.teams, key=lambda team: team.number)
    ]


def _in_order(proposed: Proposal, team: int) -> Iterator[proposal.Meeting]:
    own = (one for one in proposed.schedule.meetings if one.team == team)
    yield from sorted(own, key=lambda one: one.starts_at)


def _reason(grid: Grid, reason: Reason) -> str:
    about = reason.about
    match reason.code:
        case "constituents":
            return _("Lives there: %(people)s") % {"people": _names(grid, about)}
        case "constituents_elsewhere":
            return _("No constituent; in another team or at another time: %(people)s") % {
                "people": _names(grid, about)
            }
        case "constituents_away":
            return _("No constituent; away when it receives: %(people)s") % {"people": _names(grid, about)}
        case "no_constituents":
            return _("No constituent: nobody who comes lives there")
        case "time_locked":
            return _("The time is fixed")
        case "time_confirmed":
            return _("The office confirmed the time")
        case "team_locked":
            return _("The team is fixed")
        case "language":
            words = {"language": Language(str(about["language"])).label, "people": _names(grid, about)}
            return _("In %(language)s: %(people)s") % words
        case "follows":
            words = {
                "office": _office(grid, str(about["office"])),
                "walk": about["walk"],
                "free": about["free"],
            }
            if not about["walk"]:
                return _("%(free)s min after %(office)s") % words
            return _("%(free)s min after %(office)s, of which the way takes %(walk)s") % words
        case "absent":
            return _("Not there at this time: %(people)s") % {"people": _names(grid, about)}
    return reason.code


def _names(grid: Grid, about: proposal.Parameters) -> str:
    keys = about["attendees"]
    names = [_name(grid, key) for key in (keys if isinstance(keys, tuple | list) else ())]
    return _some(names)


def _some(names: Sequence[str]) -> str:
    """All of a few; of many the first and how many more."""
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    more = len(names) - _MOST_NAMES + 1
    words = {"names": ", ".join(names[: _MOST_NAMES - 1]), "count": formats.number_format(more)}
    return ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more) % words


def _name(grid: Grid, key: str) -> str:
    return str(grid.people[key]) if key in grid.people else _("somebody who does not come any more")


def _office(grid: Grid, key: str) -> str:
    """One that is off meanwhile is not on the grid any more; then the proposal is outdated, and says so."""
    return (
        str(grid.appointments[key].office)
        if key in grid.appointments
        else _("an office that is off meanwhile")
    )
