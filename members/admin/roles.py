"""Roles in the admin: given and ended by the same actions as everywhere, never deleted."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.audit.importing import ImportingAdmin
from members.access import society_today
from members.actions import roles
from members.models import RoleAssignment
from members.resources import RoleResource

if TYPE_CHECKING:
    RoleModelForm = forms.ModelForm[RoleAssignment]
else:
    RoleModelForm = forms.ModelForm


class InForceFilter(admin.SimpleListFilter):
    title = _("in force")
    parameter_name = "term"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("Today")), ("ahead", _("Not begun")), ("past", _("Ended"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = society_today()
        if self.value() == "now":
            return queryset.in_force(today)  # type: ignore[attr-defined,no-any-return]  # RoleAssignmentQuerySet
        if self.value() == "ahead":
            return queryset.filter(starts_on__gt=today)
        if self.value() == "past":
            return queryset.filter(ends_on__lte=today)
        return queryset


class GiveRoleForm(RoleModelForm):
    """A new role; the rules are those of `roles.give`."""

    class Meta:
        model = RoleAssignment
        fields = ("person", "role", "chapter", "region", "title", "starts_on", "ends_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"person", "role", "starts_on"} <= cleaned.keys():
            same = RoleAssignment.objects.filter(
                person=cleaned["person"],
                role=cleaned["role"],
                chapter=cleaned.get("chapter"),
                region=cleaned.get("region"),
            )
            if held := same.overlapping(cleaned["starts_on"], cleaned.get("ends_on")).first():
                raise forms.ValidationError(str(roles.AlreadyHeld(held)))
        return cleaned


class EndRoleForm(RoleModelForm):
    """A role that exists: its local title, and its end. A longer term is a new one."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)

    class Meta:
        model = RoleAssignment
        fields = ("title", "ends_on")

    def clean_ends_on(self) -> Any:
        ends_on, before = self.cleaned_data["ends_on"], self.initial.get("ends_on")
        if before is not None and (ends_on is None or ends_on > before):
            raise forms.ValidationError(_("An end is not moved back or taken away: give a new term instead."))
        return ends_on


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ImportingAdmin):
    """Roles are given and ended, through the same actions as everywhere, and never deleted."""

    resource_classes = (RoleResource,)
    list_display = ("person", "role", "title", "chapter", "region", "starts_on", "ends_on", "is_primary")
    list_filter = (InForceFilter, "role", "chapter", "region")
    list_select_related = ("person", "chapter", "region")
    search_fields = ("person__search_text", "person__email", "chapter__name", "title")
    autocomplete_fields = ("person", "chapter", "region")
    readonly_fields = ("person", "role", "chapter", "region", "starts_on", "is_primary", "given_by")
    actions = (*ImportingAdmin.actions, "end_today", "make_primary")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = EndRoleForm if obj else GiveRoleForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return GiveRoleForm.Meta.fields
        return (*self.readonly_fields, "title", "ends_on", "reason")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: RoleAssignment, form: Any, change: bool) -> None:
        if change:
            self._end(request, obj, form)
        else:
            given = roles.give(by=request.user, **form.cleaned_data)  # type: ignore[arg-type]  # signed in
            obj.pk, obj.is_primary, obj.given_by = given.pk, given.is_primary, given.given_by
        if warning := roles.board_service_warning(obj):
            messages.warning(request, warning)

    def _end(self, request: HttpRequest, obj: RoleAssignment, form: Any) -> None:
        ends_on = obj.ends_on
        obj.ends_on = form.initial["ends_on"]
        if "title" in form.changed_data:
            super().save_model(request, obj, form, change=True)
        if ends_on is not None and "ends_on" in form.changed_data:
            reason = form.cleaned_data["reason"]
            roles.end(obj, by=request.user, on=ends_on, reason=reason)  # type: ignore[arg-type]  # signed in

    @admin.action(description=_("End the selected roles today"), permissions=["change"])
    def end_today(self, request: HttpRequest, queryset: QuerySet[RoleAssignment]) -> None:
        today = society_today()
        open_roles = [role for role in queryset if role.ends_on is None or role.ends_on > today]
        for role in open_roles:
            roles.end(role, by=request.user, on=today)  # type: ignore[arg-type]  # signed in
        text = ngettext("%(count)d role ended.", "%(count)d roles ended.", len(open_roles))
        messages.success(request, text % {"count": len(open_roles)})

    @admin.action(description=_("Make this the person's primary chapter"), permissions=["change"])
    def make_primary(self, request: HttpRequest, queryset: QuerySet[RoleAssignment]) -> None:
        for role in queryset:
            try:
                roles.make_primary(role, by=request.user)  # type: ignore[arg-type]  # signed in
            except ValueError as problem:
                messages.error(request, f"{role.person}: {problem}")
            else:
                messages.success(request, f"{role.person}: {role.chapter}")
