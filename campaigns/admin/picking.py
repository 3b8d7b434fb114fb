"""Pickers of several rows that a screen reader can read."""

from typing import TYPE_CHECKING, Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelectMultiple, RelatedFieldWidgetWrapper

if TYPE_CHECKING:
    _Admin = BaseModelAdmin[Any]
else:
    _Admin = BaseModelAdmin


class PickSeveral(AutocompleteSelectMultiple):
    """Without the cross that clears all at once: it would stand in the list of what is chosen, as no entry of it."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}


class PicksSeveral(_Admin):
    """An admin page, or a part of one, whose `autocomplete_fields` may hold several rows."""

    # Rows that are added on the way; others are looked after on their own pages.
    added_here: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """No pencil, cross or eye beside a picker: a slip there would change, or delete, what others use too."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_add_related = widget.can_add_related and db_field.name in self.added_here
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        return field

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = PickSeveral(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
