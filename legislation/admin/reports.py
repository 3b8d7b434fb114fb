"""What people report as wrong on profiles, until staff have answered; and the checks that people made."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Case, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.accounts.models import User
from advocacy.audit.admin import AuditedAdmin, LookOnlyAdmin
from legislation.actions import fact_reports
from legislation.actions.fact_reports import AlreadyDecided
from legislation.models import Block, Correction, FactCheck, FactReport, Official, ReportState
from legislation.profile_facts import ProfileFacts

_OPEN_FIRST = Case(When(state=ReportState.OPEN, then=Value(0)), default=Value(1))


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Answer to the reporter"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


@admin.register(FactCheck)
class FactCheckAdmin(LookOnlyAdmin):
    list_display = ("official", "block", "checked_on", "checked_by", "checked_for", "withdrawn_at")
    list_filter = ("block", "checked_on")
    search_fields = ("official__search_text", "checked_for")
    list_select_related = ("official", "checked_by")


@admin.register(FactReport)
class FactReportAdmin(LookOnlyAdmin):
    """The queue: open ones first, those that wait longest on top. Each is accepted or rejected once."""

    list_display = ("official", "block", "what", "age", "state", "reported_by")
    list_filter = ("state", "block", "reported_at")
    search_fields = ("official__search_text", "wrong", "suggestion")
    list_select_related = ("official", "reported_by")
    ordering = (_OPEN_FIRST.asc(), "reported_at", "pk")

    @admin.display(description=gettext_lazy("what is wrong"))
    def what(self, report: FactReport) -> str:
        return Truncator(report.wrong).chars(90)

    @admin.display(description=gettext_lazy("waiting"), ordering="reported_at")
    def age(self, report: FactReport) -> str:
        days = report.days_open(timezone.localdate())
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{address}/",
                self.admin_site.admin_view(view),
                name=f"legislation_factreport_{address.replace('-', '_')}",
            )
            for address, view in (("by-hand", self.by_hand), ("reject", self.reject))
        ]
        return own + super().get_urls()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        report: FactReport | None = self.get_object(request, object_id)
        if report is None:
            return super().change_view(request, object_id, form_url, extra_context)
        return self._page(request, report)

    def by_hand(self, request: HttpRequest, pk: int) -> HttpResponse:
        """It is right, and somebody has put it right where no correction is kept."""

        def accept(report: FactReport, by: User, answer: str) -> str:
            fact_reports.accept_by_hand(report, by=by, now=timezone.now(), note=answer)
            return _("Accepted. The reporter is told.")

        return self._answer(request, pk, "by_hand_form", accept)

    def reject(self, request: HttpRequest, pk: int) -> HttpResponse:
        def decline(report: FactReport, by: User, answer: str) -> str:
            fact_reports.reject(report, by=by, now=timezone.now(), reason=answer)
            return _("Rejected. The reporter is told why.")

        return self._answer(request, pk, "reject_form", decline)

    def _answer(
        self, request: HttpRequest, pk: int, name: str, act: Callable[[FactReport, User, str], str]
    ) -> HttpResponse:
        report: FactReport | None = self.get_object(request, str(pk))
        if report is None or not self.has_view_permission(request, report):
            raise Http404
        assert isinstance(request.user, User)  # noqa: S101 (the admin lets nobody else in)
        form = AnswerForm(request.POST or None, prefix=name)
        if request.method == "POST" and form.is_valid():
            try:
                said = act(report, request.user, form.cleaned_data["answer"])
                self.message_user(request, said, messages.SUCCESS)
            except AlreadyDecided as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:legislation_factreport_change", args=[pk]))
        return self._page(request, report, **{name: form})

    def _page(self, request: HttpRequest, report: FactReport, **forms_: AnswerForm) -> HttpResponse:
        """The report beside what the record says now."""
        official = Official.objects.with_seats().get(pk=report.official_id)
        facts = ProfileFacts(official, timezone.localdate())
        unbound = {name: AnswerForm(prefix=name) for name in ("by_hand_form", "reject_form")}
        context = {
            **self.admin_site.each_context(request),
            **unbound,
            **forms_,
            "opts": self.opts,
            "object": report,
            "title": str(report),
            "report": report,
            "now_says": [str(fact) for fact in facts.facts(report.block)],
            "has_changed": facts.fingerprint(report.block) != report.fingerprint,
            "corrections": report.corrections.select_related("made_by"),
            "is_correctable": report.block != Block.STAFF,
        }
        return TemplateResponse(request, "admin/fact_report.html", context)


def report_behind(request: HttpRequest, official: Official | None) -> FactReport | None:
    """The report that brought staff to this official's form, if one did; somebody may have answered it since."""
    key = request.GET.get("report", "")
    if official is None or not key.isdecimal():
        return None
    return FactReport.objects.visible_to(request.user).filter(pk=key, official=official).first()


def answer_by_correcting(
    page: AuditedAdmin, request: HttpRequest, report: FactReport, made: list[Correction] | None
) -> None:
    """The form was saved because of a report: that is its answer, unless nothing was changed (`made` is None)."""
    assert isinstance(request.user, User)  # noqa: S101 (the admin lets nobody else in)
    if made is None:
        page.message_user(
            request, _("Nothing was changed, so the report still waits for an answer."), messages.WARNING
        )
        return
    try:
        fact_reports.accept_with(report, made, by=request.user, now=timezone.now())
    except AlreadyDecided as refusal:
        page.message_user(request, str(refusal), messages.ERROR)
    else:
        page.message_user(request, _("The report is accepted, and the reporter is told."), messages.SUCCESS)
