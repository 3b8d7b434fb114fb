"""The staff's door to contacts: look, correct, import, export, forget."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.audit.importing import ImportingAdmin
from advocacy.kernel.naming import several
from campaigns.actions import consents, contacts
from campaigns.admin.ledger import NamesForWhom
from campaigns.forms.contacts import SpellsThePlace
from campaigns.models import Consent, Contact, HowWithdrawn, Withdrawal, normalised
from campaigns.resources import ContactResource
from members.admin.forgetting import ForgetsPeople


class ContactForm(SpellsThePlace, forms.ModelForm):  # type: ignore[type-arg]  # the stub's argument is not there when it runs
    """One person; the rules are those of `contacts.add` and `contacts.correct`."""

    class Meta:
        model = Contact
        fields = ("full_name", "email", "language", "country", "region", "postal_code", "chapter")

    def clean_email(self) -> str:
        address = normalised(self.cleaned_data["email"])
        is_new = "email" in self.changed_data
        if is_new and not self.instance.pk and contacts.is_left_alone(address):
            raise forms.ValidationError(str(contacts.WantsToBeLeftAlone()))
        return address


class KnownFilter(admin.SimpleListFilter):
    title, parameter_name = _("person"), "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("sign-in", _("With a sign-in")),
            ("proven", _("With a proven address")),
            ("erased", _("Erased")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "sign-in":
            return queryset.filter(user__isnull=False)
        if self.value() == "proven":
            return queryset.filter(email_proven_at__isnull=False)
        return queryset.filter(erased_at__isnull=self.value() != "erased")


class _LedgerInline(NamesForWhom, admin.TabularInline):  # type: ignore[type-arg]  # the stub's arguments are not there when it runs
    """The person's lines of the ledger, to read."""

    template = "admin/look_only_table.html"
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ConsentInline(_LedgerInline):
    model = Consent
    fields = ("kind", "basis", "for_whom", "basis_on", "expires_on", "words", "source", "source_detail")
    readonly_fields = ("for_whom",)


class WithdrawalInline(_LedgerInline):
    model = Withdrawal
    fields = ("for_whom", "how", "detail", "received_at", "effective_at", "recorded_by")
    readonly_fields = ("for_whom",)


@admin.register(Contact)
class ContactAdmin(ForgetsPeople, ImportingAdmin):
    """Contacts are never deleted, but forgotten: what was counted stays counted."""

    form = ContactForm
    resource_classes = (ContactResource,)
    list_display = ("__str__", "email", "language", "country", "chapter", "added_at")
    list_filter = (KnownFilter, "language", "country", "chapter", "lists")
    list_select_related = ("chapter",)
    search_fields = ("search_text",)
    autocomplete_fields = ("chapter",)
    fields = (*ContactForm.Meta.fields, "user", "added_at", "email_proven_at", "erased_at")
    readonly_fields = ("user", "added_at", "email_proven_at", "erased_at")
    inlines = (ConsentInline, WithdrawalInline)
    actions = (*ImportingAdmin.actions, "stop_all_mail", "forget")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Contact | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_erased)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else ()

    def save_model(self, request: HttpRequest, obj: Contact, form: Any, change: bool) -> None:
        by: Any = request.user
        if change:
            contacts.correct(obj, by=by, **{name: form.cleaned_data[name] for name in form.changed_data})
        else:
            added = contacts.add(by=by, now=timezone.now(), **form.cleaned_data)
            obj.pk, obj.added_at, obj.search_text = added.pk, added.added_at, added.search_text

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        """What the file could not change is said beside what it did."""
        super().add_success_message(result, request)
        remarks = [number for number, row in enumerate(result.rows, 1) if row.remark]
        if remarks:
            text = ngettext(
                "%(count)d address stays without mail: row %(rows)s.",
                "%(count)d addresses stay without mail: rows %(rows)s.",
                len(remarks),
            )
            rows = several([str(number) for number in remarks])
            messages.warning(request, text % {"count": len(remarks), "rows": rows})

    @admin.action(description=_("They want no more campaign mail"), permissions=["change"])
    def stop_all_mail(self, request: HttpRequest, queryset: QuerySet[Contact]) -> None:
        now, by = timezone.now(), request.user
        rows = queryset.filter(erased_at=None).select_related("user")
        for contact in rows:
            consents.withdraw(contact, chapter=None, how=HowWithdrawn.STAFF, now=now, by=by)  # type: ignore[arg-type]  # signed in
        text = ngettext("%(count)d withdrawal noted.", "%(count)d withdrawals noted.", len(rows))
        messages.success(request, text % {"count": len(rows)})

    def to_forget(self, queryset: QuerySet[Contact]) -> list[Contact]:
        return list(queryset.filter(erased_at=None).select_related("user"))
