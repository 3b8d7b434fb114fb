"""The API knows no session: a cookie opens nothing here, is not answered with one, and errors are for programs."""

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from advocacy.api import problems

_OF_THE_API, _FOR_PEOPLE = "/api/", "/api/v1/docs"


class ApiMiddleware:
    """Stands before the session: what comes after it meets a visitor, whoever the browser is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(_OF_THE_API) or request.path_info == _FOR_PEOPLE:
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        asked_for_headers = request.method == "HEAD"
        if asked_for_headers:  # answered like GET; the server sends no body
            request.method = "GET"
        response = self.get_response(request)
        if asked_for_headers:
            request.method = "HEAD"
        if isinstance(response, HttpResponse) and response.status_code >= 400:
            _for_programs(response)
        response.cookies.clear()  # an error page of the rest of the portal may carry one
        patch_cache_control(response, no_store=True, private=True)
        return response


def _for_programs(response: HttpResponse) -> None:
    """An error page made by the rest of the portal, in the words of the API. Its headers stay."""
    if response.headers.get("Content-Type", "").startswith((problems.TYPE, "application/json")):
        return
    response.content = json.dumps(problems.body(response.status_code)).encode()
    response.headers["Content-Type"] = problems.TYPE
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
