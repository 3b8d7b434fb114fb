"""What came of our work on a measure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.positions.actions.outcomes import Said
from advocacy.positions.models import Outcome


class OutcomeForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no argument at run time
    rulemaking_url = forms.URLField(
        label=_("Rulemaking"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Where the rules that carry it out are made: a docket, a gazette."),
    )

    class Meta:
        model = Outcome
        fields = (
            "contribution", "amendments_obtained", "lessons", "thanks", "effective_on", "rulemaking_url",
        )  # fmt: skip
        widgets = {
            "lessons": forms.Textarea(attrs={"rows": 3}),
            "thanks": forms.Textarea(attrs={"rows": 3}),
            "effective_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contribution"].required = True

    def said(self) -> Said:
        return Said(**self.cleaned_data)
