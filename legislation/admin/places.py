"""Jurisdictions, chambers, divisions and seats."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from advocacy.audit.admin import AuditedAdmin
from legislation.models import Chamber, Division, EditionFile, Jurisdiction, MapEdition, Seat

if TYPE_CHECKING:
    _Inline = admin.StackedInline[Any, Any]
else:
    _Inline = admin.StackedInline


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


class EditionFileInline(_Inline):
    """What each part was loaded from; `load_record` writes it."""

    model = EditionFile
    extra = 0
    fields = readonly_fields = ("part", "place", "label", "rows", "source", "loaded_at")
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[EditionFile]:
        return super().get_queryset(request).select_related("place", "source")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(MapEdition)
class MapEditionAdmin(AuditedAdmin):
    """Which lines hold from when to when. Shapes and postal tables of a new edition come by `load_record`."""

    list_display = ("name", "key", "jurisdiction", "chamber_code", "valid_from", "valid_until")
    list_filter = ("chamber_code", "jurisdiction__country")
    search_fields = ("name", "name_fr", "key", "jurisdiction__name")
    autocomplete_fields = ("jurisdiction",)
    list_select_related = ("jurisdiction",)
    inlines = (EditionFileInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
