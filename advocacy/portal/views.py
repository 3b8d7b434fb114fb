"""Home, search, health, and the demo's sign-in."""

import logging

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.portal import search
from advocacy.portal.demo import sign_in
from advocacy.portal.home import FOLLOWUPS_SHOWN, QUIET_SHOWN, Desk

logger = logging.getLogger(__name__)
SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
QUERY_MAX = 200


@reading
def home(request: SignedInRequest) -> HttpResponse:
    """What should I do with my twenty minutes?"""
    desk = Desk(request.user, timezone.now())
    followups = [{"followup": row, "is_overdue": row.is_overdue(desk.today)} for row in desk.followups]
    context = {
        "reach": desk.reach,
        "watches_chapters": desk.watches_chapters,
        "followups": followups[:FOLLOWUPS_SHOWN],
        "has_more_followups": len(followups) > FOLLOWUPS_SHOWN,
        "overdue": sum(1 for row in followups if row["is_overdue"]),
        "action_items": [
            {"item": row, "is_overdue": row.is_overdue(desk.today)} for row in desk.action_items
        ],
        "next_meeting": desk.next_meeting,
        "my_answer": desk.my_answer,
        "reports_to_write": [
            {"report": row, "standing": standing} for row, standing in desk.reports_to_write
        ],
        "reports_to_decide": desk.reports_to_decide if desk.reach.reads_every_shared_record else None,
        "positions_to_decide": desk.positions_to_decide,
        "quiet": desk.quiet[:QUIET_SHOWN],
        "quiet_total": len(desk.quiet),
        "drafts": desk.drafts,
        "leaver_decisions": desk.leaver_decisions,
        "open_reports": desk.open_reports if desk.reach.is_staff else 0,
        "stopped_mail": desk.stopped_mail if desk.reach.is_staff else None,
        "coming_up": desk.coming_up,
        "activity": desk.activity,
        "tally": desk.tally,
        "silent_chapters": desk.silent_chapters[:6] if desk.watches_chapters else [],
        "advocates": [] if desk.reach.may_log else desk.advocates,
        "missing": desk.missing if desk.reach.is_staff else [],
        "here": request.path,
    }
    return render(request, "portal/home.html", context)


@reading
def search_page(request: SignedInRequest) -> HttpResponse:
    """Everything that matches, by kind; only what this person may see."""
    text = request.GET.get("q", "").strip()[:QUERY_MAX]
    groups = search.across(request.user, text, request.user.today(timezone.now()))
    return render(request, "portal/search.html", {"q": text, "groups": groups})


@login_not_required
@never_cache
@reading
def health(request: HttpRequest) -> HttpResponse:
    """Whether the portal can work, for whoever watches over it. It tells nothing else."""
    parts = {"database": _database_answers(), "cache": _cache_answers()}
    words = {name: "ok" if works else "failing" for name, works in parts.items()}
    return JsonResponse(words, status=200 if all(parts.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("Health: the database does not answer.")
        return False
    return True


def _cache_answers() -> bool:
    try:
        cache.get("health")
        is_away: bool = getattr(cache, "is_away", False)
    except Exception:  # each cache has failures of its own kind
        logger.exception("Health: the cache does not answer.")
        return False
    return not is_away


@login_not_required
@require_POST
@writing
def demo_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in as one of the demo's people by a button. Outside the demo this address does not exist."""
    person = sign_in.person_behind(request.POST.get("who", ""))
    if person is None:
        raise Http404
    login(request, person, backend=SIGN_IN_BACKEND)
    messages.info(
        request, _("You are looking at the demo as %(name)s. Nothing here is real.") % {"name": person}
    )
    return redirect("portal:home")
