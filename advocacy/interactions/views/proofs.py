"""What the public record shows of a promise: a person confirms that it was broken, or opens it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.interactions.actions import proofs
from advocacy.interactions.models import Proof


@writing
def proof_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    proof = get_object_or_404(Proof.objects.editable_by(request.user).with_parts(), pk=pk)
    record = proof.promise.interaction
    if request.method == "POST":
        act = proofs.confirm if request.POST.get("decision") == "not_kept" else proofs.reopen
        if act(proof, by=request.user, on=request.user.today(timezone.now())):
            messages.success(request, _("Saved."))
        else:
            messages.info(request, _("Somebody decided this already."))
        return redirect(record)
    return render(request, "interactions/proof_decide.html", {"proof": proof, "record": record})
