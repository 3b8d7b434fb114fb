"""Staff's door to partner organisations and sign-on letters."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from advocacy.audit.admin import LookOnlyAdmin
from advocacy.audit.importing import ImportingAdmin
from advocacy.coalitions.models import Organisation, OrganisationContact, SignOnInvitation, SignOnLetter
from advocacy.coalitions.resources import OrganisationResource

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
