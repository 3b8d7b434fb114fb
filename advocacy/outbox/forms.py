"""What a person asks of their own mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.outbox.models import Answer
from advocacy.outbox.streams import Stream


class MineFilters(forms.Form):
    """Which of the messages to oneself."""

    hide_optional = True

    q = forms.CharField(label=_("Search the subject"), max_length=100, required=False)
    stream = forms.ChoiceField(label=_("Class"), choices=[("", _("All")), *Stream.choices], required=False)
    answer = forms.ChoiceField(
        label=_("What became of it"), choices=[("", _("All")), *Answer.choices], required=False
    )
