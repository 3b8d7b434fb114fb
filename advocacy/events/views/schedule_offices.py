"""The offices of one Advocacy Day: listed, asked for, given a time and a place; and the buildings they are in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.events import errors
from advocacy.events.actions import appointments, buildings
from advocacy.events.forms.schedule import AppointmentForm, BuildingForm, OfficesForm
from advocacy.events.models import SCHEDULING, Appointment, Building
from advocacy.events.views.schedule import back_to, schedulable


def managed_appointment(request: SignedInRequest, pk: int) -> Appointment:
    rows = Appointment.objects.managed_by(request.user).with_office()
    return get_object_or_404(rows, pk=pk)


@writing
def office_add(request: SignedInRequest, pk: int) -> HttpResponse:
    event = schedulable(request, pk)
    form = OfficesForm(request.POST or None, user=request.user)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        listed = 0
        offices = [{"official": one} for one in form.cleaned_data["officials"]]
        offices += [{"agency": form.cleaned_data["agency"]}] if form.cleaned_data["agency"] else []
        for office in offices:
            try:
                appointments.add(event, by=request.user, **office)
                listed += 1
            except errors.AlreadyListed:
                words = {"office": office.get("official") or office["agency"]}
                messages.info(request, _("%(office)s is on the list already.") % words)
        _say_listed(request, listed)
        return back_to(event, "#without-team")
    return render(request, "events/office_add.html", {"event": event, "form": form})


@require_POST
@writing
def offices_of_those_who_come(request: SignedInRequest, pk: int) -> HttpResponse:
    event = schedulable(request, pk)
    _say_listed(request, appointments.add_for_those_who_come(event, by=request.user))
    return back_to(event, "#without-team")


def _say_listed(request: SignedInRequest, count: int) -> None:
    if count:
        text = ngettext("%(count)d office is on the list.", "%(count)d offices are on the list.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("No office was added: all of them are on the list."))


@writing
def appointment_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment, now = managed_appointment(request, pk), timezone.now()
    event = appointment.event
    if event.status not in SCHEDULING:
        raise Http404
    form = AppointmentForm(request.POST or None, appointment=appointment, now=now)
    is_outdated = False
    if request.method == "POST" and form.is_valid():
        try:
            appointments.change(
                appointment, by=request.user, now=now, version=form.cleaned_data["version"], **form.said()
            )
        except errors.ChangedMeanwhile:
            appointment.refresh_from_db()
            is_outdated = True
        else:
            messages.success(request, _("Saved."))
            return back_to(event, f"#appointment-{appointment.pk}")
    context = {"event": event, "appointment": appointment, "form": form, "is_outdated": is_outdated}
    return render(request, "events/appointment_edit.html", context, status=409 if is_outdated else 200)


@writing
def appointment_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asked once more. Once people hold the schedule an office is declined, not removed."""
    appointment = managed_appointment(request, pk)
    event = appointment.event
    if event.status not in SCHEDULING or event.is_published or appointment.has_debrief:
        raise Http404
    if request.method == "POST":
        appointments.remove(appointment, by=request.user)
        messages.success(request, _("%(office)s is off the list.") % {"office": appointment.office})
        return back_to(event)
    return render(request, "events/appointment_remove.html", {"event": event, "appointment": appointment})


@writing
def building_add(request: SignedInRequest, pk: int) -> HttpResponse:
    event = schedulable(request, pk)
    form = BuildingForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "directions", "is_closed")}
        buildings.keep(event, by=request.user, building=None, walks=form.walks(), **said)
        return back_to(event, "#buildings")
    return render(request, "events/building_edit.html", {"event": event, "building": None, "form": form})


@writing
def building_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    building = get_object_or_404(Building.objects.select_related("event"), pk=pk)
    event = schedulable(request, building.event_id)
    form = BuildingForm(request.POST or None, event=event, building=building)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "directions", "is_closed")}
        buildings.keep(event, by=request.user, building=building, walks=form.walks(), **said)
        messages.success(request, _("Saved."))
        return back_to(event, "#buildings")
    return render(request, "events/building_edit.html", {"event": event, "building": building, "form": form})
