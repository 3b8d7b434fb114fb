"""How well a chapter, or a state team, covers its delegation."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.interactions.coverage import coverage
from advocacy.interactions.coverage_map import coverage_map
from advocacy.interactions.coverage_rows import columns, rows_of
from advocacy.interactions.forms.coverage import CoverageFilters
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from members import delegation
from members.access import reach_of
from members.delegation import Delegation
from members.models import Chapter, JurisdictionTeam


@reading
def chapter_coverage(request: SignedInRequest, slug: str) -> HttpResponse:
    chapter = get_object_or_404(Chapter.objects.visible_to(request.user), slug=slug)
    day = request.user.today(timezone.now())
    teams = JurisdictionTeam.objects.visible_to(request.user).filter(
        jurisdiction__in=chapter.territories.values("jurisdiction")
    )
    return _page(request, chapter, delegation.of_chapter(chapter, day), teams=list(teams))


@reading
def team_coverage(request: SignedInRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(JurisdictionTeam.objects.visible_to(request.user), pk=pk)
    day = request.user.today(timezone.now())
    return _page(request, team, delegation.of_team(team, day), teams=[])


def _page(
    request: SignedInRequest,
    whose: Chapter | JurisdictionTeam,
    seats: Delegation,
    *,
    teams: list[JurisdictionTeam],
) -> HttpResponse:
    found = coverage(seats, user=request.user, today=seats.day)
    every, statewide = rows_of(found.lines, seats.vacancies), rows_of(found.statewide)
    form = CoverageFilters(request.GET, rows=every + statewide)
    rows = form.narrow(every)
    context = {
        "whose": whose,
        "teams": teams,
        "delegation": seats,
        "has_seats": bool(every or statewide),
        "figures": found.chambers(),
        "map": coverage_map(every, rows, request.GET, seats.day),
        "form": form,
        "active": active_filters(form, request.GET),
        "rows": rows,
        "statewide": form.narrow(statewide),
        "columns": columns(request.GET, form.sort_by),
        "count_label": listing.count_label(len(rows)),
        "may_log": reach_of(request.user).may_log,
    }
    return render(request, "interactions/coverage.html", context)
