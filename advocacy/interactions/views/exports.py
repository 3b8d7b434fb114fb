"""The log leaves the portal: the list as it is filtered, and a month for the task force."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.audit.exporting import note
from advocacy.interactions import exports
from advocacy.interactions.forms.export import MonthForm
from advocacy.interactions.views.records import filtered
from advocacy.kernel.downloads import send
from advocacy.kernel.filters import active_filters
from advocacy.kernel.periods import Month
from members.access import reach_of


@reading
def interaction_export(request: SignedInRequest, file_format: str) -> HttpResponseBase:
    """The contacts of the list, with its filters, without the restricted ones."""
    form, interactions = filtered(request)
    note(request.user, _("the log"), [one.label for one in active_filters(form, request.GET)])
    return send([exports.log_table(interactions)], "interactions", file_format)


@reading
def month_export(request: SignedInRequest) -> HttpResponse:
    """Choose a month, and a chapter or all, and what to take along."""
    last = Month.of(request.user.today(timezone.now())).previous()
    form = MonthForm(request.GET or None, user=request.user, initial={"period": str(last)})
    ready = form.is_valid() if request.GET else False
    return render(
        request,
        "interactions/month_export.html",
        {"form": form, "ready": ready, "query": request.GET.urlencode()},
    )


@reading
def month_file(request: SignedInRequest, file_format: str) -> HttpResponseBase:
    """The month as one workbook, or the contacts of the month as CSV."""
    form = MonthForm(request.GET, user=request.user)
    if not form.is_valid():
        return render(request, "interactions/month_export.html", {"form": form, "ready": False}, status=422)
    month, chapter = form.cleaned_data["period"], form.cleaned_data["chapter"]
    note(request.user, str(month), [str(chapter)] if chapter else [])
    tables = exports.month_tables(month, reach_of(request.user), chapter)
    part = form.cleaned_data["part"] or "0"
    if file_format == "csv":
        tables = [tables[int(part)]]
    name = "-".join(
        filter(
            None, [str(month), chapter.slug if chapter else "", ["", "officials", "follow-ups"][int(part)]]
        )
    )
    return send(tables, name, file_format)
