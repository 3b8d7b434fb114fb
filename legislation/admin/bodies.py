"""Committees, sessions and the measures before them."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from advocacy.audit.admin import AuditedAdmin
from legislation.models import Committee, CommitteeMembership, LegislativeSession, Measure

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


@admin.register(Measure)
class MeasureAdmin(AuditedAdmin):
    list_display = ("number", "session", "title_en", "kind")
    list_filter = ("kind",)
    search_fields = ("search_text",)
    autocomplete_fields = ("session",)
    list_select_related = ("session__jurisdiction",)
