"""Coalitions: the list, one of them, who is in it, and what partners think of measures."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.coalitions.actions import coalitions
from advocacy.coalitions.agreement import beside_ours
from advocacy.coalitions.forms.coalitions import (
    CoalitionFilters,
    CoalitionForm,
    MemberForm,
    PartnerPositionForm,
)
from advocacy.coalitions.holders import may_write_at_all
from advocacy.coalitions.models import Coalition, CoalitionMember, Organisation, PartnerPosition
from advocacy.coalitions.models.visibility import works_with_partners
from advocacy.coalitions.touches_shown import touches_with
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from advocacy.kernel.picking import row_keys
from members.access import reach_of

_BY_NAME = ("search_text", "pk")


@reading
def coalition_list(request: SignedInRequest) -> HttpResponse:
    if not works_with_partners(reach_of(request.user)):
        raise Http404
    today = request.user.today(timezone.now())
    form = CoalitionFilters(request.GET, user=request.user)
    rows = form.narrow(Coalition.objects.visible_to(request.user), today)
    page = listing.page(rows.select_related("chapter", "lead"), request.GET, _BY_NAME)
    context = {
        "form": form,
        "page": page,
        "rows": [{"coalition": row, "is_active": row.is_active(today)} for row in page.rows],
        "count_label": listing.count_label(listing.counted(rows)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("coalitions:coalition_list"),
        "new_url": reverse("coalitions:coalition_new") if may_write_at_all(request.user) else "",
    }
    return render(request, "coalitions/coalition_list.html", context)


@reading
def coalition_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Coalition.objects.visible_to(request.user).select_related("chapter", "lead", "approved_by")
    coalition = get_object_or_404(rows, pk=pk)
    today = request.user.today(timezone.now())
    members = CoalitionMember.objects.visible_to(request.user).filter(coalition=coalition)
    inside = members.in_force(today).select_related("organisation")
    said = PartnerPosition.objects.visible_to(request.user)
    of_it = said.filter(coalition=coalition).newest_of_each()
    of_members = said.filter(
        organisation__in=inside.order_by().values("organisation"), measure__in=coalition.measures.all()
    )
    may_edit = _editable(request).filter(pk=pk).exists()
    context = {
        "coalition": coalition,
        "is_active": coalition.is_active(today),
        "members": list(inside),
        "former": list(members.filter(ends_on__lte=today).select_related("organisation")),
        "measures": list(coalition.measures.select_related("session__jurisdiction").order_by("number", "pk")),
        "issues": list(coalition.issues.order_by("title_en", "pk")),
        "positions": beside_ours(of_it + of_members.newest_of_each(), user=request.user),
        "touches": touches_with(request.user, coalition=coalition),
        "log_url": _log_url(request, coalition),
        "may_edit": may_edit,
        "edit_url": reverse("coalitions:coalition_edit", args=[pk]) if may_edit else "",
        "position_url": reverse("coalitions:position_add", args=["coalitions", pk]) if may_edit else "",
    }
    return render(request, "coalitions/coalition_detail.html", context)


def _log_url(request: SignedInRequest, coalition: Coalition) -> str:
    if not reach_of(request.user).may_log:
        return ""
    return f"{reverse('coalitions:touch_log')}?subject=coalition-{coalition.pk}"


def _editable(request: SignedInRequest) -> Any:
    return Coalition.objects.visible_to(request.user) & Coalition.objects.editable_by(request.user)


@writing
def coalition_new(request: SignedInRequest) -> HttpResponse:
    if not may_write_at_all(request.user):
        raise Http404
    return _form_page(request, None)


@writing
def coalition_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _form_page(request, get_object_or_404(_editable(request), pk=pk))


def _form_page(request: SignedInRequest, coalition: Coalition | None) -> HttpResponse:
    form = CoalitionForm(request.POST or None, user=request.user, instance=coalition)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("measures", "issues")}
        kept = coalitions.keep(form.save(commit=False), by=request.user, **said)
        messages.success(request, _("Saved."))
        return redirect(kept)
    back = coalition.get_absolute_url() if coalition else reverse("coalitions:coalition_list")
    context = {"form": form, "coalition": coalition, "back": back}
    return render(request, "coalitions/coalition_form.html", context)


@writing
def coalition_members(request: SignedInRequest, pk: int) -> HttpResponse:
    """Adds an organisation; the button beside a member ends its membership today."""
    coalition = get_object_or_404(_editable(request), pk=pk)
    today = request.user.today(timezone.now())
    members = CoalitionMember.objects.visible_to(request.user).filter(coalition=coalition, ends_on=None)
    if leaving := row_keys([request.POST.get("leaves", "")]):
        member = get_object_or_404(members.select_related("coalition", "organisation"), pk=leaving[0])
        coalitions.end_member(member, by=request.user, on=today)
        messages.success(request, _("%(name)s is no longer a member.") % {"name": member.organisation})
        return redirect("coalitions:coalition_members", pk)
    form = MemberForm(request.POST or None, user=request.user, coalition=coalition)
    if request.method == "POST" and form.is_valid():
        coalitions.add_member(coalition, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("coalitions:coalition_members", pk)
    context = {"form": form, "coalition": coalition, "members": list(members.select_related("organisation"))}
    return render(request, "coalitions/coalition_members.html", context)


@writing
def position_add(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """What an organisation or a coalition thinks of a measure."""
    rows = _editable(request) if kind == "coalitions" else Organisation.objects.editable_by(request.user)
    holder: Organisation | Coalition = get_object_or_404(rows, pk=pk)
    today = request.user.today(timezone.now())
    form = PartnerPositionForm(request.POST or None, user=request.user, holder=holder, today=today)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        coalitions.record_position(form.said(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(holder)
    return render(request, "coalitions/position_form.html", {"form": form, "holder": holder})
