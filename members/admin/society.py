"""The society in the admin: regions, chapters and their territory, teams."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from advocacy.audit import trail
from advocacy.audit.admin import AuditedAdmin
from advocacy.audit.importing import ImportingAdmin
from members.access import society_today
from members.models import Chapter, ChapterTerritory, JurisdictionTeam, Region, Role, RoleAssignment, Society
from members.resources import ChapterResource

if TYPE_CHECKING:
    StackedInline = admin.StackedInline[Any, Any]
else:
    StackedInline = admin.StackedInline


@admin.register(Society)
class SocietyAdmin(AuditedAdmin):
    """One installation serves one society."""

    list_display = ("name", "short_name", "time_zone")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Society.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Region)
class RegionAdmin(AuditedAdmin):
    list_display = ("name", "name_fr")
    search_fields = ("name", "name_fr")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or not obj.chapters.exists()


class TerritoryInline(StackedInline):
    model = ChapterTerritory
    autocomplete_fields = ("jurisdiction",)
    # By key: Django's picker for several rows has a search field without a name, which no screen reader announces.
    raw_id_fields = ("divisions",)
    extra = 0


class RolesOfChapterInline(StackedInline):
    """Who works here today: to read; a role is given and ended on its own page."""

    model = RoleAssignment
    fields = (("person", "role", "title", "starts_on", "ends_on"),)
    readonly_fields = ("person", "role", "title", "starts_on", "ends_on")
    extra = 0
    show_change_link = True
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        roles = RoleAssignment.objects.in_force(society_today()).exclude(role=Role.MEMBER)
        return roles.select_related("person").order_by("person__search_text", "pk")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Chapter)
class ChapterAdmin(ImportingAdmin):
    """Chapters end; they are not deleted, because records speak of them."""

    resource_classes = (ChapterResource,)
    list_display = ("name", "region", "time_zone", "language", "starts_on", "ends_on")
    list_filter = ("region", "language", "tax_status")
    list_select_related = ("region",)
    search_fields = ("name", "name_fr", "slug", "legal_name")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (TerritoryInline, RolesOfChapterInline)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Who reads what depends on the territory, so its changes are on record too."""
        before = _territory_of(form.instance)
        super().save_related(request, form, formsets, change)
        after = _territory_of(form.instance)
        if before != after:
            changes = {"territory": [before, after]}
            trail.record(by=request.user, verb="changed territory", of=form.instance, changes=changes)  # type: ignore[arg-type]  # signed in


def _territory_of(chapter: Chapter) -> list[str]:
    rows = ChapterTerritory.objects.filter(chapter=chapter).select_related("jurisdiction")
    return [
        " · ".join(
            part
            for part in (
                str(row.jurisdiction),
                row.coverage,
                row.counties,
                row.postal_prefixes,
                _districts(row),
            )
            if part
        )
        for row in rows.prefetch_related("divisions")
    ]


def _districts(row: ChapterTerritory) -> str:
    return ", ".join(str(division) for division in row.divisions.all())


@admin.register(JurisdictionTeam)
class JurisdictionTeamAdmin(AuditedAdmin):
    list_display = ("name", "jurisdiction", "coordinator")
    list_select_related = ("jurisdiction", "coordinator")
    search_fields = ("name", "jurisdiction__name")
    autocomplete_fields = ("jurisdiction", "coordinator")
