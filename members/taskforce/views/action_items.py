"""Who does what by when."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.kernel import listing
from members.taskforce.actions import minutes
from members.taskforce.forms import ActionFilters, StatusForm
from members.taskforce.models import ActionItem
from members.taskforce.roster import is_of_the_task_force


@reading
def action_list(request: SignedInRequest) -> HttpResponse:
    form = ActionFilters(request.GET)
    form.is_valid()
    today = request.user.today(timezone.now())
    rows = ActionItem.objects.visible_to(request.user)
    if form.cleaned_data.get("whose") != "all":
        rows = rows.owned_by(request.user)
    if (form.cleaned_data.get("show") or "open") == "open":
        rows = rows.unfinished()
    page = listing.page(rows.select_related("owner", "meeting"), request.GET, ("due_on", "pk"))
    context = {
        "form": form,
        "page": page,
        "rows": [{"item": row, "is_overdue": row.is_overdue(today)} for row in page.rows],
        "count_label": listing.count_label(listing.counted(rows)),
    }
    return render(request, "taskforce/action_list.html", context)


@writing
def action_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = ActionItem.objects.visible_to(request.user)
    item = get_object_or_404(rows.select_related("owner", "meeting", "measure__session", "item"), pk=pk)
    may_edit = ActionItem.objects.editable_by(request.user).filter(pk=pk).exists()
    today = request.user.today(timezone.now())
    initial = {"status": item.status, "drop_reason": item.drop_reason}
    form = StatusForm(request.POST or None, initial=initial)
    if request.method == "POST":
        get_object_or_404(ActionItem.objects.editable_by(request.user), pk=pk)
        if form.is_valid():
            changed = minutes.move(item, by=request.user, on=today, **form.cleaned_data)
            messages.success(request, _("Action item changed.") if changed else _("Nothing to change."))
            return redirect(item)
    context = {
        "item": item,
        "form": form,
        "may_edit": may_edit,
        "may_open_meeting": is_of_the_task_force(request.user),
        "is_overdue": item.is_overdue(today),
    }
    return render(request, "taskforce/action_detail.html", context)
