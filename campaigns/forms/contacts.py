"""How a contact is spelled, wherever it is typed or read from a file."""

from typing import Any

from django import forms

from advocacy.kernel.postal import NotUnderstood
from campaigns.models.contact import spelled


class SpellsThePlace:
    """For forms with a region and a postal code: TX and H2X 1Y4, however they were typed."""

    cleaned_data: dict[str, Any]

    def clean_region(self) -> str:
        return str(self.cleaned_data["region"]).upper()

    def clean_postal_code(self) -> str:
        typed = self.cleaned_data["postal_code"].strip()
        try:
            return spelled(typed) if typed else ""
        except NotUnderstood as problem:
            raise forms.ValidationError(str(problem)) from problem
