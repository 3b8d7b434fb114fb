"""The staff's door to the series, and to what was said of meetings; the meetings themselves are run on their pages."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from advocacy.audit.admin import AuditedAdmin
from members.taskforce.models import Meeting, MeetingSeries

_RULE = _(
    "Like “the second Wednesday at 13:00 in Chicago”. A change holds for meetings that are planned from now on; those "
    "planned already stay as they are."
)


@admin.register(MeetingSeries)
class MeetingSeriesAdmin(AuditedAdmin):
    """The rule of a monthly meeting."""

    list_display = ("name", "which", "weekday", "starts", "zone", "host")
    list_select_related = ("host",)
    autocomplete_fields = ("host",)
    search_fields = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "host", "link", "quorum")}),
        (_("Its rule"), {"fields": ("which", "weekday", "starts", "zone", "minutes"), "description": _RULE}),
    )
    # Django's own clock compares the browser with the server; this time is of the series' zone.
    formfield_overrides: ClassVar = {
        models.TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")},
        models.URLField: {"assume_scheme": "https"},
    }

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Meeting)
class MeetingAdmin(AuditedAdmin):
    """To look up: planning and changing tells calendars, so it happens on the meeting's own page."""

    list_display = ("title", "starts_at", "zone", "host", "status")
    list_filter = ("status", "series")
    search_fields = ("title", "host__full_name", "host__email")
    date_hierarchy = "starts_at"
    list_select_related = ("host",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
