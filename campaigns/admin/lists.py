"""Lists of contacts in the admin, with how many stand on each."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from advocacy.audit.admin import AuditedAdmin
from campaigns.models import ContactList, ListEntry


@admin.register(ContactList)
class ContactListAdmin(AuditedAdmin):
    list_display = ("name", "chapter", "is_test", "size")
    list_filter = ("is_test", "chapter")
    list_select_related = ("chapter",)
    search_fields = ("name",)
    # Said here, too: a count groups the rows, and grouped rows lose the order of their model.
    ordering = ("name", "pk")
    autocomplete_fields = ("chapter",)
    fields = ("name", "chapter", "is_test")
    readonly_fields = ("size",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, "size") if obj else self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).with_size()  # type: ignore[attr-defined,no-any-return]  # ContactListQuerySet

    @admin.display(description=_("contacts"), ordering="size")
    def size(self, row: Any) -> str:
        address = reverse("admin:campaigns_contact_changelist")
        return format_html('<a href="{}?lists__id__exact={}">{}</a>', address, row.pk, row.size)


@admin.register(ListEntry)
class ListEntryAdmin(AuditedAdmin):
    """Who stands on which list. A file of contacts puts many on one at once."""

    list_display = ("contact", "contact_list", "added_at", "added_by")
    list_filter = ("contact_list",)
    list_select_related = ("contact", "contact_list", "added_by")
    search_fields = ("contact__search_text",)
    autocomplete_fields = ("contact", "contact_list")
    fields = ("contact_list", "contact")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ListEntry, form: Any, change: bool) -> None:
        obj.added_at, obj.added_by = timezone.now(), request.user  # type: ignore[assignment]  # signed in
        super().save_model(request, obj, form, change)
