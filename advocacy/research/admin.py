"""Staff's door to research. Quotes have none: they are read where they are edited, and shown where they may be."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from advocacy.audit.admin import AuditedAdmin, LookOnlyAdmin
from advocacy.research.models import Analysis, Finding, IssuePage, Lesson, ResearchActivity


@admin.register(ResearchActivity)
class ResearchActivityAdmin(LookOnlyAdmin):
    """Without notes, breakdowns and who took part: its page shows them as far as they may be shown."""

    list_display = ("question", "kind", "chapter", "status", "confidentiality", "held_on", "participants")
    list_filter = ("kind", "status", "confidentiality", "chapter")
    list_select_related = ("chapter",)
    search_fields = ("search_text",)
    fields = (
        "question", "kind", "chapter", "confidentiality", "status", "held_on", "last_on", "venue", "participants",
        "consent_form", "summary", "kept_by",
    )  # fmt: skip


@admin.register(Finding)
class FindingAdmin(AuditedAdmin):
    """Staff choose what the public pages show; the rest is written on its page."""

    list_display = ("statement", "confidence", "recommended_use", "is_public")
    list_filter = ("is_public", "confidence", "recommended_use")
    search_fields = ("statement",)
    fields = ("activity", "statement", "confidence", "recommended_use", "is_public")
    readonly_fields = ("activity", "statement", "confidence", "recommended_use")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Analysis)
class AnalysisAdmin(AuditedAdmin):
    """Written and reviewed on its page; here staff choose which published ones strangers read."""

    list_display = ("title", "kind", "language", "version", "status", "holder", "is_public")
    list_filter = ("status", "kind", "is_public", "language")
    list_select_related = ("chapter",)
    search_fields = ("search_text",)
    fields = (
        "title",
        "kind",
        "language",
        "version",
        "status",
        "author",
        "reviewer",
        "published_on",
        "is_public",
    )
    readonly_fields = fields[:-1]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A draft is nobody's to open."""
        return self.fields if obj and obj.status != "published" else self.readonly_fields


@admin.register(Lesson)
class LessonAdmin(LookOnlyAdmin):
    list_display = ("title", "chapter", "language", "written_by", "written_on")
    list_filter = ("chapter", "language")
    list_select_related = ("chapter", "written_by")
    search_fields = ("search_text",)
    fields = (
        "title", "problem", "what_we_did", "what_changed", "language", "chapter", "written_by", "written_on",
    )  # fmt: skip


@admin.register(IssuePage)
class IssuePageAdmin(AuditedAdmin):
    """Whether strangers read the page of an issue, and what introduces it. A page is closed, not deleted."""

    list_display = ("issue", "slug", "is_public")
    list_filter = ("is_public",)
    list_select_related = ("issue",)
    fields = ("issue", "slug", "introduction", "introduction_fr", "is_public")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
