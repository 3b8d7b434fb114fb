"""The rows behind a number, locking a month, and the file of a locked one."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.audit.exporting import note
from advocacy.coalitions.models import Touch
from advocacy.events.models import AdvocacyEvent
from advocacy.interactions.models import FollowUp, Interaction, MeetingRequest
from advocacy.kernel import listing
from advocacy.kernel.periods import Month
from advocacy.reports import numbers, page
from advocacy.reports.actions import locking
from advocacy.reports.errors import AlreadyLocked, StillRunning
from advocacy.reports.forms import RestateForm
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import ChapterReport, PeriodLock
from advocacy.research.models import ResearchActivity
from campaigns.models import Campaign
from legislation.models import Measure


class _Listing(NamedTuple):
    """How a list of what was counted is ordered, by plain fields as paging needs, and what names its rows."""

    order: tuple[str, ...]
    named_by: tuple[str, ...] = ()


_LISTINGS: dict[type[Model], _Listing] = {
    Interaction: _Listing(("-occurred_on", "-pk")),
    FollowUp: _Listing(("due_on", "pk")),
    MeetingRequest: _Listing(("-requested_on", "-pk"), ("official",)),
    ChapterReport: _Listing(("-period", "-pk"), ("chapter",)),
    AdvocacyEvent: _Listing(("-held_on", "-pk")),
    Campaign: _Listing(("-created_at", "-pk"), ("chapter",)),
    ResearchActivity: _Listing(("-held_on", "-pk"), ("chapter",)),
    Touch: _Listing(
        ("-occurred_on", "-pk"), ("grasstops__contact__organisation", "organisation", "coalition")
    ),
    Measure: _Listing(("session_id", "number_key", "pk"), ("session",)),
}


@reading
def metric_rows(request: SignedInRequest, pk: int, metric: str) -> HttpResponse:
    """What was counted, as far as this person may read it, and how much of it they may not."""
    rows = ChapterReport.objects.visible_to(request.user).select_related("chapter")
    report, found = get_object_or_404(rows, pk=pk), METRICS.get(metric)
    if found is None:
        raise Http404
    scope, window = Scope.of_chapter(report.chapter), Window.of(report.month)
    if found.rows is None:
        return redirect(_coverage_of(report, window))
    counted = found.rows(scope, window)
    manager: Any = counted.model._default_manager
    shown = manager.visible_to(request.user).filter(pk__in=counted.order_by().values("pk"))
    figure = found.count(scope, window)
    number, listed = shown.count(), _LISTINGS[counted.model]
    hides = figure.is_suppressed() and not page.reads_restricted(request.user, report.chapter)
    context = {
        "report": report,
        "metric": found,
        "figure": numbers.hide_small(figure) if hides else figure,
        "page": listing.page(shown.select_related(*listed.named_by), request.GET, listed.order),
        "count_label": listing.count_label(number),
        "not_shown": "" if hides else _not_shown(counted.count() - number),
    }
    return render(request, "reports/metric_rows.html", context)


def _not_shown(hidden: int) -> str:
    if not hidden:
        return ""
    return ngettext(
        "%(count)d record counted that you may not read.",
        "%(count)d records counted that you may not read.",
        hidden,
    ) % {"count": hidden}


def _coverage_of(report: ChapterReport, window: Window) -> str:
    address = reverse("interactions:chapter_coverage", args=[report.chapter.slug])
    return f"{address}?on={window.last.isoformat()}"


def _month(label: str) -> Month:
    try:
        return Month.parse(label)
    except ValueError as error:
        raise Http404 from error


@writing
def period_lock(request: SignedInRequest, period: str) -> HttpResponse:
    """Issue the month's numbers; once issued, issue them again with a reason."""
    month = _month(period)
    if not locking.may_lock(request.user):
        raise Http404
    issued = PeriodLock.objects.visible_to(request.user).newest_of(month)
    form = RestateForm(request.POST or None) if issued else None
    if request.method == "POST" and (form is None or form.is_valid()):
        _lock(request, month, form)
        return redirect(f"{reverse('reports:report_list')}?period={month}")
    unfinished = (
        ChapterReport.objects.visible_to(request.user).of(month).filter(state__in=("open", "returned"))
    )
    context = {
        "period": month,
        "issued": issued,
        "form": form,
        "unfinished": unfinished.select_related("chapter").order_by("chapter__name", "pk"),
    }
    return render(request, "reports/period_lock.html", context)


def _lock(request: SignedInRequest, month: Month, form: RestateForm | None) -> None:
    now = timezone.now()
    try:
        if form is None:
            row = locking.lock(month, by=request.user, now=now)
        else:
            row = locking.restate(month, by=request.user, reason=form.cleaned_data["reason"], now=now)
    except AlreadyLocked:
        messages.info(request, _("This month is locked already."))
    except StillRunning:
        messages.error(request, _("This month is not over everywhere yet."))
    else:
        messages.success(request, _("Locked: %(what)s.") % {"what": row})


@reading
def issued_file(request: SignedInRequest, period: str, version: int) -> HttpResponse:
    """The numbers of a locked month: the same file to the byte, whenever it is asked for."""
    if not locking.may_lock(request.user):
        raise Http404
    locks = PeriodLock.objects.visible_to(request.user)
    row = get_object_or_404(locks, period=str(_month(period)), version=version)
    note(request.user, str(row), [])
    response = HttpResponse(locking.issued_file(row), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.period}-v{row.version}.csv"'
    return response
