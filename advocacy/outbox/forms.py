"""What a person asks of their own mail."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.outbox.models import Answer
from advocacy.outbox.streams import Stream

LONGEST_PAUSE = timedelta(days=366)


class MineFilters(forms.Form):
    """Which of the messages to oneself."""

    hide_optional = True

    q = forms.CharField(label=_("Search the subject"), max_length=100, required=False)
    stream = forms.ChoiceField(label=_("Class"), choices=[("", _("All")), *Stream.choices], required=False)
    answer = forms.ChoiceField(
        label=_("What became of it"), choices=[("", _("All")), *Answer.choices], required=False
    )


class PauseForm(forms.Form):
    until = forms.DateField(
        label=_("No mail about my duties until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "On that day it comes again. What was not sent meanwhile stays on the page “Mail to me”."
        ),
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"until": today + timedelta(days=14)})
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.today < until <= self.today + LONGEST_PAUSE:
            raise forms.ValidationError(_("Choose a day to come, within a year."))
        return until
