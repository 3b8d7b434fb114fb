"""The staff's door to the log: the same rows, the same actions, with corrections on record."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from advocacy.audit import trail
from advocacy.audit.admin import AuditedAdmin, LookOnlyAdmin
from advocacy.interactions.actions import contacts, followups
from advocacy.interactions.models import (
    Confidentiality,
    DoNotContact,
    FollowUp,
    Interaction,
    KeyContact,
    MeetingRequest,
    OfficialStance,
)


@admin.register(Interaction)
class InteractionAdmin(LookOnlyAdmin):
    """Find any record; correct it in the log's own form, where both sides and the history are kept."""

    list_display = (
        "occurred_on",
        "kind",
        "chapter",
        "summary",
        "confidentiality",
        "state",
        "logged_by",
        "in_the_log",
    )
    list_filter = ("state", "kind", "confidentiality", "chapter")
    search_fields = ("search_text",)
    date_hierarchy = "occurred_on"
    list_select_related = ("chapter", "logged_by")
    actions = ("delete_with_reason", "restore")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What is in the log, and what was deleted and can come back."""
        in_log = Interaction.objects.visible_to(request.user)
        deleted = Interaction.objects.deleted_and_restorable_by(request.user)
        return (in_log | deleted).order_by("-occurred_on", "-pk")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Opening a colleague's restricted record leaves an access entry here too (DOMAIN.md §8, A12)."""
        record = super().get_object(request, object_id, from_field)
        is_open = record is None or record.confidentiality != Confidentiality.RESTRICTED
        if not is_open and record.logged_by_id != request.user.pk:  # type: ignore[union-attr]  # there is a record
            trail.record(by=request.user, verb="opened", of=record)  # type: ignore[arg-type]  # signed in
        return record

    @admin.display(description=_("in the log"))
    def in_the_log(self, interaction: Interaction) -> SafeString | str:
        if interaction.is_deleted:
            return str(_("Deleted: %(reason)s") % {"reason": interaction.deletion_reason})
        address = reverse("interactions:interaction_edit", args=[interaction.pk])
        return format_html('<a href="{}">{}</a>', address, _("Correct"))

    @admin.action(description=_("Take out of the log (can be restored)"), permissions=["view"])
    def delete_with_reason(self, request: HttpRequest, queryset: QuerySet[Interaction]) -> None:
        reason = str(_("Taken out by staff in the admin"))
        done = [
            contacts.delete(by=request.user, interaction=row, reason=reason, now=timezone.now())  # type: ignore[arg-type]  # signed in
            for row in queryset
        ]
        messages.success(request, _("%(count)d records taken out of the log.") % {"count": sum(done)})

    @admin.action(description=_("Restore to the log"), permissions=["view"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Interaction]) -> None:
        done = [contacts.restore(by=request.user, interaction=row) for row in queryset]  # type: ignore[arg-type]  # signed in
        messages.success(request, _("%(count)d records restored.") % {"count": sum(done)})


@admin.register(FollowUp)
class FollowUpAdmin(AuditedAdmin):
    """Hand follow-ups to somebody else, move them, close them in bulk."""

    list_display = ("due_on", "kind", "official", "owner", "chapter", "status")
    list_filter = ("status", "kind", "chapter")
    search_fields = ("text", "owner__full_name", "official__search_text")
    autocomplete_fields = ("owner",)
    date_hierarchy = "due_on"
    list_select_related = ("official", "owner", "chapter")
    fields = ("kind", "text", "owner", "due_on")
    readonly_fields = ("kind",)
    actions = ("mark_done",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=_("Mark as done"))
    def mark_done(self, request: HttpRequest, queryset: QuerySet[FollowUp]) -> None:
        today = timezone.localdate()
        done = [followups.complete(row, by=request.user, on=today) for row in queryset]  # type: ignore[arg-type]  # signed in
        messages.success(request, _("%(count)d follow-ups marked as done.") % {"count": sum(done)})


@admin.register(KeyContact)
class KeyContactAdmin(AuditedAdmin):
    list_display = ("person", "official", "seat", "rank", "chapter", "starts_on", "ends_on", "end_reason")
    list_filter = ("rank", "chapter")
    search_fields = ("person__full_name", "official__search_text")
    autocomplete_fields = ("person", "official", "seat", "chapter", "team")
    list_select_related = ("person", "official", "seat", "chapter")


@admin.register(OfficialStance)
class OfficialStanceAdmin(LookOnlyAdmin):
    """Stances come with the asks of the log, or from a whip count; here they are only looked at."""

    list_display = ("official", "measure", "issue", "stance", "evidence", "as_of", "noted_by", "chapter")
    list_filter = ("stance", "evidence")
    search_fields = ("official__search_text",)
    list_select_related = ("official", "measure__session", "issue", "noted_by", "chapter")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return OfficialStance.objects.visible_to(request.user)


@admin.register(MeetingRequest)
class MeetingRequestAdmin(LookOnlyAdmin):
    """Found here, moved on the request's own page: each step has its rules."""

    list_display = ("requested_on", "official", "chapter", "occasion", "state", "requested_by")
    list_filter = ("state", "occasion", "channel", "chapter")
    search_fields = ("official__search_text", "requested_by__full_name")
    date_hierarchy = "requested_on"
    list_select_related = ("official", "chapter", "requested_by")


@admin.register(DoNotContact)
class DoNotContactAdmin(LookOnlyAdmin):
    """Notes are left and lifted on the page of the official."""

    list_display = ("official", "until", "reason", "set_by", "set_on", "lifted_on")
    search_fields = ("official__search_text", "set_by__full_name")
    list_select_related = ("official", "set_by")
