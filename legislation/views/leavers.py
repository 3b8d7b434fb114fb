"""What is still addressed to officials who left, for those who decide what becomes of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.kernel import listing
from legislation.actions import leavers
from legislation.forms.leavers import LeaverDecisionForm
from legislation.models import Decision, LeaverDecision


@reading
def leaver_list(request: SignedInRequest) -> HttpResponse:
    today = request.user.today(timezone.now())
    rows = LeaverDecision.objects.open().visible_to(request.user, today)
    page = listing.page(rows.select_related("official"), request.GET, ("pk",))
    context = {"page": page, "count_label": listing.count_label(listing.counted(rows))}
    return render(request, "legislation/leaver_list.html", context)


@writing
def leaver_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    today = request.user.today(now)
    rows = LeaverDecision.objects.open().visible_to(request.user, today).select_related("official")
    row = get_object_or_404(rows, pk=pk)
    successor = leavers.successor_for(row, today)
    form = LeaverDecisionForm(request.POST or None, successor=successor)
    if request.method == "POST" and form.is_valid():
        decision = Decision(form.cleaned_data["decision"])
        reason = form.cleaned_data["reason"]
        if leavers.decide(row, decision, by=request.user, now=now, reason=reason):
            messages.success(request, _("Decided: %(what)s.") % {"what": decision.label})
        else:
            messages.info(request, _("Somebody decided this already."))
        return redirect("legislation:leaver_list")
    context = {"row": row, "form": form, "successor": successor}
    return render(request, "legislation/leaver_decide.html", context)
