"""Calendar links: one's own list, and the file behind each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, reading, writing
from members.taskforce.actions import calendar_feeds
from members.taskforce.forms import FeedForm
from members.taskforce.models import CalendarFeed
from members.taskforce.views.meetings import require_task_force


@writing
def calendar_list(request: SignedInRequest) -> HttpResponse:
    """One's links. A new one is shown once, on the answer to the form itself."""
    require_task_force(request.user)
    form, address = FeedForm(request.POST or None, user=request.user), ""
    if request.method == "POST" and form.is_valid():
        try:
            _feed, address = calendar_feeds.make(by=request.user, now=timezone.now(), **form.cleaned_data)
            form = FeedForm(user=request.user)
        except calendar_feeds.NotYours as problem:
            form.add_error(None, str(problem))
    feeds = CalendarFeed.objects.visible_to(request.user).working().select_related("chapter")
    context = {"form": form, "feeds": feeds, "address": address}
    return render(request, "taskforce/calendar_list.html", context)


@require_POST
@writing
def calendar_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.user), pk=pk)
    calendar_feeds.revoke(feed, by=request.user, now=timezone.now())
    messages.success(request, _("The link is revoked: whoever has it sees nothing any more."))
    return redirect("taskforce:calendar_list")


@login_not_required
@never_cache
@reading
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The secret in the address is the key; calendar programs cannot sign in."""
    feed = calendar_feeds.behind(token)
    if feed is None:
        raise Http404
    with translation.override(feed.owner.language):
        content = calendar_feeds.written(feed, now=timezone.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
