"""The staff's door to the public record: corrections by hand, and what no upstream source covers."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from advocacy.audit.admin import AuditedAdmin
from advocacy.audit.importing import ImportingAdmin
from advocacy.kernel.exports import Table
from legislation.models import (
    Chamber,
    Committee,
    CommitteeMembership,
    ContactPoint,
    Division,
    Identifier,
    ImportRun,
    Jurisdiction,
    LegislativeSession,
    Measure,
    Office,
    Official,
    PartyAffiliation,
    Seat,
    Source,
    Staffer,
    Tenure,
)
from legislation.resources import OfficialResource, StafferResource, with_all

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


class TenureInline(_Inline):
    model = Tenure
    extra = 0
    autocomplete_fields = ("seat",)
    exclude = ("source",)


class PartyInline(_Inline):
    model = PartyAffiliation
    extra = 0


class OfficeInline(_Inline):
    model = Office
    extra = 0
    exclude = ("source", "external_id")


class ContactPointInline(_Inline):
    model = ContactPoint
    extra = 0
    exclude = ("source",)


class IdentifierInline(_Inline):
    model = Identifier
    extra = 0


@admin.register(Official)
class OfficialAdmin(ImportingAdmin):
    """Officials are never deleted: end the tenure instead."""

    resource_classes = (OfficialResource,)
    list_display = ("name", "source")
    list_filter = ("source", "tenures__seat__chamber__code")
    search_fields = ("search_text",)
    list_select_related = ("source",)
    inlines = (TenureInline, PartyInline, OfficeInline, ContactPointInline, IdentifierInline)

    def _table(self, queryset: QuerySet[Any]) -> Table:
        return super()._table(with_all(queryset))

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


@admin.register(Source)
class SourceAdmin(AuditedAdmin):
    list_display = ("name", "key", "url", "licence")
    search_fields = ("name", "key")


@admin.register(ImportRun)
class ImportRunAdmin(AuditedAdmin):
    """What each import brought; the runs are made by `import_officials` and only read here."""

    list_display = ("started_at", "source", "label", "finished_at", "dry_run")
    list_filter = ("source", "dry_run")
    date_hierarchy = "started_at"
    list_select_related = ("source",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.site_url = "/"
admin.site.index_title = _("Manage the portal")
