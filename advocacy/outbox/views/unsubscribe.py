"""Stopping mail by the link in it, without a sign-in. Looking changes nothing: mail scanners follow every link."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from advocacy.accounts.models import Language
from advocacy.accounts.requests import writing
from advocacy.outbox import stop_links
from advocacy.outbox.actions import preferences, suppressions
from advocacy.outbox.forms import PauseForm
from advocacy.outbox.models import Reason
from advocacy.outbox.stop_links import Stop
from advocacy.outbox.streams import MAY_BE_OFF, Stream
from advocacy.outbox.views import duties

_BY_LINK = gettext_lazy("by the link in a mail")
_BY_CLICK = gettext_lazy("by one click in the mail program")
_ONE_CLICK = ("List-Unsubscribe", "One-Click")


@login_not_required
@never_cache
@writing
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    stop = stop_links.read(token)
    if stop is None or not _can_stop(stop):
        return _gone(request)
    with translation.override(_language_for(request, stop)):
        return _spoken(_asked(request, stop))


@csrf_exempt
@login_not_required
@never_cache
@writing
def unsubscribe_one_click(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: the mail program posts, without cookies, and wants neither a page nor a redirect.

    The token is the proof that it came from the mail. People who follow the same link get the page.
    """
    stop = stop_links.read(token)
    if stop is None or stop.stream not in MAY_BE_OFF:
        return _gone(request)
    if request.method != "POST":
        with translation.override(_language_for(request, stop)):
            return _spoken(_page(request, stop, is_done=False))
    name, value = _ONE_CLICK
    if request.POST.get(name) != value:
        return HttpResponse(status=400)
    _stop(stop, how=str(_BY_CLICK))
    return HttpResponse(_("Done."), content_type="text/plain")


def _language_for(request: HttpRequest, stop: Stop) -> str:
    """The reader's own, whatever their browser asks for; the one they chose on our pages comes before it."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    known = next((one for one in (chosen, stop.language) if one in Language.values), "")
    return known or str(translation.get_language())


def _spoken(response: HttpResponse) -> HttpResponse:
    # Said here, because the middleware knows only the language of the browser.
    response.headers["Content-Language"] = str(translation.get_language())
    return response


def _asked(request: HttpRequest, stop: Stop) -> HttpResponse:
    if stop.stream == Stream.DUTY and stop.user is not None:
        return _offer(request, stop)
    if request.method == "POST":
        _stop(stop, how=str(_BY_LINK))
    return _page(request, stop, is_done=request.method == "POST")


def _can_stop(stop: Stop) -> bool:
    return stop.stream in (*MAY_BE_OFF, Stream.DUTY)


def _stop(stop: Stop, *, how: str) -> None:
    """A person's wish follows the person; of others we only know the address."""
    now = timezone.now()
    if stop.user is not None:
        preferences.switch_off(stop.user, stop.stream, now=now, how=how)
    else:
        suppressions.add_for(
            stop.fingerprint, reason=Reason.UNSUBSCRIBED, stream=stop.stream, evidence=how, now=now
        )


def _offer(request: HttpRequest, stop: Stop) -> HttpResponse:
    """Mail of a duty goes with the role: a pause, a bundle, or somebody else (DOMAIN.md §8, A10)."""
    assert stop.user is not None  # noqa: S101 (the caller looked)
    done, form = None, PauseForm(today=stop.user.today(timezone.now()))
    if request.method == "POST":
        done, form = duties.choose(stop.user, request.POST, now=timezone.now(), how=str(_BY_LINK))
    if done is not None and done.url:
        return redirect(done.url)
    context = {"done": done.words if done else "", **duties.context_of(stop.user, form)}
    return render(request, "outbox/stop_duty.html", context)


def _page(request: HttpRequest, stop: Stop, *, is_done: bool) -> HttpResponse:
    token = request.resolver_match.kwargs["token"] if request.resolver_match else ""
    context = {
        "what": stop.stream.label,
        "is_done": is_done,
        "has_sign_in": stop.user is not None,
        "token": token,
    }
    return render(request, "outbox/stop.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "outbox/stop_gone.html", status=410)
