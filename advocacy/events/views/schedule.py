"""Teams and appointments of one Advocacy Day: the page, and what is dragged or chosen on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.events import errors
from advocacy.events.actions import appointments, notices, proposals, teams
from advocacy.events.findings import findings_of, in_the_way
from advocacy.events.forms.schedule import MemberForm, ProposeForm, TeamForm
from advocacy.events.grid import Grid, grid_of
from advocacy.events.models import SCHEDULING, AdvocacyEvent, Appointment, Registration, Team, TeamMember
from advocacy.events.tabs import sight_of
from advocacy.events.views.events import event_run, framed, visible_event
from advocacy.events.who_lives_there import constituents_by_appointment

There = dict[int, list[Registration]]


def back_to(event: AdvocacyEvent, anchor: str = "") -> HttpResponse:
    return redirect(reverse("events:schedule", args=[event.pk]) + anchor)


def schedulable(request: SignedInRequest, pk: int) -> AdvocacyEvent:
    """A day whose teams and meetings the person may still change."""
    event = event_run(request, pk)
    if event.status not in SCHEDULING:
        raise Http404
    return event


@reading
def schedule(request: SignedInRequest, pk: int) -> HttpResponse:
    """Team by team; then the offices without a team, and the people without one."""
    event = visible_event(request, pk)
    sight = sight_of(event, request.user)
    if not sight.follows:
        raise Http404
    grid = grid_of(event)
    findings = findings_of(event, grid)
    there = constituents_by_appointment(grid)
    may_change = sight.runs and event.status in SCHEDULING
    context = framed(
        event,
        sight,
        "events:schedule",
        teams=_teams(event, grid, there),
        last_team=max((one.number for one in grid.teams.values()), default=0),
        without_team=[_line(one, there) for one in _without_team(event)],
        loose_people=_loose(grid) if sight.runs else [],
        findings=findings,
        in_the_way=in_the_way(findings),
        may_change=may_change,
        propose_form=ProposeForm(),
        job=proposals.of_event(event).first() if may_change else None,
        waiting=notices.waiting(event) if may_change and event.is_published else 0,
    )
    return render(request, "events/schedule.html", context)


def _teams(event: AdvocacyEvent, grid: Grid, there: There) -> list[dict[str, Any]]:
    by_team: dict[int, list[Appointment]] = {}
    for one in event.appointments.wanted().with_office():
        if one.team_id:
            by_team.setdefault(one.team_id, []).append(one)
    return [
        {"team": team, "lines": [_line(one, there) for one in by_team.get(team.pk, [])]}
        for team in grid.teams.values()
    ]


def _without_team(event: AdvocacyEvent) -> list[Appointment]:
    return list(event.appointments.filter(team=None).with_office().order_by("status", "starts_at", "pk"))


def _line(appointment: Appointment, there: There) -> dict[str, Any]:
    """One meeting with those of its team who live there."""
    return {"appointment": appointment, "constituents": there.get(appointment.pk, [])}


def _loose(grid: Grid) -> list[Registration]:
    placed = {member.registration_id for team in grid.teams.values() for member in team.members.all()}
    return [one for one in grid.people.values() if one.pk not in placed]


@require_POST
@writing
def team_add(request: SignedInRequest, pk: int) -> HttpResponse:
    event = schedulable(request, pk)
    seen = request.POST.get("after", "")
    team = teams.make(event, by=request.user, after=_key(seen) if seen.isdecimal() else None)
    return back_to(event, f"#team-{team.number}")


@writing
def team_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its name, or its end: its people and meetings are free again."""
    team = get_object_or_404(Team.objects.managed_by(request.user).select_related("event"), pk=pk)
    if team.event.status not in SCHEDULING:
        raise Http404
    if request.method == "POST" and "dissolve" in request.POST:
        teams.dissolve(team, by=request.user)
        messages.success(request, _("The team is dissolved. Its people and meetings are without a team."))
        return back_to(team.event)
    form = TeamForm(request.POST or None, initial={"name": team.name})
    if request.method == "POST" and form.is_valid():
        teams.rename(team, by=request.user, name=form.cleaned_data["name"])
        return back_to(team.event, f"#team-{team.number}")
    return render(request, "events/team_edit.html", {"team": team, "event": team.event, "form": form})


@writing
def member_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = TeamMember.objects.filter(team__in=Team.objects.managed_by(request.user))
    member = get_object_or_404(rows.select_related("team__event", "registration"), pk=pk)
    event = member.team.event
    if event.status not in SCHEDULING:
        raise Http404
    form = MemberForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        teams.change_member(member, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return back_to(event, f"#team-{member.team.number}")
    return render(request, "events/member_edit.html", {"member": member, "event": event, "form": form})


@require_POST
@writing
def place(request: SignedInRequest, pk: int) -> HttpResponse:
    """A person or an office was dragged onto a team, or moved there by the list: the same act."""
    event = schedulable(request, pk)
    team = _chosen_team(event, request.POST.get("team", ""))
    try:
        if "person" in request.POST:
            rows = event.registrations.coming().filter(pk=_key(request.POST["person"]))
            teams.place(get_object_or_404(rows), team, by=request.user)
        else:
            appointment = get_object_or_404(event.appointments, pk=_key(request.POST.get("office", "")))
            appointments.change(
                appointment, by=request.user, now=timezone.now(), version=appointment.version, team=team
            )
    except (errors.AlreadyInATeam, errors.ChangedMeanwhile):
        messages.error(request, _("Somebody else moved this at the same moment. Look again."))
    return back_to(event, f"#team-{team.number}" if team else "")


def _chosen_team(event: AdvocacyEvent, key: str) -> Team | None:
    """Empty: no team. Anything that is no team of this day is not found."""
    return get_object_or_404(event.teams, pk=_key(key)) if key else None


def _key(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0
