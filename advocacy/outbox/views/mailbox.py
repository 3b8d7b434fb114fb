"""The mailbox page: mail that was kept here instead of being sent."""

from functools import wraps
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from advocacy.accounts.requests import SignedInRequest, View, reading
from advocacy.outbox.models import KeptMessage, KeptMessageQuerySet

MESSAGES_ON_A_PAGE = 50
# The mail's own HTML is not ours to trust: no script, no form, no link to anywhere, nothing fetched.
FORMATTED_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)


def is_at_this_machine(request: HttpRequest) -> bool:
    """Does the browser run where the portal runs? A proxy in between makes that unknowable: then no."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ip_address(request.META["REMOTE_ADDR"]).is_loopback
    except ValueError:
        return False


def mailbox_of(request: HttpRequest) -> KeptMessageQuerySet:
    if is_at_this_machine(request) and not request.user.is_authenticated:
        return KeptMessage.objects.in_open_mailbox()
    return KeptMessage.objects.visible_to(request.user)


def mailbox_page(view: View[Any]) -> View[Any]:
    """A page behind the sign-in, except at the demo's own machine: how else would a sign-in link arrive?"""
    guarded = reading(view)

    @login_not_required
    @wraps(view)
    def opened(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated or (settings.MAILBOX_OPEN and is_at_this_machine(request)):
            return guarded(request, *args, **kwargs)
        return redirect_to_login(request.get_full_path())

    return opened


def frame_for(request: HttpRequest) -> str:
    """The page around the mail: with the portal's navigation only for people who are signed in."""
    return "base.html" if request.user.is_authenticated else "base_public.html"


@mailbox_page
def message_list(request: HttpRequest) -> HttpResponse:
    """Newest first, fifty on a page; `before` is the key of the last one seen."""
    messages = mailbox_of(request)
    before = request.GET.get("before", "")
    if before.isdecimal():
        messages = messages.filter(pk__lt=int(before))
    page = list(messages.defer("text", "html")[: MESSAGES_ON_A_PAGE + 1])
    shown = page[:MESSAGES_ON_A_PAGE]
    older_url = f"?before={shown[-1].pk}" if len(page) > len(shown) else ""
    context = {"frame": frame_for(request), "kept": shown, "older_url": older_url}
    return render(request, "outbox/list.html", context)


@mailbox_page
def message_detail(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(mailbox_of(request), pk=pk)
    return render(request, "outbox/detail.html", {"frame": frame_for(request), "kept": message})


@xframe_options_sameorigin
@mailbox_page
def message_formatted(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(mailbox_of(request).exclude(html=""), pk=pk)
    return HttpResponse(message.html, headers={"Content-Security-Policy": FORMATTED_POLICY})
