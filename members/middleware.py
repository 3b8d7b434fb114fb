"""Roles end at once: each request asks again what the person's roles allow."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members import second_factor
from members.access import keep_reach, reach_of

LONGEST_SESSION = timedelta(hours=12)
# Whoever signed in may always manage their own sign-in, profile and language, and leave. Being open to strangers
# exempts no other page: what it shows to somebody signed in may be more.
_OWN_SIGN_IN = ("account_", "mfa_", "usersessions_")
_OWN_BUSINESS = {
    "set_language",
    "members:profile",
    "members:terms",
    "members:invitation_accept",
    "coalitions:partner",
    "events:public",
    "events:public_find",
    "events:my_place",
    "taskforce:answer",
    "taskforce:calendar",
    "legislation:saved_search_feed",
    "api:reference",
    "portal:health",
    "portal:manifest",
    "portal:service_worker",
    "portal:demo_sign_in",
    "outbox:unsubscribe",
    "outbox:unsubscribe_one_click",
    "outbox:service_events",
    "gate:challenge",
    "gate:confirm",
    "contacts:preferences",
    "contacts:renew",
}

# One's own kept mail is read without a role too, but never past the second step: staff see everybody's.
_OWN_MAIL = "outbox:"


def _is_own_mail(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name.startswith(_OWN_MAIL)


def _is_own_business(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name in _OWN_BUSINESS or name.startswith(_OWN_SIGN_IN)


def _signed_in_too_long_ago(request: HttpRequest) -> bool:
    """Asks the records that allauth keeps in the session of each time the person proved who they are."""
    proofs = [proof["at"] for proof in get_authentication_records(request, request.user)]
    return bool(proofs) and timezone.now().timestamp() - max(proofs) > LONGEST_SESSION.total_seconds()


class RoleInForceMiddleware:
    """Keeps the reach of this request, and closes the portal to people whose roles have all ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            keep_reach(request.user)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        user = request.user
        if not user.is_authenticated or _is_own_business(request) or _is_own_mail(request):
            return None
        if reach_of(user).is_empty:
            return render(request, "members/no_role.html", status=403)
        return None


class SecondFactorMiddleware:
    """Staff, leads and whoever can export people need a second factor, and sign in anew every twelve hours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        user = request.user
        if not user.is_authenticated or _is_own_business(request):
            return None
        if not reach_of(user).needs_second_factor:
            return None
        if _signed_in_too_long_ago(request):
            logout(request)
            messages.info(request, _("Please sign in again: with your role a session lasts twelve hours."))
            return redirect_to_login(request.get_full_path())
        if not second_factor.is_missing(user):
            return None
        messages.info(
            request, _("Your role needs a second step at sign-in. Add a passkey or an authenticator app.")
        )
        return redirect("mfa_index")
