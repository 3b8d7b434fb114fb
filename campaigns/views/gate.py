"""What the public form needs besides itself: puzzles for its script, and the page behind the link that was mailed.

Nobody is signed in here, and the session is not looked at: pages are drawn without the request.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from advocacy.accounts.models import Language
from advocacy.accounts.requests import reading, writing
from campaigns.actions import address_proofs
from campaigns.actions.address_proofs import Proof
from campaigns.gate import proof_of_work
from campaigns.models import AddressProof
from members.views import quiet


@login_not_required
@never_cache
@reading
def challenge(request: HttpRequest) -> JsonResponse:
    """A new puzzle. Nothing is kept of it until it comes back answered."""
    return JsonResponse(proof_of_work.challenge(now=timezone.now()))


@csrf_exempt  # The link itself is the secret: who does not have it cannot press the button for somebody else.
@login_not_required
@never_cache
@writing
def confirm(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """Looking proves nothing: mail scanners follow every link."""
    if language not in Language.values:
        raise Http404
    now = timezone.now()
    with translation.override(language):
        proof = address_proofs.behind(token, now=now)
        if proof is None:
            return _page("campaigns/gate/gone.html", {}, language, token, status=410)
        became = address_proofs.prove(token, now=now) if request.method == "POST" else _as_it_stands(proof)
        return _page("campaigns/gate/confirm.html", _about(proof, became), language, token)


def _as_it_stands(proof: AddressProof) -> Proof | None:
    return Proof.DONE_BEFORE if proof.proven_at else None


def _about(proof: AddressProof, became: Proof | None) -> dict[str, Any]:
    return {
        "name": address_proofs.name_on(proof),
        "words": address_proofs.words_about(proof),
        "is_done": became is not None,
        "was_done_before": became is Proof.DONE_BEFORE,
    }


def _page(
    template: str, context: dict[str, Any], language: str, token: str, *, status: int = 200
) -> HttpResponse:
    """With the way to the other language: it stands in the address."""
    other = Language.FRENCH if language == Language.ENGLISH else Language.ENGLISH
    link = reverse("gate:confirm", args=[other.value, token])
    known = {"other_code": other.value, "other_language": link}
    return quiet.page(template, context | known, status=status)
