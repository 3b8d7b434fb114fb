"""Grasstops contacts: who is due for a touch, all of them, one of them, and whom they can reach."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.audit import trail
from advocacy.coalitions.actions import grasstops
from advocacy.coalitions.best_to_ask import people_to_ask
from advocacy.coalitions.forms.grasstops import GrasstopsFilters, GrasstopsForm, InfluenceForm
from advocacy.coalitions.models import Grasstops, Influence
from advocacy.coalitions.models.visibility import works_with_partners
from advocacy.coalitions.rhythm import due, rhythms
from advocacy.coalitions.touches_shown import touches_with
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from advocacy.kernel.picking import row_keys
from legislation.models import Official
from members.access import reach_of
from members.confidentiality import Confidentiality

_DUE_SHOWN = 10
_BY_NAME = ("person_name", "pk")
_RELATED = ("contact__organisation", "chapter")


@reading
def grasstops_list(request: SignedInRequest) -> HttpResponse:
    """With `?official=`, who is the best person to ask that official."""
    if not works_with_partners(reach_of(request.user)):
        raise Http404
    today = request.user.today(timezone.now())
    visible = Grasstops.objects.visible_to(request.user)
    form = GrasstopsFilters(request.GET, user=request.user)
    rows = form.narrow(visible.in_force(today))
    named = rows.select_related(*_RELATED).annotate(person_name=F("contact__name"))
    page = listing.page(named, request.GET, _BY_NAME)
    late = due(visible, user=request.user, today=today) if listing.is_first(request.GET) else []
    official = _official(request)
    context = {
        "form": form,
        "page": page,
        "rows": rhythms(page.rows, user=request.user, today=today),
        "due": late[:_DUE_SHOWN],
        "due_count": len(late),
        "official": official,
        "candidates": people_to_ask(official, user=request.user, today=today) if official else [],
        "count_label": listing.count_label(listing.counted(rows)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("coalitions:grasstops_list"),
        "new_url": reverse("coalitions:grasstops_new") if reach_of(request.user).may_log else "",
        "may_log": reach_of(request.user).may_log,
    }
    return render(request, "coalitions/grasstops_list.html", context)


def _official(request: SignedInRequest) -> Official | None:
    keys = row_keys([request.GET.get("official", "")])
    return Official.objects.visible_to(request.user).filter(pk=keys[0]).first() if keys else None


@reading
def grasstops_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Opening a colleague's restricted contact leaves an access entry, as a restricted record of the log does."""
    contact = get_object_or_404(
        Grasstops.objects.visible_to(request.user).select_related(*_RELATED, "added_by"), pk=pk
    )
    if contact.confidentiality == Confidentiality.RESTRICTED and contact.added_by_id != request.user.pk:
        trail.record(by=request.user, verb="opened", of=contact)
    today = request.user.today(timezone.now())
    may_edit = Grasstops.objects.editable_by(request.user).filter(pk=pk).exists()
    (rhythm,) = rhythms([contact], user=request.user, today=today)
    reached = Influence.objects.visible_to(request.user).filter(grasstops=contact)
    context = {
        "contact": contact,
        "rhythm": rhythm,
        "holders": list(contact.holders.order_by("full_name", "pk")),
        "topics": list(contact.topics.order_by("title_en", "pk")),
        "reached": list(reached.select_related("official", "known_by")),
        "touches": touches_with(request.user, grasstops=contact),
        "may_edit": may_edit,
        "edit_url": reverse("coalitions:grasstops_edit", args=[pk]) if may_edit else "",
        "log_url": f"{reverse('coalitions:touch_log')}?subject=grasstops-{pk}" if may_edit else "",
    }
    return render(request, "coalitions/grasstops_detail.html", context)


@writing
def grasstops_new(request: SignedInRequest) -> HttpResponse:
    """`?contact=` names the person."""
    if not reach_of(request.user).may_log:
        raise Http404
    started = Grasstops(starts_on=request.user.today(timezone.now()))
    back = reverse("coalitions:grasstops_list")
    return _form_page(request, started, back=back, contact=request.GET.get("contact", ""))


@writing
def grasstops_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(Grasstops.objects.editable_by(request.user).select_related(*_RELATED), pk=pk)
    return _form_page(request, contact, back=contact.get_absolute_url())


def _form_page(request: SignedInRequest, row: Grasstops, *, back: str, **known: str) -> HttpResponse:
    form = GrasstopsForm(request.POST or None, user=request.user, instance=row, initial=known)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("holders", "topics")}
        kept = grasstops.keep(form.save(commit=False), by=request.user, **said)
        messages.success(request, _("Saved."))
        return redirect(kept)
    context = {"form": form, "contact": row if row.pk else None, "back": back}
    return render(request, "coalitions/grasstops_form.html", context)


@writing
def grasstops_reach(request: SignedInRequest, pk: int) -> HttpResponse:
    """Adds officials to the influence map; the button beside a line takes it off again."""
    contact = get_object_or_404(Grasstops.objects.editable_by(request.user).select_related(*_RELATED), pk=pk)
    today = request.user.today(timezone.now())
    lines = Influence.objects.visible_to(request.user).filter(grasstops=contact)
    if gone := row_keys([request.POST.get("remove", "")]):
        line = get_object_or_404(lines.select_related("grasstops", "official"), pk=gone[0])
        grasstops.unmap(line, by=request.user)
        messages.success(request, _("Taken off the map."))
        return redirect("coalitions:grasstops_reach", pk)
    form = InfluenceForm(request.POST or None, user=request.user)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        grasstops.map_influence(contact, by=request.user, on=today, **said)
        messages.success(request, _("Saved."))
        return redirect(contact)
    context = {"form": form, "contact": contact, "lines": list(lines.select_related("official"))}
    return render(request, "coalitions/grasstops_reach.html", context)
