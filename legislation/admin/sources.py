"""Where the record comes from, and what each import brought."""

from django.contrib import admin

from advocacy.audit.admin import AuditedAdmin, LookOnlyAdmin
from legislation.models import ImportRun, Source


@admin.register(Source)
class SourceAdmin(AuditedAdmin):
    list_display = ("name", "key", "url", "licence")
    search_fields = ("name", "key")


@admin.register(ImportRun)
class ImportRunAdmin(LookOnlyAdmin):
    """What each import brought; the runs are made by `import_officials` and only read here."""

    list_display = ("started_at", "source", "label", "finished_at", "dry_run")
    list_filter = ("source", "dry_run")
    date_hierarchy = "started_at"
    list_select_related = ("source",)
