"""One's own API tokens."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.api.actions import tokens
from advocacy.api.forms import TokenForm
from advocacy.api.models import ApiToken
from members.models import Society


def _asks_who_it_is(request: HttpRequest) -> bool:
    """The fictional people of the demo have nothing to prove themselves with."""
    return not (settings.DEMO_SIGN_IN and Society.objects.filter(is_demo=True).exists())


@writing
def token_list(request: SignedInRequest) -> HttpResponse:
    """One's tokens. A new one is shown once, on the answer to the form itself."""
    answer: HttpResponse = _make(request) if request.method == "POST" else _show(request, TokenForm())
    return answer


@reauthentication_required(enabled=_asks_who_it_is)  # type: ignore[untyped-decorator]  # the package ships no types
def _make(request: SignedInRequest) -> HttpResponse:
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    try:
        _token, secret = tokens.make(by=request.user, now=timezone.now(), **form.wanted())
    except tokens.TooMany as refused:
        form.add_error(None, str(refused))
        return _show(request, form)
    return _show(request, TokenForm(), secret)


def _show(request: SignedInRequest, form: TokenForm, secret: str = "") -> HttpResponse:
    now = timezone.now()
    mine = list(ApiToken.objects.owned_by(request.user).filter(revoked_at=None))
    context = {
        "form": form,
        "secret": secret,
        "tokens": [one for one in mine if one.works(now)],
        "expired": [one for one in mine if not one.works(now)],
    }
    return render(request, "api/token_list.html", context)


@require_POST
@writing
def token_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(ApiToken.objects.owned_by(request.user), pk=pk)
    tokens.revoke(token, by=request.user, now=timezone.now())
    messages.success(request, _("The token is revoked: it opens nothing any more."))
    return redirect("api:token_list")
