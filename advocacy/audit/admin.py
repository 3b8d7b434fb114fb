"""The staff's door leaves the same trace as every other: what was changed in the admin, by whom, from what to what."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.audit import trail
from advocacy.audit.models import Entry
from advocacy.audit.words import in_words

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin


LATEST_ENTRIES = 200


class AuditedAdmin(_ModelAdmin):
    """Records additions, changes with old and new values, and deletions in the audit trail.

    Its rows are what the model's own `visible_to` shows to the person, as everywhere else.
    """

    list_per_page = 50
    show_full_result_count = False
    # One field with one label for a moment: Django's two boxes share a label that a screen reader cannot say.
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.URLField: {"assume_scheme": "https"},
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        },
    }

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], Any, set[str], list[Any]]:
        """What stands in the way of a deletion is counted, not named: it may be somebody's draft."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            text = ngettext("%(count)d row points here.", "%(count)d rows point here.", len(protected))
            protected = [text % {"count": len(protected)}]
        return deleted, counts, lacking, protected

    # Our own trail says what happened; Django's log would say it a second time.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]  # no entry
        pass

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]  # no entry
        pass

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]  # no entry
        pass

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who did what to this row, newest first, with old and new values."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_or_change_permission(request, obj):
            raise Http404
        entries = Entry.objects.about(obj).select_related("actor")[:LATEST_ENTRIES]
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(row)s") % {"row": obj},
            "lines": [in_words(entry, self._label_of_field) for entry in entries],
            "opts": self.opts,
            "object": obj,
        }
        return TemplateResponse(request, "admin/audit_history.html", context | (extra_context or {}))

    def _label_of_field(self, name: str) -> Any:
        try:
            field = self.opts.get_field(name)
        except FieldDoesNotExist:
            return name.replace("_", " ")
        if isinstance(field, models.ManyToOneRel):
            return field.related_model._meta.verbose_name_plural
        return getattr(field, "verbose_name", name)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)
        visible_to = getattr(rows, "visible_to", None)
        return visible_to(request.user) if visible_to else rows

    def save_model(self, request: HttpRequest, obj: Any, form: "forms.ModelForm[Any]", change: bool) -> None:
        before = self._before(obj, form) if change else {}
        super().save_model(request, obj, form, change)
        if not change:
            trail.record(by=request.user, verb="added", of=obj)  # type: ignore[arg-type]  # signed in: the admin sees to it
        elif changes := trail.difference(before, trail.snapshot(obj, before)):
            trail.record(by=request.user, verb="edited", of=obj, changes=changes)  # type: ignore[arg-type]  # as above

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Rows chosen from another list are stored apart from the row itself, and leave a line of their own."""
        chosen = [one.name for one in self.opts.many_to_many if change and one.name in form.changed_data]
        before = trail.snapshot(form.instance, chosen)
        self.save_choices(request, form, formsets, change)
        if changes := trail.difference(before, trail.snapshot(form.instance, chosen)):
            trail.record(by=request.user, verb="edited", of=form.instance, changes=changes)  # type: ignore[arg-type]  # signed in: the admin sees to it

    def save_choices(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Where an action holds the rules of a choice, it is called here; the trail is written around it."""
        super().save_related(request, form, formsets, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        trail.record(by=request.user, verb="deleted", of=obj)  # type: ignore[arg-type]  # as above
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for row in queryset:
            trail.record(by=request.user, verb="deleted", of=row)  # type: ignore[arg-type]  # as above
        super().delete_queryset(request, queryset)

    def _before(self, obj: Any, form: "forms.ModelForm[Any]") -> dict[str, Any]:
        """The stored values of the fields that the form changed; fields the model lacks are left out."""
        stored = type(obj)._default_manager.get(pk=obj.pk)
        names = {field.name for field in obj._meta.get_fields() if getattr(field, "concrete", False)}
        fields = [
            name
            for name in form.changed_data
            if name in names and not isinstance(obj._meta.get_field(name), models.ManyToManyField)
        ]
        return trail.snapshot(stored, fields)


class AuditedPartsAdmin(AuditedAdmin):
    """Rows with parts below them that a person edits too: the history of the row says which lines went and came."""

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        before = _lines(formset)
        super().save_formset(request, form, formset, change)
        after = _lines(formset)
        if before != after:
            lines = [
                [line for line in before if line not in after],
                [line for line in after if line not in before],
            ]
            part = formset.fk.remote_field.get_accessor_name()
            trail.record(by=request.user, verb="edited", of=form.instance, changes={part: lines})  # type: ignore[arg-type]  # signed in: the admin sees to it


def _lines(formset: Any) -> list[str]:
    """Each stored row of a part as one line of what is filled in."""
    rows = formset.model._default_manager.filter(**{formset.fk.name: formset.instance}).order_by("pk")
    fields = formset.model._meta.fields
    names = [one.name for one in fields if one.editable and not one.primary_key and one != formset.fk]
    return [" · ".join(str(value) for value in trail.snapshot(row, names).values() if value) for row in rows]


class LookOnlyAdmin(AuditedAdmin):
    """Rows that are read here and written elsewhere, by the actions that hold their rules."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Entry)
class EntryAdmin(_ModelAdmin):
    """The trail itself: to read, never to change."""

    list_display = ("at", "actor", "verb", "label", "reason")
    list_filter = ("verb", "model")
    search_fields = ("label", "object_id", "actor__full_name", "actor__email")
    date_hierarchy = "at"
    list_select_related = ("actor",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False
