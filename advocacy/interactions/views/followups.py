"""Follow-ups: the list, closing them, handing them on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.interactions.actions import followups
from advocacy.interactions.forms.followups import CancelForm, FollowUpFilters, FollowUpForm
from advocacy.interactions.models import FollowUp, FollowUpStatus, MeetingRequest
from advocacy.kernel import listing


@reading
def followup_list(request: SignedInRequest) -> HttpResponse:
    form = FollowUpFilters(request.GET)
    form.is_valid()
    today = request.user.today(timezone.now())
    rows = FollowUp.objects.visible_to(request.user)
    if form.cleaned_data.get("whose") != "all":
        rows = rows.owned_by(request.user)
    show = form.cleaned_data.get("show") or "open"
    if show == "open":
        rows = rows.open()
    elif show == "overdue":
        rows = rows.overdue(today)
    elif show == "done":
        rows = rows.filter(status=FollowUpStatus.DONE)
    order = ("-due_on", "-pk") if show == "done" else ("due_on", "pk")
    page = listing.page(
        rows.select_related("owner", "official", "chapter", "interaction"), request.GET, order
    )
    context = {
        "form": form,
        "show": show,
        "page": page,
        "rows": [{"followup": row, "is_overdue": row.is_overdue(today)} for row in page.rows],
        "count_label": listing.count_label(listing.counted(rows)),
        "today": today,
        "here": request.get_full_path(),
    }
    return render(request, "interactions/followup_list.html", context)


def _editable(request: SignedInRequest, pk: int) -> FollowUp:
    """A follow-up that the person owns, or whose chapter they log for."""
    return get_object_or_404(
        FollowUp.objects.editable_by(request.user).select_related("owner", "official"), pk=pk
    )


@writing
def followup_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    followup = get_object_or_404(
        FollowUp.objects.visible_to(request.user).select_related(
            "owner", "official", "interaction", "done_by"
        ),
        pk=pk,
    )
    may_edit = FollowUp.objects.editable_by(request.user).filter(pk=pk).exists()
    initial = {"owner": followup.owner_id, "due_on": followup.due_on, "text": followup.text}
    form = FollowUpForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST":
        followup = _editable(request, pk)
        if form.is_valid():
            changed = followups.change(followup, by=request.user, **form.cleaned_data)
            messages.success(request, _("Follow-up changed.") if changed else _("Nothing to change."))
            return redirect(followup)
    context = {
        "followup": followup,
        "form": form,
        "asked": MeetingRequest.objects.visible_to(request.user)
        .filter(nudge=followup)
        .select_related("official")
        .first(),
        "may_edit": may_edit and followup.status == FollowUpStatus.OPEN,
        "may_reopen": may_edit and followup.status != FollowUpStatus.OPEN,
        "is_overdue": followup.is_overdue(request.user.today(timezone.now())),
    }
    return render(request, "interactions/followup_detail.html", context)


@writing
def followup_complete(request: SignedInRequest, pk: int) -> HttpResponse:
    followup = _editable(request, pk)
    if request.method == "POST":
        if followups.complete(followup, by=request.user, on=request.user.today(timezone.now())):
            messages.success(request, _("Done: %(what)s.") % {"what": followup})
        else:
            messages.info(request, _("This follow-up was closed already."))
        return redirect(_back(request, followup))
    return render(request, "interactions/followup_complete.html", {"followup": followup})


@writing
def followup_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    followup = _editable(request, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        today = request.user.today(timezone.now())
        followups.cancel(followup, by=request.user, on=today, reason=form.cleaned_data["reason"])
        messages.success(request, _("Follow-up cancelled."))
        return redirect(followup)
    return render(request, "interactions/followup_cancel.html", {"followup": followup, "form": form})


@writing
def followup_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    followup = _editable(request, pk)
    if request.method == "POST":
        followups.reopen(followup, by=request.user)
        messages.success(request, _("Follow-up is open again."))
        return redirect(_back(request, followup))
    return render(request, "interactions/followup_reopen.html", {"followup": followup})


def _back(request: SignedInRequest, followup: FollowUp) -> str:
    """Where the button was pressed, when that is a page of ours."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return reverse("interactions:followup_detail", args=[followup.pk])
