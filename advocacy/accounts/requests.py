"""The signed-in request, and what a view may do with it: read, or write.

Every view of ours carries one of the decorators. A reading view that tries to change the database raises, and so does
one that is asked by POST; a writing view runs its POST in one transaction, and reads on GET like any other.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from advocacy.accounts.models import User

Parameters = ParamSpec("Parameters")


class SignedInRequest(HttpRequest):
    """A request behind the sign-in wall: `user` is one of our people."""

    user: User


View = Callable[Concatenate[SignedInRequest, Parameters], HttpResponseBase]
_CHANGES = re.compile(r"\s*(insert|update|delete|replace|truncate|create|alter|drop)\b", re.IGNORECASE)
# The one trace a look may leave: who opened a restricted record (DOMAIN.md §8, A12).
_ACCESS_ENTRY = re.compile(r'\s*insert into "?audit_entry"?', re.IGNORECASE)


class ReadingViewWrote(RuntimeError):
    """A view declared @reading tried to change the database."""


def _refuse_changes(
    execute: Callable[[str, Any, bool, dict[str, Any]], Any],
    sql: str,
    params: Any,
    many: bool,
    context: dict[str, Any],
) -> Any:
    if _CHANGES.match(sql) and not _ACCESS_ENTRY.match(sql):
        raise ReadingViewWrote(sql.strip()[:120])
    return execute(sql, params, many, context)


def read_only() -> AbstractContextManager[None]:
    """The database refuses changes inside this block, except entries of the access log."""
    return connection.execute_wrapper(_refuse_changes)


def reading(view: View[Parameters]) -> View[Parameters]:
    """This view only shows: GET and HEAD, and the database refuses changes."""

    @require_safe
    @wraps(view)
    def guarded(
        request: SignedInRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> HttpResponseBase:
        with read_only():
            return view(request, *args, **kwargs)

    return guarded


def asking(view: View[Parameters]) -> View[Parameters]:
    """This view only shows, like a reading one, but its question may come by POST.

    For questions that must stand in no address, history or log: where somebody lives.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(
        request: SignedInRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> HttpResponseBase:
        with read_only():
            return view(request, *args, **kwargs)

    return guarded


def writing(view: View[Parameters]) -> View[Parameters]:
    """This view changes something on POST, in one transaction; on GET it only shows its form."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(
        request: SignedInRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> HttpResponseBase:
        if request.method != "POST":
            with read_only():
                return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return guarded
