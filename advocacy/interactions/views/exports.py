"""The log leaves the portal: the list as it is filtered, and a month for the task force."""

import tempfile
from collections.abc import Iterator, Sequence

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.audit import trail
from advocacy.interactions import exports
from advocacy.interactions.forms.export import MonthForm
from advocacy.interactions.views.records import filtered
from advocacy.kernel.exports import Table, csv_lines, write_xlsx
from advocacy.kernel.filters import active_filters
from advocacy.kernel.periods import Month
from members.access import reach_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


def note(by: User, what: str, filters: list[str]) -> None:
    """Exports belong to the security log: who took what out."""
    trail.record(by=by, verb="exported", of=by, changes={"what": [None, what], "filters": [None, filters]})


def send(tables: Sequence[Table], name: str, file_format: str) -> HttpResponseBase:
    if file_format == "csv":
        lines = _spoken(translation.get_language() or "en", csv_lines(tables[0]))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    if file_format == "xlsx":
        file = tempfile.TemporaryFile()  # noqa: SIM115 (FileResponse closes it when it is sent)
        write_xlsx(file, tables)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    raise Http404


def _spoken(language: str, lines: Iterator[str]) -> Iterator[str]:
    """Each line in the reader's language: the stream runs after the request's language has been put away."""
    while True:
        with translation.override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line
