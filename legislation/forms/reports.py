"""What somebody says about a part of a profile that is wrong."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from legislation.models import Block


class FactReportForm(forms.Form):
    """One report. `form_key` is made when the form is shown, so that sending it twice makes one report."""

    block = forms.ChoiceField(label=_("Which part of the profile?"), choices=Block.choices)
    wrong = forms.CharField(
        label=_("What is wrong?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    suggestion = forms.CharField(
        label=_("What should it say?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("If you do not know, say that; “remove it” is an answer too."),
    )
    known_from = forms.URLField(
        label=_("Where do you know it from?"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("The address of a page that says so, if there is one."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def cleaned(self) -> dict[str, Any]:
        """What was said, as the action takes it."""
        return self.cleaned_data | {"block": Block(self.cleaned_data["block"])}
