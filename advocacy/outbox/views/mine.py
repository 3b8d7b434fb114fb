"""Mail to me: every message the portal sent to a person, or meant to, and why."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.kernel import filters, listing
from advocacy.outbox.forms import MineFilters
from advocacy.outbox.kinds import label_of
from advocacy.outbox.models import OutboundMessage

_ORDER = ("-pk",)


@reading
def mine_list(request: SignedInRequest) -> HttpResponse:
    form = MineFilters(request.GET)
    form.is_valid()
    wanted, now = form.cleaned_data, timezone.now()
    rows = OutboundMessage.objects.visible_to(request.user).sent_to(request.user)
    if wanted.get("q"):
        rows = rows.filter(subject__icontains=wanted["q"])
    if wanted.get("stream"):
        rows = rows.filter(stream=wanted["stream"])
    if wanted.get("answer"):
        rows = rows.answered(wanted["answer"])
    page = listing.page(rows.defer("text", "html", "attachments"), request.GET, _ORDER)
    context = {
        "form": form,
        "active": filters.active_filters(form, request.GET),
        "reset_url": reverse("outbox:mine_list"),
        "page": page,
        "rows": [{"message": row, "state": row.in_words(now)} for row in page.rows],
        "count_label": listing.count_label(listing.counted(rows)),
    }
    return render(request, "outbox/mine_list.html", context)


@reading
def mine_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    mine = OutboundMessage.objects.visible_to(request.user).sent_to(request.user)
    message = get_object_or_404(mine, pk=pk)
    context = {
        "message": message,
        "kind": label_of(message.kind),
        "state": message.in_words(timezone.now()),
    }
    return render(request, "outbox/mine_detail.html", context)
