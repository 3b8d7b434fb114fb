"""Teams and times proposed by the solver: asked for as long work, looked at, and taken over by a person."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from pydantic import TypeAdapter

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events.actions import appointments, teams
from advocacy.events.actions.running import check_runs
from advocacy.events.errors import ChangedMeanwhile, WrongMoment
from advocacy.events.grid import Grid, grid_of, time_of
from advocacy.events.models import OVER, SCHEDULING, AdvocacyEvent, Team, TeamMember
from advocacy.events.scheduling.problem import Clash, Day
from advocacy.events.scheduling.proposal import Proposal
from advocacy.events.scheduling.proposing import propose
from advocacy.jobs.actions import jobs
from advocacy.jobs.models import Job, JobQuerySet

PROPOSE = "events.propose"
_DAY: TypeAdapter[Day] = TypeAdapter(Day)
_PROPOSAL: TypeAdapter[Proposal] = TypeAdapter(Proposal)


@transaction.atomic
def ask(event: AdvocacyEvent, *, by: User, team_count: int | None) -> Job:
    """Have a proposal worked out; one that is in hand is not begun twice. Raises MayNotRun, WrongMoment."""
    check_runs(event, by)
    if event.status not in SCHEDULING:
        raise WrongMoment
    running: Job | None = of_event(event).unfinished().first()
    if running is not None:
        return running
    return jobs.enqueue(PROPOSE, by=by, event=event.pk, team_count=team_count)


def of_event(event: AdvocacyEvent) -> JobQuerySet:
    """The newest first."""
    rows: JobQuerySet = Job.objects.filter(kind=PROPOSE, arguments__event=event.pk).order_by(
        "-created_at", "-pk"
    )
    return rows


def work_out(event: AdvocacyEvent, team_count: int | None) -> dict[str, Any]:
    """What is kept as the job's result. Raises Impossible where what is locked contradicts itself."""
    grid = grid_of(event)
    day = grid.day(teams=team_count)
    proposal = propose(day, before=grid.schedule())
    return {"seen": seen(day), "proposal": _PROPOSAL.dump_python(proposal, mode="json")}


def kept(clash: Clash) -> dict[str, Any]:
    """What cannot be kept together, as a job keeps it: by which rule, and the offices, people and teams it is about."""

    def named(attribute: str) -> list[Any]:
        return sorted({getattr(lock, attribute) for lock in clash.locks if hasattr(lock, attribute)})

    return {
        "code": clash.code,
        "offices": named("office"),
        "people": named("attendee"),
        "teams": named("team"),
    }


def read(job: Job) -> Proposal:
    return _PROPOSAL.validate_python(job.result["proposal"], strict=False)


def is_outdated(job: Job, grid: Grid) -> bool:
    """Somebody came, left or moved since: what was proposed is for another day than this."""
    return bool(job.result["seen"] != seen(grid.day(teams=job.arguments["team_count"])))


def seen(day: Day) -> str:
    """A fingerprint of everything that the proposal rests on."""
    return sha256(_DAY.dump_json(day)).hexdigest()


@transaction.atomic
def take_over(event: AdvocacyEvent, job: Job, *, by: User, now: datetime) -> None:
    """Make the proposal the schedule. Raises MayNotRun, WrongMoment, and ChangedMeanwhile where it is outdated."""
    check_runs(event, by)
    if event.status not in SCHEDULING:
        raise WrongMoment
    AdvocacyEvent.objects.select_for_update().get(pk=event.pk)
    grid = grid_of(event)
    if is_outdated(job, grid):
        raise ChangedMeanwhile(event.pk)
    proposal = read(job)
    _place_people(event, grid, proposal, by=by)
    numbered = {team.number: team for team in event.teams.all()}
    for meeting in proposal.schedule.meetings:
        appointment = grid.appointments[meeting.office]
        if appointment.status not in OVER:
            appointments.change(
                appointment,
                by=by,
                now=now,
                version=appointment.version,
                team=numbered[meeting.team],
                starts_at=time_of(meeting.starts_at),
            )
    trail.record(by=by, verb="took over a proposal", of=event)


def _place_people(event: AdvocacyEvent, grid: Grid, proposal: Proposal, *, by: User) -> None:
    """Everybody into the team proposed for them; teams that stay empty are dissolved."""
    numbered = dict(grid.teams)
    for proposed in proposal.schedule.teams:
        if proposed.number not in numbered:
            numbered[proposed.number] = Team.objects.create(event=event, number=proposed.number)
    for proposed in proposal.schedule.teams:
        for key in proposed.members:
            teams.place(grid.people[key], numbered[proposed.number], by=by)
    wanted = {one.number for one in proposal.schedule.teams}
    for number, team in grid.teams.items():
        if number not in wanted and not team.members.exists():
            teams.dissolve(team, by=by)
    _give_roles(event, proposal)


def _give_roles(event: AdvocacyEvent, proposal: Proposal) -> None:
    """Captains and roles as proposed; somebody who holds two has the one that a meeting needs most first."""
    held: dict[str, list[str]] = {}
    for role in proposal.roles:
        held.setdefault(role.attendee, []).append(role.role)
    captains = {team.captain for team in proposal.schedule.teams}
    members = list(TeamMember.objects.filter(team__event=event))
    TeamMember.objects.filter(team__event=event).update(is_captain=False)
    for member in members:
        key = str(member.registration_id)
        roles = held.get(key, [])
        member.role, member.second_role = (*roles[:2], "", "")[:2]
        member.is_captain = key in captains
    TeamMember.objects.bulk_update(members, ["role", "second_role", "is_captain"])
