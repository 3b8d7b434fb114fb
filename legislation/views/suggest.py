"""Type-ahead of officials, staffers, measures and committees: what the reader may see, a dozen at most."""

from collections.abc import Iterable

from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest, reading
from legislation import suggestions

LONGEST_QUERY = 100


@reading
def official_suggest(request: SignedInRequest) -> HttpResponse:
    return _answer(suggestions.officials(request.user, _typed(request), request.user.today(timezone.now())))


@reading
def staffer_suggest(request: SignedInRequest) -> HttpResponse:
    return _answer(suggestions.staffers(request.user, _typed(request), request.user.today(timezone.now())))


@reading
def measure_suggest(request: SignedInRequest) -> HttpResponse:
    return _answer(suggestions.measures(request.user, _typed(request)))


@reading
def committee_suggest(request: SignedInRequest) -> HttpResponse:
    return _answer(suggestions.committees(request.user, _typed(request)))


def _typed(request: SignedInRequest) -> str:
    return request.GET.get("q", "")[:LONGEST_QUERY]


def _answer(found: Iterable[suggestions.Suggestion]) -> JsonResponse:
    return JsonResponse({"results": [suggestion._asdict() for suggestion in found]})
