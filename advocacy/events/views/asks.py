"""The one to three asks of an Advocacy Day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.events.actions import asks
from advocacy.events.forms.asks import AskForm
from advocacy.events.models import AdvocacyEvent, EventAsk
from advocacy.events.views.events import event_run
from advocacy.positions.errors import NotUsable


def _judged(request: SignedInRequest, event: AdvocacyEvent, ask: EventAsk | None = None) -> AskForm:
    sent = request.POST if request.method == "POST" and "remove" not in request.POST else None
    form = AskForm(sent, user=request.user, event=event, ask=ask)
    form.is_judged = "find" not in request.POST
    return form


@writing
def ask_list(request: SignedInRequest, pk: int) -> HttpResponse:
    event = event_run(request, pk)
    form = _judged(request, event)
    if form.is_bound and form.is_judged and form.is_valid():
        try:
            asks.add(event, by=request.user, **form.said())
        except asks.Enough:
            messages.error(request, _("There are three asks already: more than three no office remembers."))
        except NotUsable:
            messages.error(request, _("The position has ended meanwhile."))
        else:
            messages.success(request, _("Added."))
        return redirect("events:ask_list", event.pk)
    rows = list(event.asks.select_related("measure__session", "issue", "position"))
    unapproved = set(event.asks.all().unapproved().values_list("pk", flat=True))
    context = {
        "event": event,
        "form": form if len(rows) < asks.MOST else None,
        "rows": [(ask, ask.pk in unapproved) for ask in rows],
    }
    return render(request, "events/ask_list.html", context, status=422 if form.errors else 200)


@writing
def ask_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    ask = get_object_or_404(
        EventAsk.objects.visible_to(request.user).select_related("measure__session"), pk=pk
    )
    event = event_run(request, ask.event_id)
    ask.event = event
    form = _judged(request, event, ask)
    if request.method == "POST" and "remove" in request.POST:
        asks.remove(ask, by=request.user)
        messages.success(request, _("Removed."))
        return redirect("events:ask_list", event.pk)
    if form.is_bound and form.is_judged and form.is_valid():
        try:
            asks.change(ask, by=request.user, **form.said())
        except NotUsable:
            messages.error(request, _("The position has ended meanwhile."))
        else:
            messages.success(request, _("Saved."))
        return redirect("events:ask_list", event.pk)
    context = {"event": event, "form": form, "ask": ask}
    return render(request, "events/ask_form.html", context, status=422 if form.errors else 200)
