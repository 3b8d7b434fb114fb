"""Adding somebody to an office's staff, and correcting or ending such an entry."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.audit.models import Entry
from legislation.actions import staffers
from legislation.forms.staffers import StafferChangeForm, StafferForm
from legislation.models import Official, Staffer


@writing
def staffer_add(request: SignedInRequest, official_pk: int) -> HttpResponse:
    official = get_object_or_404(Official.objects.visible_to(request.user), pk=official_pk)
    form = StafferForm(request.POST if request.method == "POST" else None, official=official)
    if request.method == "POST" and form.is_valid():
        staffer = staffers.add(by=request.user, official=official, **form.cleaned_data)
        messages.success(request, _("%(name)s is on the staff list now.") % {"name": staffer})
        return redirect(_staff_of(official))
    context = {"form": form, "office": official, "cancel_url": _staff_of(official)}
    return render(request, "legislation/staffer_add.html", context, status=422 if form.errors else 200)


@writing
def staffer_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """For whoever added the entry and for staff; to others it looks missing."""
    visible = Staffer.objects.visible_to(request.user).select_related("official", "committee")
    staffer = get_object_or_404(visible, pk=pk)
    if not staffers.may_edit(staffer, request.user):
        raise Http404
    name, back = str(staffer), _back_from(staffer)
    form = StafferChangeForm(
        request.POST if request.method == "POST" else None, instance=staffer, official=staffer.official
    )
    if request.method == "POST" and form.is_valid():
        changed = staffers.change(staffer, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved.") if changed else _("Nothing to change."))
        return redirect(back)
    context = {
        "form": form,
        "name": name,
        "office": staffer.official or staffer.committee,
        "cancel_url": back,
        "entries": Entry.objects.filter(model=Staffer._meta.label_lower, object_id=str(pk)).select_related(
            "actor"
        ),
    }
    return render(request, "legislation/staffer_edit.html", context, status=422 if form.errors else 200)


def _staff_of(official: Official | None) -> str:
    if official is None:
        return reverse("legislation:official_list")
    return f"{reverse('legislation:official_detail', args=[official.pk])}#staff"


def _back_from(staffer: Staffer) -> str:
    if staffer.committee is not None and staffer.official is None:
        return staffer.committee.get_absolute_url()
    return _staff_of(staffer.official)
