"""Committees, sessions and the measures before them."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.audit.admin import AuditedAdmin, AuditedPartsAdmin
from legislation.measure_search import index_measures
from legislation.models import Committee, CommitteeMembership, LegislativeSession, Measure, StageEvent

if TYPE_CHECKING:
    _Inline = admin.StackedInline[Any, Any]
else:
    _Inline = admin.StackedInline


class CommitteeMembershipInline(_Inline):
    model = CommitteeMembership
    extra = 0
    autocomplete_fields = ("official",)


@admin.register(Committee)
class CommitteeAdmin(AuditedAdmin):
    list_display = ("name", "jurisdiction", "chamber", "parent")
    list_filter = ("jurisdiction__country",)
    search_fields = ("search_text",)
    autocomplete_fields = ("jurisdiction", "chamber", "parent")
    list_select_related = ("jurisdiction", "chamber", "parent")
    inlines = (CommitteeMembershipInline,)


@admin.register(LegislativeSession)
class LegislativeSessionAdmin(AuditedAdmin):
    list_display = ("name", "jurisdiction", "identifier", "kind", "starts_on", "ends_on")
    list_filter = ("kind", "jurisdiction__country")
    search_fields = ("name", "identifier", "jurisdiction__name")
    autocomplete_fields = ("jurisdiction",)
    list_select_related = ("jurisdiction",)


class StageEventInline(_Inline):
    """Any order of stages is accepted, and none is ever refused for going backwards."""

    model = StageEvent
    extra = 0
    fields = (("on", "stage", "chamber"), ("local_label", "order"), "url", "note")
    formfield_overrides = AuditedAdmin.formfield_overrides


@admin.register(Measure)
class MeasureAdmin(AuditedPartsAdmin):
    list_display = ("number", "session", "title_en", "kind", "stage_now")
    list_filter = ("kind",)
    search_fields = ("search_text",)
    autocomplete_fields = ("session",)
    list_select_related = ("session__jurisdiction",)
    inlines = (StageEventInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Measure.objects.visible_to(request.user).with_stage(timezone.localdate())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        index_measures([form.instance.pk])

    @admin.display(description=_("stage"))
    def stage_now(self, measure: Measure) -> str:
        return measure.stage_name
