"""Version 1 of the API: its routers, how it answers, and how it fails."""

import hashlib
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser

from advocacy.api import problems
from advocacy.api.doors import rate_headers
from advocacy.api.problems import FieldProblem, Problem
from advocacy.api.v1 import campaigns, log, me, measures, officials, osdi, webhooks


class Utf8Parser(Parser):
    """JSON as the standard has it: no NaN, no half of a surrogate pair, no nesting without end."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            data = json.loads(request.body, parse_constant=_refuse)
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError as too_deep:
            raise ValueError from too_deep
        return data


def _refuse(constant: str) -> None:
    raise ValueError(constant)


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        """The answer with what every answer carries: how often one may ask, and a mark of what was read."""
        response = super().create_response(request, data, status=status, temporal_response=temporal_response)
        headers = rate_headers(request.rate, timezone.now()) if hasattr(request, "rate") else {}
        if request.method == "GET" and response.status_code == 200:
            headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            if _is_known(request, headers["ETag"]):
                response = HttpResponseNotModified()
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response


def _is_known(request: HttpRequest, etag: str) -> bool:
    known = [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]
    return etag in known or "*" in known


api = Api(
    title="Chapter Advocacy Portal",
    version="1.0.0",
    description="Officials, measures, the log and campaigns, as the owner of the token may read them.",
    docs_url=None,
    openapi_url=None,
    parser=Utf8Parser(),
    urls_namespace="api",
)
api.add_router("/me", me.router)
api.add_router("/officials", officials.router)
api.add_router("/measures", measures.router)
api.add_router("/issues", measures.issues_router)
api.add_router("/interactions", log.router)
api.add_router("/campaigns", campaigns.router)
api.add_router("/actions", campaigns.actions_router)
api.add_router("/webhooks", webhooks.router)
api.add_router("/osdi", osdi.router)


def _answer(
    request: HttpRequest, status: int, detail: str = "", errors: list[FieldProblem] | None = None
) -> HttpResponse:
    response = api.create_response(request, problems.body(status, detail, errors or []), status=status)
    response.headers["Content-Type"] = problems.TYPE
    return response


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    response = _answer(request, problem.status, problem.detail, list(problem.errors))
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response


@api.exception_handler(Http404)
def _missing(request: HttpRequest, missing: Http404) -> HttpResponse:
    return _answer(request, 404)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, refused: HttpError) -> HttpResponse:
    return _answer(request, refused.status_code)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    if any(error["loc"][0] == "path" for error in invalid.errors):
        return _answer(request, 404)
    found = [FieldProblem(_field(error["loc"]), str(error["msg"])) for error in invalid.errors]
    return _answer(request, 422, errors=found)


def _field(location: tuple[Any, ...]) -> str:
    """`officials.0` for what the validator calls `body.contact.officials.0`."""
    return ".".join(str(part) for part in location[2:]) or str(location[-1])
