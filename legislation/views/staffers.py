"""Adding somebody to an office's staff, and correcting or ending such an entry."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.audit.models import Entry
from legislation.actions import staffers
from legislation.forms.staffers import StafferChangeForm, StafferForm
from legislation.models import Official, Staffer

_VERBS = {"added": gettext_lazy("added it"), "edited": gettext_lazy("changed it")}


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
        "history": _history(staffer),
    }
    return render(request, "legislation/staffer_edit.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Act:
    """One line of the history: who did what when, and what changed, field by field."""

    entry: Entry
    did: str
    changes: list[tuple[str, list[Any]]]


def _history(staffer: Staffer) -> list[Act]:
    entries = Entry.objects.filter(model=Staffer._meta.label_lower, object_id=str(staffer.pk))
    return [
        Act(
            entry=entry,
            did=str(_VERBS.get(entry.verb, entry.verb)),
            changes=[(_label(name), change) for name, change in entry.changes.items()],
        )
        for entry in entries.select_related("actor")
    ]


def _label(name: str) -> str:
    """The field's name as the form has it; a field of an older release keeps its own."""
    known = {field.name: field for field in Staffer._meta.concrete_fields}
    return capfirst(str(known[name].verbose_name)) if name in known else name


def _staff_of(official: Official | None) -> str:
    if official is None:
        return reverse("legislation:official_list")
    return f"{reverse('legislation:official_detail', args=[official.pk])}#staff"


def _back_from(staffer: Staffer) -> str:
    if staffer.committee is not None and staffer.official is None:
        return staffer.committee.get_absolute_url()
    return _staff_of(staffer.official)
