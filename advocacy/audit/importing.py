"""Files in and out of the staff's door: preview, row errors, confirm; audited, bounded, and without
formulas.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.utils import label_for_field, lookup_field
from django.db.models import Model, QuerySet
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportMixin
from import_export.fields import Field
from import_export.resources import Diff, ModelResource
from tablib import Dataset

from advocacy.audit import trail
from advocacy.audit.admin import AuditedAdmin
from advocacy.kernel.exports import Table, csv_lines
from advocacy.kernel.imports import FORMATS, UnreadableFile, Xlsx


class PlainDiff(Diff):  # type: ignore[misc]  # import-export ships no types
    """Old and new value of each cell, without the inline colours that our content policy forbids."""

    def as_html(self) -> list[SafeString]:
        return [_cell("" if self.new else old, new) for old, new in zip(self.left, self.right, strict=True)]


def _cell(old: Any, new: Any) -> SafeString:
    if str(old) == str(new):
        return format_html("<span>{}</span>", new)
    if old in (None, ""):
        return format_html("<ins>{}</ins>", new)
    return format_html("<del>{}</del> <ins>{}</ins>", old, new)


class Column(NamedTuple):
    """One column of a file; `values` are all it may hold, empty where it holds any."""

    name: str
    is_required: bool
    meaning: str
    values: list[str]


class AuditedResource(ModelResource):  # type: ignore[misc]  # as above
    """One file of rows of one model. It adds and corrects, and never deletes; an empty cell changes
    nothing.

    Every row that changes something leaves an entry in the audit trail, and the rules of the model apply to
    each. `row_form` explains the columns to whoever prepares a file, and `example` is such a file.
    """

    row_form: type[BaseForm] | None = None
    example: Sequence[str] = ()

    class Meta:
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True

    @classmethod
    def get_diff_class(cls) -> type[Diff]:
        return PlainDiff

    def import_field(
        self, field: Field, instance: Model, row: dict[str, Any], *args: Any, **kwargs: Any
    ) -> None:
        if row.get(field.column_name) not in (None, ""):
            super().import_field(field, instance, row, *args, **kwargs)

    def save_instance(self, instance: Any, is_create: bool, row: dict[str, Any], **kwargs: Any) -> None:
        names = [field.attribute for field in self.get_import_fields()]
        stored = None if is_create else type(instance)._default_manager.get(pk=instance.pk)
        before = trail.snapshot(stored, names) if stored else {}
        super().save_instance(instance, is_create, row, **kwargs)
        changes = trail.difference(before, trail.snapshot(instance, names))
        trail.record(by=kwargs["user"], verb="imported", of=instance, changes=changes)


class ExportingAdmin(AuditedAdmin):
    """An admin page whose selected rows can be taken away, safely: the columns of the list, unless a resource says
    others. Whoever does it leaves a trace.
    """

    actions: tuple[str, ...] = ("export_as_csv", "export_as_xlsx")

    @admin.action(description=_("Export the selected rows as CSV"), permissions=["view"])
    def export_as_csv(self, request: HttpRequest, queryset: QuerySet[Any]) -> StreamingHttpResponse:
        self._record_export(request, queryset)
        table = self._table(queryset)
        return StreamingHttpResponse(
            csv_lines(table), content_type="text/csv; charset=utf-8", headers=_named(f"{table.name}.csv")
        )

    @admin.action(description=_("Export the selected rows as XLSX"), permissions=["view"])
    def export_as_xlsx(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        self._record_export(request, queryset)
        table = self._table(queryset)
        content = Xlsx().export_data(Dataset(*table.rows, headers=table.columns))
        return HttpResponse(
            content, content_type=Xlsx.CONTENT_TYPE, headers=_named(f"{self._file_name()}.xlsx")
        )

    def _file_name(self) -> str:
        return str(self.opts.model_name)

    def _table(self, queryset: QuerySet[Any]) -> Table:
        names = [str(name) for name in self.list_display]
        columns = [str(label_for_field(name, self.model, self)) for name in names]
        rows = ([self._cell(name, row) for name in names] for row in queryset.iterator(chunk_size=500))
        return Table(self._file_name(), columns, rows)

    def _cell(self, name: str, row: Any) -> Any:
        field, _attribute, value = lookup_field(name, row, self)
        if getattr(field, "flatchoices", None):
            return str(dict(field.flatchoices).get(value, value))  # type: ignore[union-attr]  # as just asked
        return str(value) if isinstance(value, Model) else value

    def _record_export(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Whoever takes a list of people away leaves a trace."""
        reason = f"{self.opts.label_lower}: {queryset.count()}"
        trail.record(by=request.user, verb="exported", of=request.user, reason=reason)  # type: ignore[arg-type]  # signed in


class ImportingAdmin(ImportMixin, ExportingAdmin):  # type: ignore[misc]  # as above
    """An admin page with an import (preview, row errors, confirm), and with exports in the columns of its files."""

    formats = FORMATS
    import_template_name = "admin/import_with_guide.html"

    def has_import_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_add_permission(request) and self.has_change_permission(request))

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """All rows or none: what the preview showed is what happens."""
        known: dict[str, Any] = super().get_import_data_kwargs(**kwargs)
        return known | {"rollback_on_validation_errors": True}

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        resource = self.resource_classes[0]
        context: dict[str, Any] = super().get_import_context_data(**kwargs)
        return context | {"columns": _columns(resource), "example": "\n".join(resource.example)}

    def add_data_read_fail_error_to_form(self, form: Form, e: Exception) -> None:
        if isinstance(e, UnreadableFile):
            form.add_error("import_file", str(e))
        else:
            super().add_data_read_fail_error_to_form(form, e)

    def _resource(self) -> AuditedResource:
        resource: AuditedResource = self.resource_classes[0]()
        return resource

    def _table(self, queryset: QuerySet[Any]) -> Table:
        resource = self._resource()
        rows: Iterator[Iterable[Any]] = (
            resource.export_resource(row) for row in queryset.iterator(chunk_size=500)
        )
        return Table(self._file_name(), resource.get_export_headers(), rows)  # type: ignore[arg-type]


def _columns(resource: type[AuditedResource]) -> list[Column]:
    """Each column of the file, in its order, as the form that reads a row explains it."""
    fields = resource.row_form().fields if resource.row_form else {}
    return [
        Column(
            name,
            is_required=fields[name].required,
            meaning=str(fields[name].help_text),
            values=[str(value) for value, _label in getattr(fields[name], "choices", ()) if value],
        )
        for name in resource._meta.fields
        if name in fields
    ]


def _named(file_name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{file_name}"',
        "Cache-Control": "no-store, private",
    }
