"""Pickers of several rows that a screen reader can read."""

from typing import TYPE_CHECKING, Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelectMultiple

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

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = PickSeveral(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
