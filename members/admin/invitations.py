"""Invitations and accepted terms in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.audit.admin import AuditedAdmin, LookOnlyAdmin
from members.actions import invitations
from members.models import Invitation, TermsAcceptance


@admin.register(Invitation)
class InvitationAdmin(AuditedAdmin):
    """What was offered to whom. Inviting itself happens on the portal's own page, which sends the mail."""

    list_display = ("full_name", "email", "role", "chapter", "region", "invited_at", "expires_at", "answer")
    list_filter = ("role", "chapter")
    list_select_related = ("chapter", "region")
    search_fields = ("email", "full_name")
    actions = ("send_again", "withdraw")

    @admin.display(description=_("answer"))
    def answer(self, invitation: Invitation) -> str:
        if invitation.accepted_at:
            return str(_("Accepted"))
        if invitation.revoked_at:
            return str(_("Withdrawn"))
        return str(_("Open") if invitation.is_open(timezone.now()) else _("Expired"))

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("members:invitation_create")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=_("Send the selected invitations again"), permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        for invitation in queryset:
            try:
                invitations.resend(invitation, by=request.user, now=timezone.now())  # type: ignore[arg-type]  # signed in
            except (invitations.LinkProblem, OSError) as problem:
                messages.error(request, f"{invitation.email}: {problem}")
            else:
                messages.success(request, _("Sent again to %(email)s.") % {"email": invitation.email})

    @admin.action(description=_("Withdraw the selected invitations"), permissions=["view"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        now = timezone.now()
        done = [invitations.revoke(invitation, by=request.user, now=now) for invitation in queryset]  # type: ignore[arg-type]  # signed in
        text = ngettext("%(count)d invitation withdrawn.", "%(count)d invitations withdrawn.", sum(done))
        messages.success(request, text % {"count": sum(done)})


@admin.register(TermsAcceptance)
class TermsAcceptanceAdmin(LookOnlyAdmin):
    """Who agreed to which version of the terms, and when: evidence, so it is only read."""

    list_display = ("person", "version", "accepted_at")
    list_filter = ("version",)
    list_select_related = ("person",)
    search_fields = ("person__search_text",)
