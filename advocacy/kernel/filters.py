"""The filters in force above a list: each as a chip that links to the list without it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from advocacy.kernel.listing import AFTER, BEFORE


@dataclass(frozen=True)
class ActiveFilter:
    label: str
    remove_url: str


def active_filters(form: forms.Form, params: QueryDict) -> list[ActiveFilter]:
    """One entry for each field of the form that narrows the list."""
    return [
        ActiveFilter(
            label=f"{form[name].label}: {_shown(form, name, value)}", remove_url=_without(params, name)
        )
        for name, value in form.cleaned_data.items()
        if value not in (None, "")
    ]


def _shown(form: forms.Form, name: str, value: Any) -> str:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str(value)


def _without(params: QueryDict, name: str) -> str:
    rest = params.copy()
    for key in (name, AFTER, BEFORE):
        rest.pop(key, None)
    return f"?{rest.urlencode()}"
