"""The texts of all campaigns: found by their words, and taken in from files. They are written with their campaign."""

from django.contrib import admin
from django.http import HttpRequest

from advocacy.audit.admin import LookOnlyAdmin
from advocacy.audit.importing import ImportingAdmin
from campaigns.models import Appeal, Message
from campaigns.text_files import AppealResource, MessageResource


class _Texts(LookOnlyAdmin, ImportingAdmin):
    """A file changes drafts; one by one a text is changed on the page of its campaign."""

    list_select_related = ("campaign",)

    def has_import_permission(self, request: HttpRequest) -> bool:
        return super().has_view_permission(request)


@admin.register(Message)
class MessageAdmin(_Texts):
    resource_classes = (MessageResource,)
    list_display = ("campaign", "group", "language", "subject")
    list_filter = ("language", "group", "campaign")
    search_fields = ("subject", "body", "campaign__name")
    fields = ("campaign", "group", "language", "subject", "body", "prompt")


@admin.register(Appeal)
class AppealAdmin(_Texts):
    resource_classes = (AppealResource,)
    list_display = ("campaign", "purpose", "language", "subject")
    list_filter = ("language", "purpose", "campaign")
    search_fields = ("subject", "body", "campaign__name")
    fields = ("campaign", "purpose", "language", "subject", "subject_b", "body")
