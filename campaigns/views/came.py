"""The page’s script says that somebody who came by their mail went on; nothing else is said, and nobody answered."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from advocacy.accounts.requests import writing
from campaigns.act import shown as shows
from campaigns.actions import arrivals


@csrf_exempt  # The signed token of the mail is the key.
@login_not_required
@never_cache
@writing
def came(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    if shows.standing_of(slug) is None:
        raise Http404
    if request.method == "POST":
        arrivals.note(request.POST.get("m", ""), campaign_slug=slug, now=timezone.now())
    return HttpResponse(status=204)
