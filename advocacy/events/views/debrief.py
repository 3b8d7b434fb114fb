"""The debrief of one meeting: the log form, filled in with all that is known already."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.offline import is_draft, refused, takes_drafts
from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.events import debrief_form, errors
from advocacy.events.actions import debriefs
from advocacy.events.models import REPORTING, Appointment
from advocacy.interactions.models import Interaction, State

_REPORTED = gettext_lazy("The debrief of this meeting has been filed already.")


@takes_drafts
@writing
def debrief(request: SignedInRequest, pk: int) -> HttpResponse:
    """Saving it makes the interaction and its follow-ups, and the meeting is held.

    The form opens before the day too: a phone takes it along.
    """
    appointment, now = _reportable(request, pk), timezone.now()
    if appointment.interaction is not None and request.method != "POST":
        return _reported(request, appointment.interaction)
    report = debrief_form.report(request, appointment, now)
    if report.wants_saving and report.target == State.LOGGED and report.is_valid():
        form_key = report.contact.cleaned_data["form_key"]
        try:
            interaction, is_new = debriefs.file(
                appointment, by=request.user, entry=report.entry(), form_key=form_key, now=now
            )
        except errors.ReportedAlready as faster:
            if is_draft(request):
                return refused([str(_REPORTED)])
            return _reported(request, Interaction.objects.get(pk=faster.args[0]))
        except errors.NotHeldYet:
            report.contact.add_error("occurred_on", _("The day has not come yet."))
        else:
            if is_new:
                messages.success(request, _("Debrief filed. Thank you."))
            return _after(request, interaction, appointment)
    if is_draft(request):
        return refused(report.questions)
    context: dict[str, Any] = {
        "report": report,
        "appointment": appointment,
        "event": appointment.event,
        "guards": [],
    }
    return render(request, "events/debrief.html", context, status=422 if report.wants_saving else 200)


def _reportable(request: SignedInRequest, pk: int) -> Appointment:
    rows = Appointment.objects.debriefable_by(request.user).filter(event__status__in=REPORTING)
    return get_object_or_404(rows.with_office().select_related("interaction"), pk=pk)


def _reported(request: SignedInRequest, interaction: Interaction) -> HttpResponse:
    """Somebody was faster: who may read the record adds to it there."""
    messages.info(request, _REPORTED)
    if Interaction.objects.visible_to(request.user).filter(pk=interaction.pk).exists():
        return redirect(interaction)
    return redirect("events:event_list")


def _after(request: SignedInRequest, interaction: Interaction, appointment: Appointment) -> HttpResponse:
    if Interaction.objects.visible_to(request.user).filter(pk=interaction.pk).exists():
        return redirect(interaction)
    return redirect(appointment.event)
