"""The survey after an Advocacy Day: one number and two sentences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.events.models import SurveyAnswer
from advocacy.events.models.survey import CERTAIN


class SurveyForm(forms.Form):
    recommends = forms.TypedChoiceField(
        label=_("How likely are you to recommend this day to a colleague?"),
        help_text=_("0: not at all. 10: certainly."),
        choices=[(number, str(number)) for number in range(CERTAIN + 1)],
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    worked = forms.CharField(
        label=_("What worked?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    better = forms.CharField(
        label=_("What should we do better?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, answer: SurveyAnswer | None) -> None:
        said = (
            {"recommends": answer.recommends, "worked": answer.worked, "better": answer.better}
            if answer
            else {}
        )
        super().__init__(data, initial=said)
