"""How well a chapter, or a state team, covers its delegation: on the screen, and as a file."""

from datetime import date

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.audit.exporting import note
from advocacy.interactions.actions.key_contacts import may_assign_for
from advocacy.interactions.coverage import coverage, coverage_to_export
from advocacy.interactions.coverage_map import coverage_map
from advocacy.interactions.coverage_rows import columns, page_of, rows_of, without_page
from advocacy.interactions.exports import coverage_table
from advocacy.interactions.forms.coverage import CoverageFilters, DayForm
from advocacy.kernel import listing
from advocacy.kernel.downloads import send
from advocacy.kernel.filters import active_filters
from members import delegation
from members.access import reach_of
from members.delegation import Delegation
from members.models import Chapter, JurisdictionTeam


@reading
def chapter_coverage(request: SignedInRequest, slug: str) -> HttpResponse:
    chapter = _chapter(request.user, slug)
    teams = JurisdictionTeam.objects.visible_to(request.user).filter(
        jurisdiction__in=chapter.territories.values("jurisdiction")
    )
    seats = delegation.of_chapter(chapter, _day(request))
    file = reverse("interactions:chapter_coverage_export", args=[slug, "csv"])
    return _page(request, chapter, seats, file=file, teams=list(teams))


@reading
def team_coverage(request: SignedInRequest, pk: int) -> HttpResponse:
    team = _team(request.user, pk)
    file = reverse("interactions:team_coverage_export", args=[pk, "csv"])
    return _page(request, team, delegation.of_team(team, _day(request)), file=file, teams=[])


@reading
def chapter_export(request: SignedInRequest, slug: str, file_format: str) -> HttpResponseBase:
    chapter = _chapter(request.user, slug)
    return _export(request, chapter, delegation.of_chapter(chapter, _day(request)), file_format)


@reading
def team_export(request: SignedInRequest, pk: int, file_format: str) -> HttpResponseBase:
    team = _team(request.user, pk)
    return _export(request, team, delegation.of_team(team, _day(request)), file_format)


def _chapter(user: User, slug: str) -> Chapter:
    return get_object_or_404(Chapter.objects.visible_to(user), slug=slug)


def _team(user: User, pk: int) -> JurisdictionTeam:
    return get_object_or_404(JurisdictionTeam.objects.visible_to(user), pk=pk)


def _day(request: SignedInRequest) -> date:
    return DayForm(request.GET).day(request.user.today(timezone.now()))


def _page(
    request: SignedInRequest,
    whose: Chapter | JurisdictionTeam,
    seats: Delegation,
    *,
    file: str,
    teams: list[JurisdictionTeam],
) -> HttpResponse:
    found = coverage(seats, user=request.user, today=seats.day)
    every, statewide = rows_of(found.lines, found.vacancies), rows_of(found.statewide)
    form = CoverageFilters(request.GET, rows=every + statewide)
    rows = form.narrow(every)
    page = page_of(rows, request.GET)
    context = {
        "whose": whose,
        "teams": teams,
        "delegation": seats,
        "is_another_day": seats.day != request.user.today(timezone.now()),
        "has_seats": bool(every or statewide),
        "groups": found.groups(),
        "chamber_query": _without_chamber(request.GET),
        "map": coverage_map(every, page.every, request.GET, seats.day),
        "form": form,
        "active": active_filters(form, without_page(request.GET)),
        "page": page,
        "statewide": form.narrow(statewide),
        "columns": columns(request.GET, form.sort_by),
        "count_label": listing.count_label(len(rows)),
        "file": f"{file}?{request.GET.urlencode()}",
        "may_log": reach_of(request.user).may_log,
        "assigns_for": whose.slug
        if isinstance(whose, Chapter) and may_assign_for(request.user, whose)
        else "",
    }
    return render(request, "interactions/coverage.html", context)


def _without_chamber(params: QueryDict) -> str:
    """The other filters, for the links that add a chamber."""
    rest = without_page(params)
    rest.pop("chamber", None)
    return f"{rest.urlencode()}&" if rest else ""


def _export(
    request: SignedInRequest, whose: Chapter | JurisdictionTeam, seats: Delegation, file_format: str
) -> HttpResponseBase:
    """The seats of the page, with its filters and in its order, without what restricted contacts tell."""
    found = coverage_to_export(seats, user=request.user, today=seats.day)
    rows = rows_of(found.lines, found.vacancies) + rows_of(found.statewide)
    form = CoverageFilters(request.GET, rows=rows)
    what = _("Coverage of %(whose)s") % {"whose": whose}
    note(request.user, what, [one.label for one in active_filters(form, request.GET)])
    name = f"coverage-{slugify(str(whose))}-{seats.day}"
    return send([coverage_table(form.narrow(rows))], name, file_format)
