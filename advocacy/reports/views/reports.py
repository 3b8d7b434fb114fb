"""The reports of a month, one report, its words, and what the lead decides about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.audit.models import Entry
from advocacy.audit.words import in_words
from advocacy.kernel.periods import Month
from advocacy.reports import advocacy_day_table, campaign_table, measure_table, page, partner_touches
from advocacy.reports.actions import locking, reports
from advocacy.reports.actions.reports import WORDS
from advocacy.reports.errors import ChangedMeanwhile, NotOpenForThat
from advocacy.reports.forms import DecisionForm, WordsForm
from advocacy.reports.metrics.health import health_of, healths
from advocacy.reports.metrics.registry import METRICS, NOT_RECORDED
from advocacy.reports.models import ChapterReport, PeriodLock, ReportState
from advocacy.reports.models.issued import reads_national_reports
from advocacy.reports.models.report import ChapterReportQuerySet

_PLACES = "chapter__territories__jurisdiction"


def _rows() -> ChapterReportQuerySet:
    return ChapterReport.objects.select_related("chapter", "submitted_by", "decided_by").prefetch_related(
        _PLACES
    )


@reading
def report_list(request: SignedInRequest) -> HttpResponse:
    """All chapters of a month that the reader may read; for the lead, who has not reported and what to decide."""
    now = timezone.now()
    period = _period(request.GET.get("period", "")) or page.newest_period(request.user, now)
    visible = ChapterReport.objects.visible_to(request.user)
    rows = list(_rows().filter(pk__in=visible.of(period).values("pk")).order_by("chapter__name", "pk"))
    health = healths([row.chapter for row in rows], now)
    context = {
        "period": period,
        "rows": [
            {"report": row, "standing": row.standing(now), "health": health[row.chapter_id]} for row in rows
        ],
        "periods": [
            Month.parse(label)
            for label in visible.order_by("-period").values_list("period", flat=True).distinct()[:24]
        ],
        "locks": PeriodLock.objects.visible_to(request.user).of(period).select_related("locked_by"),
        "may_lock": locking.may_lock(request.user),
        "may_read_national": reads_national_reports(request.user),
    }
    return render(request, "reports/report_list.html", context)


def _period(label: str) -> Month | None:
    try:
        return Month.parse(label)
    except ValueError:
        return None


@reading
def report_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    report = get_object_or_404(_rows().filter(pk__in=_visible(request)), pk=pk)
    may_decide = ChapterReport.objects.decidable_by(request.user).filter(pk=pk).exists()
    context = {
        "report": report,
        "standing": report.standing(now),
        "health": health_of(report.chapter, now),
        "now": now,
        "lines": page.lines(report, request.user),
        "late_additions": page.late_additions(report),
        "lock": PeriodLock.objects.visible_to(request.user).newest_of(report.month),
        "reached": page.reached(report, request.user),
        "followed": measure_table.followed(report, request.user),
        "measures": measure_table.talked_about(report, request.user),
        "campaigns": campaign_table.ran(report, request.user),
        "advocacy_days": advocacy_day_table.held(report, request.user),
        "researched": page.researched(report, request.user),
        "touched": partner_touches.touched(report, request.user),
        "overdue": page.oldest_overdue(report, request.user),
        "ahead": page.next_days(report, request.user, request.user.today(now)),
        "not_recorded": NOT_RECORDED,
        "may_edit": ChapterReport.objects.editable_by(request.user).filter(pk=pk).exists(),
        "may_decide": may_decide
        and report.state != ReportState.ACCEPTED
        and report.state != ReportState.EXCUSED,
        "history": [in_words(entry, _label) for entry in Entry.objects.about(report).select_related("actor")],
    }
    return render(request, "reports/report_detail.html", context)


def _visible(request: SignedInRequest) -> Any:
    return ChapterReport.objects.visible_to(request.user).values("pk")


def _label(field: str) -> str:
    return str(ChapterReport._meta.get_field(field).verbose_name)  # type: ignore[union-attr]  # a field of its own


@writing
def report_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The words. Whoever saves after a colleague did sees both and decides."""
    mine = ChapterReport.objects.writable_by(request.user).select_related("chapter")
    report = get_object_or_404(mine, pk=pk)
    form = WordsForm(
        request.POST or None,
        instance=ChapterReport.objects.get(pk=pk),
        initial={"version": report.version},
    )
    wants_submitting = request.POST.get("save") == "submit"
    if wants_submitting:
        form.require_summary()
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        context = {"report": report, "form": form, "is_conflict": False}
        return render(request, "reports/report_edit.html", context, status=status)
    now = timezone.now()
    try:
        reports.write(report, by=request.user, words=form.words(), version=form.cleaned_data["version"])
        if wants_submitting:
            reports.submit(report, by=request.user, now=now)
    except (ChangedMeanwhile, NotOpenForThat):
        return _conflict(request, report, form)
    messages.success(request, _("Submitted. Thank you.") if wants_submitting else _("Saved as a draft."))
    return redirect(report)


def _conflict(request: SignedInRequest, report: ChapterReport, form: WordsForm) -> HttpResponse:
    """Both texts side by side; saving again, with the newer version in the form, is a decision."""
    theirs = ChapterReport.objects.select_related("chapter").get(pk=report.pk)
    differing = [
        {"label": _label(name), "theirs": getattr(theirs, name), "mine": form.cleaned_data[name]}
        for name in WORDS
        if (getattr(theirs, name) or None) != (form.cleaned_data[name] or None)
    ]
    shown = request.POST.copy()
    shown["version"] = str(theirs.version)
    form.data = shown
    last = Entry.objects.about(theirs).select_related("actor").first()
    context = {
        "report": theirs,
        "form": form,
        "is_conflict": True,
        "differing": differing,
        "who": last.actor if last else theirs.submitted_by,
    }
    return render(request, "reports/report_edit.html", context, status=409)


@writing
def report_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(
        ChapterReport.objects.decidable_by(request.user).select_related("chapter"), pk=pk
    )
    if report.state in (ReportState.ACCEPTED, ReportState.EXCUSED):
        raise Http404
    form = DecisionForm(request.POST or None, report=report)
    if request.method == "POST" and form.is_valid():
        _decide(request, report, form)
        return redirect(report)
    return render(request, "reports/report_decide.html", {"report": report, "form": form})


def _decide(request: SignedInRequest, report: ChapterReport, form: DecisionForm) -> None:
    now, reason = timezone.now(), form.cleaned_data["reason"]
    try:
        match form.cleaned_data["decision"]:
            case ReportState.ACCEPTED:
                reports.accept(report, by=request.user, now=now)
            case ReportState.RETURNED:
                reports.send_back(report, by=request.user, reason=reason, now=now)
            case _:
                reports.excuse(report, by=request.user, reason=reason, now=now)
    except NotOpenForThat:
        messages.info(request, _("Somebody decided this already."))
    else:
        messages.success(request, _("Decided: %(what)s.") % {"what": report.get_state_display()})


@reading
def definitions(request: SignedInRequest) -> HttpResponse:
    context = {"metrics": METRICS.values(), "not_recorded": NOT_RECORDED}
    return render(request, "reports/definitions.html", context)
