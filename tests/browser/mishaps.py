"""The portal's addresses and some that always fail, so that the pages for what went wrong can be looked at."""

from typing import NoReturn

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from advocacy.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@login_not_required
def bad_request(request: HttpRequest) -> NoReturn:
    raise SuspiciousOperation("A request that nobody of ours sends.")


@login_not_required
def forbidden(request: HttpRequest) -> NoReturn:
    raise PermissionDenied


@login_not_required
def broken(request: HttpRequest) -> NoReturn:
    raise RuntimeError("This page always fails.")


@login_not_required
def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


urlpatterns = [
    path("mishap/400/", bad_request),
    path("mishap/403/", forbidden),
    path("mishap/429/", too_many),
    path("mishap/500/", broken),
    path("", include("advocacy.urls")),
]
