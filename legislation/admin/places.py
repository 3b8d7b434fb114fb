"""Jurisdictions, chambers, divisions and seats."""

from django.contrib import admin

from advocacy.audit.admin import AuditedAdmin
from legislation.models import Chamber, Division, Jurisdiction, Seat


@admin.register(Jurisdiction)
class JurisdictionAdmin(AuditedAdmin):
    list_display = ("name", "abbreviation", "level", "country")
    list_filter = ("country", "level")
    search_fields = ("name", "name_fr", "abbreviation", "ocd_id")
    autocomplete_fields = ("parent",)


@admin.register(Chamber)
class ChamberAdmin(AuditedAdmin):
    list_display = ("name", "jurisdiction", "code", "member_title")
    list_filter = ("code", "jurisdiction__country")
    search_fields = ("name", "name_fr", "jurisdiction__name")
    autocomplete_fields = ("jurisdiction",)
    list_select_related = ("jurisdiction",)


@admin.register(Division)
class DivisionAdmin(AuditedAdmin):
    list_display = ("name", "kind", "jurisdiction", "valid_from", "valid_through")
    list_filter = ("jurisdiction__country",)
    search_fields = ("name", "name_fr", "ocd_id")
    autocomplete_fields = ("jurisdiction", "alias_of")
    list_select_related = ("jurisdiction",)


@admin.register(Seat)
class SeatAdmin(AuditedAdmin):
    list_display = ("label", "chamber", "district", "places", "is_current")
    list_filter = ("is_current", "chamber__code", "chamber__jurisdiction__country")
    search_fields = ("search_text",)
    autocomplete_fields = ("chamber", "division")
    list_select_related = ("chamber",)
