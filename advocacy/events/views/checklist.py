"""The checklist: what is to be done by when, what is late, and who did what."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.events.actions import checklists
from advocacy.events.forms.checklist import ItemForm
from advocacy.events.models import ChecklistItem, Step
from advocacy.events.tabs import sight_of
from advocacy.events.views.events import event_run, framed, visible_event


@writing
def checklist(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read by whoever follows the day; steps of one's own are added by whoever runs it."""
    event = visible_event(request, pk)
    sight, today = sight_of(event, request.user), request.user.today(timezone.now())
    if not sight.follows or (request.method == "POST" and not sight.runs):
        raise Http404
    form = ItemForm(request.POST or None, user=request.user) if sight.runs else None
    if form and request.method == "POST" and form.is_valid():
        checklists.add(event, by=request.user, **form.cleaned_data)
        messages.success(request, _("Added."))
        return redirect("events:checklist", event.pk)
    items = list(event.checklist.select_related("owner", "done_by"))
    context = framed(
        event,
        sight,
        "events:checklist",
        form=form,
        rows=[(item, item.done_on is None and item.due_on < today) for item in items],
        done=sum(item.done_on is not None for item in items),
        overdue=sum(item.done_on is None and item.due_on < today for item in items),
    )
    return render(request, "events/checklist.html", context, status=422 if form and form.errors else 200)


@writing
def checklist_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """One step: its day and owner; ticked, unticked or taken off by a button."""
    rows = ChecklistItem.objects.visible_to(request.user).select_related("owner", "done_by")
    item = get_object_or_404(rows, pk=pk)
    item.event = event_run(request, item.event_id)
    is_saved = request.method == "POST" and "act" not in request.POST
    form = ItemForm(request.POST if is_saved else None, user=request.user, item=item)
    if request.method == "POST" and not is_saved:
        _acted(request, item, request.POST["act"])
        return redirect("events:checklist", item.event_id)
    if is_saved and form.is_valid():
        checklists.change(item, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("events:checklist", item.event_id)
    context = {"event": item.event, "item": item, "form": form, "is_own": item.step == Step.OWN}
    return render(request, "events/checklist_item.html", context, status=422 if form.errors else 200)


def _acted(request: SignedInRequest, item: ChecklistItem, act: str) -> None:
    user = request.user
    if act == "tick":
        checklists.tick(item, by=user, on=user.today(timezone.now()))
    elif act == "untick":
        checklists.untick(item, by=user)
    elif act == "remove":
        checklists.remove(item, by=user)
        messages.success(request, _("Removed."))
