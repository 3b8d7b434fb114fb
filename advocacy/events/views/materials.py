"""The materials of an Advocacy Day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.events.actions import materials
from advocacy.events.forms.materials import MaterialsForm
from advocacy.events.models import EventMaterial
from advocacy.events.views.events import event_run
from advocacy.positions.holders import may_make_materials_at_all


@writing
def material_list(request: SignedInRequest, pk: int) -> HttpResponse:
    event = event_run(request, pk)
    form = MaterialsForm(request.POST if request.method == "POST" else None, user=request.user, event=event)
    if form.is_bound and form.is_valid():
        materials.choose(event, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(event)
    rows = EventMaterial.objects.visible_to(request.user).filter(event=event)
    resting = rows.exclude(pk__in=rows.handed_out().order_by().values("pk")).select_related("material")
    context = {
        "event": event,
        "form": form,
        "resting": list(resting),
        "is_empty": not form.fields["materials"].queryset.exists(),  # type: ignore[attr-defined]  # a RowsField
        "may_add": may_make_materials_at_all(request.user),
    }
    return render(request, "events/material_list.html", context, status=422 if form.errors else 200)
