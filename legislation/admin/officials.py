"""Officials with all that is known of them, and their staff."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from advocacy.audit.importing import ImportingAdmin
from advocacy.kernel.exports import Table
from legislation.actions import corrections, leavers
from legislation.admin.corrections import (
    REASON,
    CorrectingFormSet,
    OfficialForm,
    save_formset_with_corrections,
)
from legislation.models import (
    ContactPoint,
    Identifier,
    Office,
    Official,
    PartyAffiliation,
    Staffer,
    Tenure,
)
from legislation.resources import OfficialResource, StafferResource, with_all

if TYPE_CHECKING:
    _Inline = admin.StackedInline[Any, Any]
else:
    _Inline = admin.StackedInline


class TenureInline(_Inline):
    model = Tenure
    formset = CorrectingFormSet
    extra = 0
    autocomplete_fields = ("seat",)
    exclude = ("source",)


class PartyInline(_Inline):
    model = PartyAffiliation
    formset = CorrectingFormSet
    extra = 0


class OfficeInline(_Inline):
    model = Office
    formset = CorrectingFormSet
    extra = 0
    exclude = ("source", "external_id")


class ContactPointInline(_Inline):
    model = ContactPoint
    formset = CorrectingFormSet
    extra = 0
    exclude = ("source",)


class IdentifierInline(_Inline):
    model = Identifier
    extra = 0


@admin.register(Official)
class OfficialAdmin(ImportingAdmin):
    """Officials are never deleted: end the tenure instead."""

    form = OfficialForm
    resource_classes = (OfficialResource,)
    list_display = ("name", "source")
    list_filter = ("source", "tenures__seat__chamber__code")
    search_fields = ("search_text",)
    list_select_related = ("source",)
    inlines = (TenureInline, PartyInline, OfficeInline, ContactPointInline, IdentifierInline)

    def _table(self, queryset: QuerySet[Any]) -> Table:
        return super()._table(with_all(queryset))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        stored = Official.objects.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        if stored is not None:
            reason = form.cleaned_data[REASON]
            corrections.correct(stored, obj, by=request.user, now=timezone.now(), reason=reason)  # type: ignore[arg-type]  # signed in: the admin sees to it

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        save_formset_with_corrections(request, formset)
        if formset.model is Tenure:
            changed = [one.instance for one in formset.forms if one.has_changed() and one.instance.pk]
            leavers.ended_by_hand(changed, day=timezone.localdate())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Staffer)
class StafferAdmin(ImportingAdmin):
    resource_classes = (StafferResource,)
    list_display = ("name", "official", "committee", "role", "starts_on", "ends_on")
    list_filter = ("role",)
    search_fields = ("search_text",)
    autocomplete_fields = ("official", "committee", "added_by")
    list_select_related = ("official", "committee")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
