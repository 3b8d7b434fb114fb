"""The doors of the API: which token opens what, how often, and whether it may write."""

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from advocacy.accounts.models import User
from advocacy.accounts.requests import read_only
from advocacy.api.actions import tokens
from advocacy.api.models import ApiToken
from advocacy.api.problems import Problem
from advocacy.kernel import limits

PER_TOKEN, PER_INSTALLATION = 60, 600
_MINUTE = timedelta(minutes=1)
MOST_BYTES = 1_000_000
_WITH_BODY = ("POST", "PUT", "PATCH")
Operation = TypeVar("Operation", bound=Callable[..., Any])


class ApiRequest(HttpRequest):
    """A request of a program, in the name of the token's owner."""

    token: ApiToken
    person: User
    rate: limits.Taken


class Bearer(HttpBearer):
    """`Authorization: Bearer cap_…`, with a scope; empty for what every token may ask."""

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiToken:
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        return self.authenticate(request, secret.strip() if kind.lower() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        now = timezone.now()
        found = tokens.behind(token, now=now)
        if found is None:
            raise Problem(401, headers={"WWW-Authenticate": 'Bearer realm="api"'})
        request.token = found  # type: ignore[attr-defined]  # an ApiRequest from here on
        request.person = found.owner  # type: ignore[attr-defined]  # as above
        request.rate = _taken(found, now)  # type: ignore[attr-defined]  # as above
        if self.scope and not found.allows(self.scope):
            text = _("Your token does not cover this. It needs the scope %(scope)s.") % {"scope": self.scope}
            raise Problem(403, text)
        _check_body(request)
        tokens.note_use(found, now=now)
        return found


def needs(scope: str) -> dict[str, Any]:
    """What a router or an operation says that asks for this scope."""
    return {"auth": Bearer(scope), "openapi_extra": {"x-scope": str(scope)}}


def _taken(token: ApiToken, now: datetime) -> limits.Taken:
    own = limits.take("api.token", str(token.pk), most=PER_TOKEN, per=_MINUTE, now=now)
    every = limits.take("api", "installation", most=PER_INSTALLATION, per=_MINUTE, now=now)
    refused = next((one for one in (own, every) if not one.is_allowed), None)
    if refused is not None:
        seconds = seconds_until(refused.again_at, now)
        raise Problem(429, headers={"Retry-After": str(seconds), **rate_headers(refused, now)})
    return min(own, every, key=lambda one: one.left)


def seconds_until(moment: datetime, now: datetime) -> int:
    return max(1, math.ceil((moment - now).total_seconds()))


def rate_headers(rate: limits.Taken, now: datetime) -> dict[str, str]:
    return {
        "RateLimit-Limit": str(PER_TOKEN),
        "RateLimit-Remaining": str(rate.left),
        "RateLimit-Reset": str(seconds_until(rate.again_at, now)),
    }


def _check_body(request: HttpRequest) -> None:
    if request.method not in _WITH_BODY:
        return
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdecimal():
        raise Problem(400)
    if int(length) > MOST_BYTES:
        raise Problem(413)
    if request.content_type != "application/json":
        raise Problem(415)


def shows(operation: Operation) -> Operation:
    """This only shows: the database refuses changes."""

    @wraps(operation)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        with read_only():
            return operation(*args, **kwargs)

    return guarded  # type: ignore[return-value]  # it has the signature of what it wraps


def changes(operation: Operation) -> Operation:
    """This changes something, in one transaction."""

    @wraps(operation)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return operation(*args, **kwargs)

    return guarded  # type: ignore[return-value]  # as above
