"""Staff's door to partner organisations, coalitions, what they think, grasstops contacts and sign-on letters."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from advocacy.accounts.models import User
from advocacy.audit.admin import AuditedAdmin, LookOnlyAdmin
from advocacy.audit.importing import ImportingAdmin
from advocacy.coalitions.actions import people
from advocacy.coalitions.models import (
    Coalition,
    CoalitionMember,
    Grasstops,
    Influence,
    Organisation,
    OrganisationContact,
    PartnerPosition,
    SignOnInvitation,
    SignOnLetter,
    Touch,
)
from advocacy.coalitions.resources import CoalitionResource, OrganisationResource
from members.admin.forgetting import ForgetsPeople

if TYPE_CHECKING:
    _Inline = admin.StackedInline[Any, Any]
else:
    _Inline = admin.StackedInline


class ContactInline(_Inline):
    model = OrganisationContact
    fields = (("name", "role"), ("email", "phone"), ("language", "zone"))
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(ImportingAdmin):
    """Partners that are gone become dormant; they are not deleted, because letters speak of them."""

    resource_classes = (OrganisationResource,)
    list_display = ("name", "kind", "status", "owner")
    list_filter = ("kind", "status")
    list_select_related = ("owner",)
    search_fields = ("search_text", "name")
    autocomplete_fields = ("owner",)
    # By key: Django's picker for several rows has a search field without a name, which no screen reader announces.
    raw_id_fields = ("jurisdictions",)
    inlines = (ContactInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(OrganisationContact)
class OrganisationContactAdmin(ForgetsPeople, LookOnlyAdmin):
    """People at partners: corrected with their organization, and forgotten here."""

    list_display = ("name", "organisation", "role", "email")
    list_select_related = ("organisation",)
    search_fields = ("name", "email", "organisation__search_text")
    actions = ("forget",)

    def to_forget(self, queryset: QuerySet[OrganisationContact]) -> list[OrganisationContact]:
        return list(queryset.exclude(name=""))

    def forget_row(self, row: OrganisationContact, *, by: User, now: datetime) -> bool:
        """Somebody without an address is known here alone."""
        return super().forget_row(row, by=by, now=now) if row.email else people.erase(row, by=by, now=now)


class InvitationInline(_Inline):
    """Read here; the answers are the partners', and what came late is added on the page of the letter."""

    model = SignOnInvitation
    extra = 0
    fields = readonly_fields = (
        "organisation", "contact", "invited_at", "answer", "signed_as", "approver_name", "approver_title", "reason",
        "answered_at", "late_reason", "late_by",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SignOnLetter)
class SignOnLetterAdmin(LookOnlyAdmin):
    """Brought in, decided, locked and sent on its page, by the actions that hold the rules; read here."""

    list_display = ("title", "lead", "chapter", "status", "decision", "hard_deadline_at", "final_count")
    list_filter = ("status", "decision", "chapter")
    list_select_related = ("lead", "chapter")
    search_fields = ("title", "title_fr", "agency")
    inlines = (InvitationInline,)


class MemberInline(_Inline):
    model = CoalitionMember
    fields = ("organisation", "starts_on", "ends_on")
    autocomplete_fields = ("organisation",)
    extra = 0


@admin.register(Coalition)
class CoalitionAdmin(ImportingAdmin):
    """Coalitions that are over get an end; they are not deleted, because touches speak of them."""

    resource_classes = (CoalitionResource,)
    list_display = ("name", "role", "lead", "chapter", "next_meeting_on", "ends_on")
    list_filter = ("role", "chapter")
    list_select_related = ("lead", "chapter")
    search_fields = ("search_text", "name")
    autocomplete_fields = ("lead", "approved_by")
    raw_id_fields = ("measures", "issues")
    inlines = (MemberInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(PartnerPosition)
class PartnerPositionAdmin(AuditedAdmin):
    """What partners said of measures; a slip of the pen is corrected or taken out here."""

    list_display = ("organisation", "coalition", "measure", "position", "said_on")
    list_filter = ("position",)
    list_select_related = ("organisation", "coalition", "measure__session")
    search_fields = ("organisation__search_text", "coalition__search_text", "measure__number")
    autocomplete_fields = ("organisation", "coalition", "measure")


class InfluenceInline(_Inline):
    """Read here; the map is drawn on the page of the contact."""

    model = Influence
    extra = 0
    fields = readonly_fields = ("official", "basis", "strength", "known_by", "said_on")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Grasstops)
class GrasstopsAdmin(LookOnlyAdmin):
    """Kept on its page, by the actions that hold the rules; read here."""

    list_display = ("contact", "chapter", "confidentiality", "willingness", "influence", "ends_on")
    list_filter = ("confidentiality", "chapter")
    list_select_related = ("contact", "chapter")
    search_fields = ("contact__name", "contact__organisation__search_text")
    inlines = (InfluenceInline,)


@admin.register(Touch)
class TouchAdmin(LookOnlyAdmin):
    """Logged and corrected on its page; read here."""

    list_display = (
        "occurred_on",
        "kind",
        "grasstops",
        "organisation",
        "coalition",
        "chapter",
        "confidentiality",
    )
    list_filter = ("kind", "confidentiality", "chapter")
    list_select_related = ("grasstops__contact", "organisation", "coalition", "chapter")
    search_fields = ("organisation__search_text", "coalition__search_text", "grasstops__contact__name")
    date_hierarchy = "occurred_on"
