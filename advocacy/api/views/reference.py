"""The reference of the API: for programs as OpenAPI, for people as a page made from the same document."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from advocacy.accounts.requests import reading
from advocacy.api import openapi
from advocacy.api.doors import PER_INSTALLATION, PER_TOKEN


@login_not_required
@reading
def openapi_document(request: HttpRequest) -> HttpResponse:
    return JsonResponse(openapi.document())


@login_not_required
@reading
def reference(request: HttpRequest) -> HttpResponse:
    context = {
        "sections": openapi.sections(),
        "shapes": openapi.shapes(),
        "per_token": PER_TOKEN,
        "per_installation": PER_INSTALLATION,
    }
    return render(request, "api/reference.html", context)
