"""The schedule of somebody without an account, behind the signed link of their registration.

The token is the key. The page looks at no session, sets no cookie, and changes nothing.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from advocacy.accounts.models import Language
from advocacy.accounts.requests import reading
from advocacy.events import schedule_links
from advocacy.events.models import Registration
from advocacy.events.my_schedule import Book
from advocacy.events.views.day import schedule_file, shown


@login_not_required
@never_cache
@reading
def guest_schedule(request: HttpRequest, language: str, token: str) -> HttpResponse:
    if language not in Language.values:
        raise Http404
    with translation.override(language):
        try:
            holder = schedule_links.behind(token, timezone.now())
        except schedule_links.LinkProblem as problem:
            return _page("events/guest_problem.html", {"problem": str(problem)}, status=410)
        event = holder.event
        context = shown(Book(event).of(holder), event.zone) | {
            "event": event,
            "holder": holder,
            "calendar_url": _file(language, token, "ics"),
            "paper_url": _file(language, token, "pdf"),
            "other_language": _other(holder, language),
        }
        return _page("events/guest_schedule.html", context, status=200)


@login_not_required
@never_cache
@reading
def guest_schedule_file(request: HttpRequest, language: str, token: str, file_format: str) -> HttpResponse:
    if language not in Language.values:
        raise Http404
    with translation.override(language):
        try:
            holder = schedule_links.behind(token, timezone.now())
        except schedule_links.LinkProblem as problem:
            return _page("events/guest_problem.html", {"problem": str(problem)}, status=410)
        return schedule_file(request, Book(holder.event).of(holder), file_format, language)


def _file(language: str, token: str, file_format: str) -> str:
    return reverse("events:guest_schedule_file", args=[language, token, file_format])


def _other(holder: Registration, language: str) -> dict[str, str]:
    code = next(one for one in Language.values if one != language)
    name = "Français" if code == "fr" else "English"
    return {"code": code, "url": schedule_links.path_of(holder, code), "name": name}


def _page(template: str, context: dict[str, object], *, status: int) -> HttpResponse:
    """Drawn without the request: what depends on who is signed in cannot get in."""
    return HttpResponse(render_to_string(template, context), status=status)
