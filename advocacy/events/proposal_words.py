"""What a proposal says of itself, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.events.actions import proposals
from advocacy.events.grid import Grid
from advocacy.events.proposed_teams import ProposedTeam, proposed_teams
from advocacy.events.scheduling.proposal import Proposal, Reason, Status
from advocacy.jobs.models import Job


@dataclass(frozen=True)
class Told:
    """`impossible`: what contradicts itself; then there is no proposal, and nothing to take over."""

    figures: list[str]
    teams: list[ProposedTeam]
    notes: list[str]
    not_placed: list[str]
    left_out: list[str]
    impossible: list[str]

    @property
    def can_be_taken_over(self) -> bool:
        return not self.impossible


def told(job: Job, grid: Grid) -> Told:
    if clashes := job.result.get("impossible"):
        return Told([], [], [], [], [], [_clash(grid, one) for one in clashes])
    proposal = proposals.read(job)
    return Told(
        figures=list(_figures(proposal)),
        teams=proposed_teams(proposal, grid),
        notes=[_note(one) for one in proposal.notes],
        not_placed=[_not_placed(grid, one.key, one.reasons[0]) for one in proposal.not_placed],
        left_out=[str(grid.people[one.key]) for one in proposal.left_out if one.key in grid.people],
        impossible=[],
    )


def _clash(grid: Grid, clash: dict[str, Any]) -> str:
    """Which rule what is fixed breaks, and the names of all that is fixed so."""
    why = {
        "person_in_two_teams": _("Somebody is fixed to two teams"),
        "two_captains": _("A team has two captains who are both fixed"),
        "office_with_two_teams": _("An office is fixed to two teams"),
        "office_at_two_times": _("An office is fixed at two times"),
        "building_cancelled": _("A fixed meeting is in a building that is closed"),
        "no_such_time": _("A meeting is fixed at a time at which the office is not free"),
        "over_cap": _("More people are fixed to a team than the office receives"),
        "captain_away": _("The captain is not there at the time of a fixed meeting"),
        "meetings_too_close": _(
            "The fixed meetings of a team cannot all be kept: they overlap, or the walk is longer"
        ),
    }.get(clash["code"], _("What is fixed contradicts itself"))
    names = [grid.appointments[key].office for key in clash["offices"] if key in grid.appointments]
    names += [str(grid.people[key]) for key in clash["people"] if key in grid.people]
    names += [str(grid.teams[number]) for number in clash["teams"] if number in grid.teams]
    return _("%(why)s: %(names)s.") % {"why": why, "names": ", ".join(names)}


def _figures(proposal: Proposal) -> Iterator[str]:
    figures = proposal.figures
    words = {"placed": figures.placed, "all": figures.placed + len(proposal.not_placed)}
    if not words["all"]:
        yield _("No office is on the list yet: this is about the teams alone.")
        return
    yield _("%(placed)s of %(all)s meetings have a team and a time.") % words
    words = {"with": figures.with_constituent, "possible": figures.possible}
    yield _("A constituent is in %(with)s of the %(possible)s meetings for which one comes.") % words
    if figures.status == Status.OPTIMAL:
        yield _("No schedule can do better.")
    elif figures.status == Status.FEASIBLE:
        bound = {"bound": figures.with_constituent_bound}
        yield _("At best it could be %(bound)s; the search ended before that was settled.") % bound
    else:
        yield _(
            "The search was not done in time: this is a plain first schedule. Try again when it is quiet."
        )


def _note(reason: Reason) -> str:
    if reason.code == "teams_chosen":
        return (
            ngettext(
                "%(teams)s team for %(people)s people.",
                "%(teams)s teams for %(people)s people.",
                int(str(reason.about["teams"])),
            )
            % reason.about
        )
    if reason.code in ("larger_teams", "smaller_teams"):
        sizes = _("%(people)s people in %(teams)s teams: %(low)s to %(high)s in each.") % reason.about
        return sizes + " " + _("%(teams_to_keep)s teams would keep to %(wished)s.") % reason.about
    return reason.code


def _not_placed(grid: Grid, key: str, reason: Reason) -> str:
    office = grid.appointments[key].office if key in grid.appointments else key
    why = {
        "building_cancelled": _("its building is closed"),
        "no_such_time": _("it is free at no time of the day that is long enough"),
        "no_teams": _("there is no team"),
        "language_not_spoken": _("nobody who comes speaks its language"),
        "cap_too_small": _("it receives fewer people than a team has"),
        "no_team_free": _("no team is free when it is"),
    }.get(reason.code, reason.code)
    return _("%(office)s: %(why)s.") % {"office": office, "why": why}
