"""The staff's door to the series, and to what was said of meetings; the meetings themselves are run on their pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from advocacy.audit.admin import AuditedAdmin
from members.taskforce.models import Meeting, MeetingSeries


@admin.register(MeetingSeries)
class MeetingSeriesAdmin(AuditedAdmin):
    """The rule of a monthly meeting."""

    list_display = ("name", "which", "weekday", "starts", "zone", "host")
    list_select_related = ("host",)
    autocomplete_fields = ("host",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Meeting)
class MeetingAdmin(AuditedAdmin):
    """To look up: planning and changing tells calendars, so it happens on the meeting's own page."""

    list_display = ("title", "starts_at", "zone", "host", "status")
    list_filter = ("status", "series")
    list_select_related = ("host",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
