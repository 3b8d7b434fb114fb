"""People in the admin: find, correct, close. Passwords and devices stay with their owners."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.audit.admin import AuditedAdmin
from members.access import people_visible_to
from members.actions import people


@admin.register(User)
class UserAdmin(AuditedAdmin):
    """People come by invitation or by a file of roles, and are closed instead of deleted."""

    list_display = ("full_name", "email", "language", "time_zone", "is_active", "last_login")
    list_filter = ("is_active", "language", "roles__role", "roles__chapter")
    search_fields = ("search_text", "full_name", "email")
    fields = (
        "email",
        "full_name",
        "language",
        "time_zone",
        "phone",
        "is_active",
        "joined_at",
        "last_login",
    )
    readonly_fields = ("email", "is_active", "joined_at", "last_login")
    actions = ("send_reset_link", "close_accounts", "reopen_accounts")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return people_visible_to(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=_("Mail a link to set a new password"), permissions=["change"])
    def send_reset_link(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for person in queryset.filter(is_active=True):
            form = ResetPasswordForm({"email": person.email})
            if form.is_valid():
                form.save(request)
                messages.success(request, _("Link mailed to %(email)s.") % {"email": person.email})

    @admin.action(description=_("Close the selected accounts"), permissions=["change"])
    def close_accounts(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        others = [person for person in queryset if person != request.user]
        done = sum(people.deactivate(person, by=request.user) for person in others)  # type: ignore[arg-type]  # signed in
        text = ngettext("%(count)d account closed.", "%(count)d accounts closed.", done)
        messages.success(request, text % {"count": done})

    @admin.action(description=_("Open the selected accounts again"), permissions=["change"])
    def reopen_accounts(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        done = sum(people.reactivate(person, by=request.user) for person in queryset)  # type: ignore[arg-type]  # as above
        text = ngettext("%(count)d account opened again.", "%(count)d accounts opened again.", done)
        messages.success(request, text % {"count": done})
