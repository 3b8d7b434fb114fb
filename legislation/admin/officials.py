"""Officials with all that is known of them, and their staff."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from advocacy.audit.importing import ImportingAdmin
from advocacy.kernel.exports import Table
from legislation.actions import corrections, fact_reports, leavers
from legislation.admin.corrections import (
    REASON,
    CorrectingFormSet,
    MembershipForm,
    OfficialForm,
    save_formset_with_corrections,
)
from legislation.admin.reports import answer_by_correcting, report_behind
from legislation.models import (
    CommitteeMembership,
    ContactPoint,
    Identifier,
    Office,
    Official,
    PartyAffiliation,
    Staffer,
    Tenure,
)
from legislation.resources import OfficialResource, StafferResource, with_all

if TYPE_CHECKING:
    _Inline = admin.StackedInline[Any, Any]
else:
    _Inline = admin.StackedInline


class TenureInline(_Inline):
    model = Tenure
    formset = CorrectingFormSet
    extra = 0
    autocomplete_fields = ("seat",)
    exclude = ("source",)


class PartyInline(_Inline):
    model = PartyAffiliation
    formset = CorrectingFormSet
    extra = 0


class OfficeInline(_Inline):
    model = Office
    formset = CorrectingFormSet
    extra = 0
    exclude = ("source", "external_id")


class ContactPointInline(_Inline):
    model = ContactPoint
    formset = CorrectingFormSet
    extra = 0
    exclude = ("source",)


class MembershipInline(_Inline):
    model = CommitteeMembership
    form = MembershipForm
    formset = CorrectingFormSet
    extra = 0
    autocomplete_fields = ("committee",)
    exclude = ("rank", "side")


class IdentifierInline(_Inline):
    model = Identifier
    extra = 0


@admin.register(Official)
class OfficialAdmin(ImportingAdmin):
    """Officials are never deleted: end the tenure instead."""

    form = OfficialForm
    resource_classes = (OfficialResource,)
    list_display = ("name", "source")
    list_filter = ("source", "tenures__seat__chamber__code")
    search_fields = ("search_text",)
    list_select_related = ("source",)
    change_form_template = "admin/official_change.html"
    inlines = (
        TenureInline,
        PartyInline,
        OfficeInline,
        ContactPointInline,
        MembershipInline,
        IdentifierInline,
    )

    def _table(self, queryset: QuerySet[Any]) -> Table:
        return super()._table(with_all(queryset))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        stored = Official.objects.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        if stored is not None:
            reason = form.cleaned_data[REASON]
            form.made += corrections.correct(stored, obj, by=request.user, now=timezone.now(), reason=reason)  # type: ignore[arg-type]  # signed in: the admin sees to it

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if report := report_behind(request, form.instance):
            says_something_new = form.says_something_new() or any(one.has_changed() for one in formsets)
            answer_by_correcting(self, request, report, form.made if says_something_new else None)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Beside what somebody reported, if staff come from a report, and with its words as the reason."""
        report = report_behind(request, obj)
        report = report if report and report.is_open() else None
        if report:
            form = context["adminform"].form
            form.initial.setdefault(REASON, fact_reports.reason_for_correcting(report))
        return super().render_change_form(
            request, context | {"report": report}, add=add, change=change, form_url=form_url, obj=obj
        )

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """From a report back to the report."""
        came_from = request.GET.get("report", "")
        if came_from.isdecimal() and "_continue" not in request.POST:
            return HttpResponseRedirect(reverse("admin:legislation_factreport_change", args=[came_from]))
        return super().response_change(request, obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        form.made += save_formset_with_corrections(request, formset)
        if formset.model is Tenure:
            changed = [one.instance for one in formset.forms if one.has_changed() and one.instance.pk]
            leavers.ended_by_hand(changed, day=timezone.localdate())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Staffer)
class StafferAdmin(ImportingAdmin):
    resource_classes = (StafferResource,)
    list_display = ("name", "official", "committee", "role", "starts_on", "ends_on")
    list_filter = ("role",)
    search_fields = ("search_text",)
    autocomplete_fields = ("official", "committee", "added_by")
    list_select_related = ("official", "committee")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
