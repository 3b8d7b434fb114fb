"""Public pages that look at no session: no cookie, no sign-in, the language in the address."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from members.models import Society


def page(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The template without the request, so that nothing on it can ask who is looking."""
    # Said here, because the middleware knows only the language of the browser.
    headers = {"Content-Language": str(translation.get_language())}
    return HttpResponse(render_to_string(template, known() | context), status=status, headers=headers)


def known() -> dict[str, Any]:
    """What stands on every public page."""
    society = Society.objects.first()
    return {"request": None, "messages": (), "society": society, "demo_mode": society and society.is_demo}
