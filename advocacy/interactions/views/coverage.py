"""How well a chapter, or a state team, covers its delegation."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.interactions.actions.key_contacts import may_assign_for
from advocacy.interactions.coverage import coverage
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
    form = CoverageFilters(request.GET, coverage=found)
    lines = form.narrow(found.lines)
    context = {
        "whose": whose,
        "teams": teams,
        "delegation": seats,
        "coverage": found,
        "figures": found.chambers(),
        "form": form,
        "active": active_filters(form, request.GET),
        "lines": lines,
        "count_label": listing.count_label(len(lines)),
        "may_log": reach_of(request.user).may_log,
        "assigns_for": whose.slug
        if isinstance(whose, Chapter) and may_assign_for(request.user, whose)
        else "",
    }
    return render(request, "interactions/coverage.html", context)
