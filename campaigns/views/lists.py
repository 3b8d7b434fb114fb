"""The list of campaigns, and the same list as a file."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.audit.exporting import note as note_export
from advocacy.kernel import listing
from advocacy.kernel.downloads import send
from advocacy.kernel.filters import active_filters
from campaigns import choosing, exports
from campaigns.forms.filters import CampaignFilters
from campaigns.models import Campaign, CampaignQuerySet


def _filtered(request: SignedInRequest) -> tuple[CampaignFilters, CampaignQuerySet]:
    """What the page shows to this reader; its file asks the same."""
    form = CampaignFilters(request.GET, user=request.user)
    return form, form.narrow(CampaignQuerySet(Campaign).visible_to(request.user))


def _with_what_a_row_shows(rows: CampaignQuerySet) -> CampaignQuerySet:
    parts = rows.select_related("chapter", "owner").prefetch_related("measures__session")
    return parts.with_participants()


@reading
def campaign_list(request: SignedInRequest) -> HttpResponse:
    form, rows = _filtered(request)
    page = listing.page(_with_what_a_row_shows(rows), request.GET, form.order)
    count = listing.counted(rows)
    context = {
        "form": form,
        "page": page,
        "rows": page.rows,
        "count": count,
        "count_label": listing.count_label(count),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("campaigns:campaign_list"),
        "query": request.GET.urlencode(),
        "may_begin": choosing.begins_any(request.user),
    }
    return render(request, "campaigns/campaign_list.html", context)


@reading
def campaign_export(request: SignedInRequest, file_format: str) -> HttpResponseBase:
    form, rows = _filtered(request)
    shown = _with_what_a_row_shows(rows).order_by(*form.order)
    note_export(request.user, _("campaigns"), [one.label for one in active_filters(form, request.GET)])
    return send([exports.campaign_table(shown)], "campaigns", file_format)
