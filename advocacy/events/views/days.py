"""Beginning an Advocacy Day, changing it, and moving it on; each move asks once more."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.events import moves, survey_results
from advocacy.events.actions import days
from advocacy.events.actions.days import WrongStatus
from advocacy.events.forms.days import CopyForm, EventForm, MoveForm
from advocacy.events.models import AdvocacyEvent
from advocacy.events.views.events import event_run


@writing
def event_new(request: SignedInRequest) -> HttpResponse:
    if not days.may_begin(request.user):
        raise Http404
    form = EventForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["form_key"]
        event = days.begin(by=request.user, form_key=key, **form.said())
        messages.success(
            request, _("It is an idea now, with its checklist. Announce it when its day is certain.")
        )
        return redirect(event)
    back = reverse("events:event_list")
    return render(request, "events/event_form.html", {"form": form, "event": None, "back": back})


@writing
def event_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    event = event_run(request, pk)
    if event.is_over:
        raise Http404
    form = EventForm(request.POST or None, user=request.user, instance=event)
    if request.method == "POST" and form.is_valid():
        stored = event_run(request, pk)
        try:
            is_changed = days.change(stored, by=request.user, now=timezone.now(), **form.said())
        except WrongStatus:
            return _somebody_was_faster(request, stored)
        if is_changed:
            messages.success(request, _("Saved."))
        return redirect(stored)
    context = {"form": form, "event": event, "back": event.get_absolute_url()}
    return render(request, "events/event_form.html", context)


@writing
def event_move(request: SignedInRequest, pk: int, move: str) -> HttpResponse:
    event, now, wanted = event_run(request, pk), timezone.now(), moves.BY_NAME[move]
    if not wanted.is_offered(event, now):
        return _somebody_was_faster(request, event)
    form = MoveForm(request.POST if request.method == "POST" else None, wanted=wanted.asks, event=event)
    if request.method == "POST" and form.is_valid():
        try:
            wanted.make(event, by=request.user, now=now, **form.cleaned_data)
        except WrongStatus:
            return _somebody_was_faster(request, event_run(request, pk))
        messages.success(request, str(wanted.done))
        return redirect(event)
    status = 422 if form.errors else 200
    return render(
        request, "events/event_move.html", {"form": form, "event": event, "move": wanted}, status=status
    )


def _somebody_was_faster(request: SignedInRequest, event: AdvocacyEvent) -> HttpResponse:
    words = _("That is not possible now. Where it stands: %(status)s. Perhaps somebody was faster.")
    messages.error(request, words % {"status": event.get_status_display()})
    return redirect(event)


@writing
def event_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    event = event_run(request, pk)
    form = CopyForm(request.POST or None, event=event, user=request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        anew = days.copy(event, by=request.user, held_on=said["held_on"], form_key=said["form_key"])
        messages.success(
            request, _("The next day is begun: an idea, with a new checklist and nobody registered.")
        )
        return redirect(anew)
    context = {"form": form, "event": event, "said": survey_results.lessons_of(event)}
    return render(request, "events/event_copy.html", context)
