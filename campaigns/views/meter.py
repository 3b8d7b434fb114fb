"""How much a letter resembles others, while it is being written: asked by the page's script, kept nowhere."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from advocacy.accounts.models import Language
from advocacy.accounts.requests import asking
from advocacy.kernel import limits
from campaigns import earlier_letters
from campaigns.act import facts
from campaigns.act import shown as shows
from campaigns.act.drafts import joined

MOST_AN_HOUR = 400
_LONGEST = 20_000


@csrf_exempt  # Nothing is changed, and nobody is known.
@login_not_required
@never_cache
@asking
def meter(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    standing = shows.standing_of(slug)
    if standing is None or language not in Language.values or request.method != "POST":
        raise Http404
    now = timezone.now()
    client = limits.client_address(request)
    taken = limits.take("campaigns.meter", client, most=MOST_AN_HOUR, per=facts.HOUR, now=now)
    if not taken.is_allowed:
        return JsonResponse({}, status=429)
    with override(language):
        shown = shows.shown(standing, language, now)
        body, own = (request.POST.get(name, "")[:_LONGEST] for name in ("text", "own_words"))
        ours = request.POST.get("ours", "")[:_LONGEST]
        found = earlier_letters.meter(joined(body, own), ours=ours, campaign=shown.campaign)
        return JsonResponse(
            {"words": found.words, "reading": found.reading, "own_percent": found.own.percent}
        )
