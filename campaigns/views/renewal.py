"""Renewing consent by the link in a mail: the words, and a button. Looking agrees to nothing."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from advocacy.accounts.models import Language
from advocacy.accounts.requests import writing
from advocacy.outbox.models import fingerprint_of
from campaigns import audience, contact_links, renewals
from members.views import quiet


# The token is the proof that it came from the mail: there is no session that a stranger could use.
@csrf_exempt
@login_not_required
@never_cache
@writing
def renew(request: HttpRequest, language: str, token: str) -> HttpResponse:
    if language not in Language.values:
        raise Http404
    with translation.override(language):
        renewal = contact_links.renewal_of(token)
        if renewal is None:
            return quiet.page("campaigns/contacts/gone.html", {}, status=410)
        is_stopped = any(True for _skip in audience.left_alone([renewal.contact]))
        is_done = request.method == "POST" and not is_stopped
        if is_done:
            address = str(get_adapter(request).get_client_ip(request))
            renewals.accept(
                renewal, page_url=request.path[:200], ip_hash=fingerprint_of(address), now=timezone.now()
            )
        context = {
            "renewal": renewal,
            "words": renewals.words(renewal.chapter),
            "is_done": is_done,
            "is_stopped": is_stopped,
            "preferences": contact_links.preference_link(renewal.contact),
        }
        return quiet.page("campaigns/contacts/renew.html", context)
