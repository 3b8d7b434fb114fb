"""The staff's door to comment periods: until when an agency takes comments, and what became of ours."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from advocacy.audit.admin import AuditedAdmin
from legislation.forms.comment_periods import CommentPeriodForm
from legislation.models import CommentPeriod

_CLOCK = _("All times are those of the agency’s own clock, in its time zone.")


@admin.register(CommentPeriod)
class CommentPeriodAdmin(AuditedAdmin):
    """An extension is entered beside what was announced first, so that both can be told."""

    form = CommentPeriodForm
    list_display = ("measure", "agency", "docket_id", "closes", "zone", "submitted_at")
    list_filter = ("measure__session__jurisdiction__country",)
    search_fields = ("measure__search_text", "agency", "docket_id", "citation")
    autocomplete_fields = ("measure", "comment_lead")
    list_select_related = ("measure__session",)
    date_hierarchy = "closes_at"
    fieldsets = (
        (None, {"fields": ("measure", "agency", "docket_id", "citation", "published_on", "url")}),
        (_("Until when"), {"fields": ("closes_at", "zone", "extended_to"), "description": _CLOCK}),
        (_("Our comment"), {"fields": ("comment_lead", "submitted_at", "tracking_number")}),
    )

    @admin.display(description=_("comments close"), ordering="closes_at")
    def closes(self, period: CommentPeriod) -> str:
        return date_format(period.end.astimezone(ZoneInfo(period.zone)), "DATETIME_FORMAT")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is only read is shown like every moment of the admin, by the clock of who reads."""
        sets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return sets
        return [(name, {"fields": options["fields"]}) for name, options in sets]
