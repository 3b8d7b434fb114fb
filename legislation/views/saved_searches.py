"""One's own saved searches: kept and changed on the list of measures, followed by a feed reader."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, reading, writing
from legislation import search_alerts
from legislation.actions import saved_searches
from legislation.forms.measures import MeasureFilters, SavedSearchForm, SearchAlertForm
from legislation.models import Cadence, Measure, SavedSearch
from legislation.saved_searches import newest


@require_POST
@writing
def saved_search_save(request: SignedInRequest) -> HttpResponse:
    """Keeps the filters that the list was showing; back to it, whatever happens."""
    now = timezone.now()
    filters = MeasureFilters(
        QueryDict(request.POST.get("query", "")), user=request.user, day=request.user.today(now)
    )
    form = SavedSearchForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the search a name of at most 120 characters."))
        return redirect(SavedSearch(query=filters.query))
    try:
        search = saved_searches.save(
            by=request.user, name=form.cleaned_data["name"], query=filters.query, now=now
        )
        messages.success(request, _("Saved. You find it beside the list of measures."))
    except saved_searches.CannotSave as problem:
        messages.error(request, str(problem))
        search = SavedSearch(query=filters.query)
    return redirect(search)


@require_POST
@writing
def saved_search_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Shows what it finds, and remembers that its owner has looked."""
    search = _own(request, pk)
    saved_searches.look(search, by=request.user, now=timezone.now())
    return redirect(search)


@require_POST
@writing
def saved_search_rename(request: SignedInRequest, pk: int) -> HttpResponse:
    search, form = _own(request, pk), SavedSearchForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the search a name of at most 120 characters."))
        return redirect(search)
    try:
        saved_searches.rename(search, by=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Renamed."))
    except saved_searches.CannotSave as problem:
        messages.error(request, str(problem))
    return redirect(search)


@require_POST
@writing
def saved_search_alert(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back to what the search finds, whatever was chosen."""
    search, form = _own(request, pk), SearchAlertForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how often you want to be told: never, daily or weekly."))
        return redirect(search)
    cadence = form.cleaned_data["cadence"]
    search_alerts.set_cadence(search, by=request.user, cadence=cadence, now=timezone.now())
    if cadence == Cadence.NEVER:
        messages.success(request, _("You are not told of new measures of this search any more."))
    else:
        messages.success(request, _("You are told of measures that come on record from now on."))
    return redirect(search)


@require_POST
@writing
def saved_search_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    saved_searches.delete(_own(request, pk), by=request.user)
    messages.success(request, _("The saved search is deleted, and its feed with it."))
    return redirect("legislation:measure_list")


@require_POST
@writing
def saved_search_open_feed(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new address, shown once, on the answer itself."""
    search = _own(request, pk)
    context = {"search": search, "address": saved_searches.open_feed(search, by=request.user)}
    return render(request, "legislation/saved_search_feed.html", context)


@require_POST
@writing
def saved_search_close_feed(request: SignedInRequest, pk: int) -> HttpResponse:
    saved_searches.close_feed(_own(request, pk), by=request.user)
    messages.success(request, _("The address is revoked: whoever has it sees nothing any more."))
    return redirect("legislation:measure_list")


@login_not_required
@never_cache
@reading
def saved_search_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The secret in the address is the key; feed readers cannot sign in."""
    search = saved_searches.behind(token)
    if search is None:
        raise Http404
    today = search.owner.today(timezone.now())
    with translation.override(search.owner.language):
        feed = Atom1Feed(
            title=_("Measures: %(name)s") % {"name": search.name},
            link=settings.PORTAL_URL + search.get_absolute_url(),
            description="",
            language=search.owner.language,
            feed_url=settings.PORTAL_URL + request.path,
        )
        for measure in newest(search, today):
            feed.add_item(**_entry(measure))
        content = feed.writeString("utf-8")
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _entry(measure: Measure) -> dict[str, Any]:
    """The address of its page is its name for ever: what is new on it updates the one entry."""
    link = settings.PORTAL_URL + measure.get_absolute_url()
    when = date_format(measure.last_action) if measure.last_action else ""
    return {
        "title": f"{measure.number} ({measure.session}): {measure.short_name or measure.title}",
        "link": link,
        "unique_id": link,
        "description": " · ".join(filter(None, [measure.stage_name, when])),
        "pubdate": measure.text.added_at,
        "updateddate": measure.text.changed_at,
    }


def _own(request: SignedInRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
