"""Pages of the society's chapters and of the teams that share a legislature."""

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.kernel.filters import active_filters
from advocacy.kernel.folding import fold, terms
from members.access import reach_of, roles_visible_to, today_for
from members.actions.invitations import invitable_roles
from members.forms.people import ChapterFilterForm
from members.models import Chapter, ChapterTerritory, JurisdictionTeam, Role, RoleAssignment
from members.models.chapter import ChapterQuerySet
from members.profile_panels import panels_of
from members.territory_map import territory_map


@reading
def chapter_list(request: SignedInRequest) -> HttpResponse:
    form = ChapterFilterForm(request.GET)
    form.is_valid()
    chapters = _with_advocates(Chapter.objects.visible_to(request.user), user=request.user)
    if region := form.cleaned_data.get("region"):
        chapters = chapters.filter(region=region)
    context = {
        "form": form,
        "active": active_filters(form, request.GET),
        "chapters": _matching(
            chapters.order_by("region__name", "name", "pk"), form.cleaned_data.get("q", "")
        ),
    }
    return render(request, "members/chapter_list.html", context)


@reading
def chapter_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    chapters = Chapter.objects.visible_to(request.user).select_related("region", "society")
    chapter = get_object_or_404(chapters, slug=slug)
    reach = reach_of(request.user)
    territories = list(
        chapter.territories.select_related("jurisdiction__parent").prefetch_related("divisions")
    )
    jurisdictions = [territory.jurisdiction_id for territory in territories]
    context = {
        "chapter": chapter,
        "territories": territories,
        "map": territory_map(territories, today_for(request.user)),
        "teams": JurisdictionTeam.objects.visible_to(request.user).filter(jurisdiction__in=jurisdictions),
        "neighbours": _neighbours(chapter, jurisdictions, user=request.user),
        "roles": _roles_in(chapter, user=request.user),
        "panels": panels_of(chapter, user=request.user),
        "may_invite": _may_invite_into(chapter, by=request.user),
        "shows_legal_facts": reach.reads_every_shared_record or chapter.pk in reach.reads,
        "is_active": chapter.is_active(today_for(request.user)),
    }
    return render(request, "members/chapter_detail.html", context)


@reading
def team_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    teams = JurisdictionTeam.objects.visible_to(request.user).select_related("jurisdiction", "coordinator")
    team = get_object_or_404(teams, pk=pk)
    shares = ChapterTerritory.objects.filter(jurisdiction=team.jurisdiction_id)
    chapters = _with_advocates(team.chapters().visible_to(request.user), user=request.user).prefetch_related(
        Prefetch("territories", queryset=shares, to_attr="shares")
    )
    return render(request, "members/team_detail.html", {"team": team, "chapters": chapters})


def _with_advocates(chapters: ChapterQuerySet, *, user: User) -> ChapterQuerySet:
    """Each chapter with its region, territory, whether it has an advocate, and those the user may see."""
    today = today_for(user)
    advocates = RoleAssignment.objects.in_force(today).filter(role=Role.ADVOCATE)
    visible = roles_visible_to(user).in_force(today).filter(role=Role.ADVOCATE).select_related("person")
    return (
        chapters.select_related("region")
        .annotate(has_advocate=Exists(advocates.filter(chapter=OuterRef("pk"))))
        .prefetch_related(
            Prefetch("roles", queryset=visible, to_attr="advocates"),
            Prefetch("territories", queryset=ChapterTerritory.objects.select_related("jurisdiction")),
        )
    )


def _matching(chapters: ChapterQuerySet, text: str) -> list[Chapter]:
    """Chapters whose name, or a jurisdiction they work in, holds every word. A society has dozens, not
    thousands.
    """
    words = terms(text)
    return [chapter for chapter in chapters if all(word in _search_text(chapter) for word in words)]


def _search_text(chapter: Chapter) -> str:
    places = [territory.jurisdiction for territory in chapter.territories.all()]
    names = [f"{place.name} {place.name_fr} {place.abbreviation}" for place in places]
    return fold(" ".join([chapter.name, chapter.name_fr, *names]))


def _neighbours(chapter: Chapter, jurisdictions: list[int], *, user: User) -> ChapterQuerySet:
    """Other chapters that work on some of the same legislatures."""
    shared = Q(territories__jurisdiction__in=jurisdictions)
    others = Chapter.objects.visible_to(user).active(today_for(user)).exclude(pk=chapter.pk)
    return others.filter(shared).distinct()


def _roles_in(chapter: Chapter, *, user: User) -> list[RoleAssignment]:
    """Roles in force, the heaviest first."""
    roles = roles_visible_to(user).in_force(today_for(user)).filter(chapter=chapter)
    weight = {role: index for index, role in enumerate(Role.values)}
    found = roles.select_related("person").order_by("person__search_text", "pk")
    return sorted(found, key=lambda assignment: -weight[assignment.role])


def _may_invite_into(chapter: Chapter, *, by: User) -> bool:
    return any(chapters is None or chapter.pk in chapters for chapters in invitable_roles(by).values())
