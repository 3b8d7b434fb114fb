"""Pages for what went wrong. Each carries a reference that stands in the log too: so a cause is found."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, "400.html", exception)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, "403.html", exception)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404, "404.html", exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's secret did not fit: usually a page that stood open over a sign-in, or a blocked cookie."""
    return _page(request, 403, "403_csrf.html", reason or None)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, 500, "500.html", None)


def _page(request: HttpRequest, status: int, template: str, cause: Exception | str | None) -> HttpResponse:
    reference = secrets.token_hex(4)
    # Addresses may carry secrets (invitations, password links): the log names the view, not the address.
    view = request.resolver_match.view_name if request.resolver_match else "no view"
    level = logging.ERROR if status >= 500 else logging.INFO
    logger.log(level, "%s, reference %s: %s %s (%s)", status, reference, request.method, view, cause or "")
    context = {"reference": reference, "status": status}
    body: str
    try:
        body = loader.render_to_string(template, context, request if status < 500 else None)
    except Exception:  # whatever broke the page may break its error page as well
        logger.exception("The page for %s could not be drawn, reference %s.", status, reference)
        body = f"{_('Something broke on our side')} ({reference})"
    return HttpResponse(body, status=status)
