"""Teams and appointments of one Advocacy Day."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.events.tabs import sight_of
from advocacy.events.views.events import framed, visible_event


@reading
def schedule(request: SignedInRequest, pk: int) -> HttpResponse:
    """Team by team; then the offices that no team goes to yet."""
    event = visible_event(request, pk)
    sight = sight_of(event, request.user)
    if not sight.follows:
        raise Http404
    appointments = list(event.appointments.wanted().with_office())
    teams = event.teams.prefetch_related("members__registration__chapter")
    context = framed(
        event,
        sight,
        "events:schedule",
        teams=[
            {"team": team, "appointments": [one for one in appointments if one.team_id == team.pk]}
            for team in teams
        ],
        without_team=[one for one in appointments if one.team_id is None],
    )
    return render(request, "events/schedule.html", context)
