"""The Public Policy Center: each issue for our own people, and for everybody where staff chose so."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache

from advocacy.accounts.models import Language
from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.positions.models import Issue
from advocacy.research import policy_center
from advocacy.research.models import IssuePage
from members.access import reach_of
from members.views import quiet


@reading
def issue_list(request: SignedInRequest) -> HttpResponse:
    issues = Issue.objects.visible_to(request.user).current()
    context = {
        "issues": sorted(issues, key=lambda issue: (str(issue), issue.pk)),
        "open_to_everybody": set(IssuePage.objects.public().values_list("issue", flat=True)),
    }
    return render(request, "research/issue_list.html", context)


@reading
def issue_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    issue = get_object_or_404(Issue.objects.visible_to(request.user), pk=pk)
    page = IssuePage.objects.visible_to(request.user).filter(issue=issue).first()
    language = get_language() or Language.ENGLISH
    public_url = ""
    if page and page.is_public and not issue.is_retired:
        public_url = reverse("policy:issue", args=[page.slug, language])
    context = {
        "issue": issue,
        "page": page,
        "content": policy_center.for_reader(issue, request.user, language),
        "public_url": public_url,
        "admin_url": _admin_url(page) if reach_of(request.user).is_staff else "",
    }
    return render(request, "research/issue_detail.html", context)


def _admin_url(page: IssuePage | None) -> str:
    """Where staff write the introduction and open the page to everybody."""
    if page:
        return reverse("admin:research_issuepage_change", args=[page.pk])
    return reverse("admin:research_issuepage_add")


@login_not_required
@never_cache
@reading
def public_issue(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """No session is looked at and no cookie set: whoever is signed in is a stranger here too."""
    page = IssuePage.objects.public().filter(slug=slug).select_related("issue").first()
    if page is None or language not in Language.values:
        raise Http404
    with override(language):
        other = Language.FRENCH if language == Language.ENGLISH else Language.ENGLISH
        context = {
            "issue": page.issue,
            "page": page,
            "content": policy_center.for_strangers(page.issue, language),
            "other": {"code": other.value, "url": reverse("policy:issue", args=[slug, other.value])},
        }
        return quiet.page("research/public_issue.html", context)
