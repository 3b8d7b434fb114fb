"""Type-ahead of measures, those that the reader's chapters follow before all others; and of materials."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.positions.suggestions import followed_by, materials
from legislation import suggestions
from legislation.views.suggest import LONGEST_QUERY


@reading
def measure_suggest(request: SignedInRequest) -> HttpResponse:
    text, today = request.GET.get("q", "")[:LONGEST_QUERY], request.user.today(timezone.now())
    found = suggestions.measures(request.user, text, followed_by(request.user, today))
    return JsonResponse({"results": [suggestion._asdict() for suggestion in found]})


@reading
def material_suggest(request: SignedInRequest) -> HttpResponse:
    found = materials(request.user, request.GET.get("q", "")[:LONGEST_QUERY])
    return JsonResponse({"results": [suggestion._asdict() for suggestion in found]})
