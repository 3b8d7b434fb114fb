"""What went wrong, for a program to read and a person to act on: `application/problem+json` (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

TYPE = "application/problem+json"


class FieldProblem(NamedTuple):
    """`field` as the program named it; `problem` says what to do."""

    field: str
    problem: str


class Problem(Exception):
    """Ends a request with this status, these words and these headers."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.errors = status, detail, errors
        self.headers = dict(headers or {})


def body(status: int, detail: str = "", errors: Sequence[FieldProblem] = ()) -> dict[str, Any]:
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or advice(status),
    }
    if errors:
        said["errors"] = [one._asdict() for one in errors]
    return said


def advice(status: int) -> str:
    """What to do about it, where nothing more exact is known."""
    return {
        400: _("This request cannot be read. Send JSON in UTF-8, as the reference describes it."),
        401: _("Send a working token: Authorization: Bearer …"),
        403: _("Your token does not cover this. Make one with the scope that the reference names."),
        404: _("There is nothing here that your token may read."),
        405: _("This address does not take this method."),
        409: _("This was asked before in another way."),
        413: _("This is too large. Send less than 1 MB."),
        415: _("Send JSON, and say so: Content-Type: application/json."),
        422: _("Some values cannot be used."),
        429: _("Too many requests. Wait as long as Retry-After says."),
    }.get(status, _("Something went wrong here. Try again later."))
