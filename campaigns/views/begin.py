"""Beginning a campaign: from nothing, from a measure, or like an earlier one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.kernel.picking import row_keys
from campaigns import choosing
from campaigns.actions import editing
from campaigns.forms.begin import BeginForm, BeginLikeForm
from campaigns.models import Campaign
from campaigns.views import frame
from campaigns.views.frame import sent
from legislation.models import Measure


@writing
def campaign_begin(request: SignedInRequest) -> HttpResponse:
    """`measure` and `holder` in the address fill the form; *Find* draws it again, half filled."""
    if not choosing.begins_any(request.user):
        raise Http404
    measure = _measure(request)
    holder = request.GET.get("holder", "")
    initial = {"holder": holder} if holder else {}
    form = BeginForm(sent(request), user=request.user, measure=measure, initial=initial)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        campaign = editing.begin(by=request.user, now=timezone.now(), **form.said())
        messages.success(request, _("A draft. Fill in what is missing, then submit it."))
        return redirect(campaign)
    earlier = Campaign.objects.visible_to(request.user).order_by("-created_at", "-pk")[:5]
    context = {"form": form, "measure": measure, "earlier": earlier, "why_not": _why_not(measure, form)}
    return render(request, "campaigns/campaign_begin.html", context, status=422 if form.errors else 200)


def _measure(request: SignedInRequest) -> Measure | None:
    keys = row_keys([request.GET.get("measure", "")])
    if not keys:
        return None
    rows = Measure.objects.visible_to(request.user).select_related("session__jurisdiction")
    return get_object_or_404(rows, pk=keys[0])


def _why_not(measure: Measure | None, form: BeginForm) -> str:
    """Why nothing can be sent about the measure yet, whatever is written."""
    if measure is None:
        return ""
    chapter = form.holders.get(str(form["holder"].value() or ""), next(iter(form.holders.values()), None))
    return choosing.why_not(measure, chapter)


@writing
def campaign_begin_like(request: SignedInRequest, pk: int) -> HttpResponse:
    past = frame.visible(request, pk)
    if not choosing.begins_any(request.user):
        raise Http404
    form = BeginLikeForm(sent(request), user=request.user, past=past)
    if request.method == "POST" and form.is_valid():
        campaign = editing.begin_like(
            past, by=request.user, now=timezone.now(), chapter=form.chapter, name=form.cleaned_data["name"]
        )
        messages.success(request, _("A draft with its words. Choose its window and its audience."))
        return redirect(campaign)
    status = 422 if form.errors else 200
    return render(request, "campaigns/campaign_begin_like.html", {"form": form, "past": past}, status=status)
