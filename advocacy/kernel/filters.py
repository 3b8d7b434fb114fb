"""The filters in force above a list: each as a chip that links to the list without it."""

from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict

from advocacy.kernel.listing import AFTER, BEFORE


class ActiveFilter(NamedTuple):
    label: str
    remove_url: str


def active_filters(form: forms.Form, params: QueryDict) -> list[ActiveFilter]:
    """One chip for each field that narrows the list; what holds anyway has none."""
    return [
        ActiveFilter(f"{form[name].label}: {_in_words(form, name, value)}", _without(params, name))
        for name, value in form.cleaned_data.items()
        if value not in (None, "")
    ]


def _in_words(form: forms.Form, name: str, value: Any) -> str:
    choices = dict(getattr(form.fields[name], "choices", [])) if isinstance(value, str) else {}
    return str(choices.get(value, value))


def _without(params: QueryDict, name: str) -> str:
    rest = params.copy()
    for gone in (name, AFTER, BEFORE):
        rest.pop(gone, None)
    return f"?{rest.urlencode()}"
