"""A form field to pick records by typing part of their name; it works without JavaScript too.

Chosen records are boxes to tick. Typing a few letters and pressing *Find* (or, with JavaScript, just typing) offers
more. What may be picked is the field's queryset, so a form sets it to what its user may see.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.urls import reverse_lazy
from django.utils.functional import Promise

Row = TypeVar("Row", bound=Model)
MOST_CANDIDATES = 12


_LARGEST_KEY = 2**63 - 1
if TYPE_CHECKING:
    _ManyField = forms.ModelMultipleChoiceField[Any]
else:
    _ManyField = forms.ModelMultipleChoiceField


def row_keys(values: Iterable[Any]) -> list[int]:
    """Those of the values that can be the key of a row: a browser may send anything."""
    texts = [str(value) for value in values]
    keys = [int(text) for text in texts if text.isdecimal() and len(text) < 20]
    return [key for key in keys if key <= _LARGEST_KEY]


class RowsField(_ManyField):
    """Several records by their keys. What cannot be a key is a wrong choice, not a failing query."""

    def clean(self, value: Any) -> Any:
        for one in value if isinstance(value, list | tuple) else ():
            if not row_keys([one]):
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": str(one)[:50]}
                )
        return super().clean(value)


class PickWidget(forms.Widget):
    """Draws what is chosen and what a search found. The field lends it the eyes: `look_up` and `search`."""

    template_name = "django/forms/widgets/pick_many.html"
    use_fieldset = True

    def __init__(self, suggest_url: str, *, multiple: bool = True, placeholder: str | Promise = "") -> None:
        super().__init__()
        self.suggest_url = reverse_lazy(suggest_url)
        self.multiple = multiple
        self.placeholder = placeholder
        self.query = ""
        self.look_up: Callable[[list[str]], Iterable[Model]] = lambda keys: []
        self.search: Callable[[str], Iterable[Model]] = lambda text: []
        self.describe: Callable[[Any], tuple[str, str]] = lambda row: (str(row), "")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        self.query = data.get(f"{name}__q", "")[:100]
        return list(data.getlist(name)) if hasattr(data, "getlist") else list(data.get(name, []))

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        keys = [str(getattr(one, "pk", one)) for one in value or []]
        found = self.search(self.query) if self.query else []
        context["widget"] |= {
            "chosen": [self._option(row, checked=True) for row in self.look_up(keys)],
            "candidates": [self._option(row) for row in found if str(row.pk) not in keys],
            "query": self.query,
            "search_name": f"{name}__q",
            "find_value": name,
            "suggest_url": self.suggest_url,
            "multiple": self.multiple,
            "placeholder": self.placeholder,
        }
        return context

    def _option(self, row: Model, *, checked: bool = False) -> dict[str, Any]:
        label, hint = self.describe(row)
        return {"value": row.pk, "label": label, "hint": hint, "checked": checked}


class PickManyField(RowsField, Generic[Row]):
    """Several records, picked by name. `search(rows, text)` finds candidates among what may be picked."""

    widget: PickWidget

    def __init__(
        self,
        *,
        suggest_url: str,
        search: Callable[[Any, str], Any],
        describe: Callable[[Row], tuple[str, str]],
        placeholder: str | Promise = "",
        **kwargs: Any,
    ) -> None:
        self._search = search
        self._describe = describe
        widget = PickWidget(suggest_url, placeholder=placeholder)
        super().__init__(queryset=None, widget=widget, **kwargs)

    def offer(self, rows: QuerySet[Row]) -> None:
        """Set what may be picked: rows that the form's user may see."""
        self.queryset = rows
        self.widget.look_up = lambda keys: rows.filter(pk__in=row_keys(keys))
        self.widget.search = lambda text: list(self._search(rows, text)[:MOST_CANDIDATES])
        self.widget.describe = self._describe

    def rank(self, search: Callable[[Any, str], Any]) -> None:
        """Search in another way: for this reader, the likeliest first."""
        self._search = search
