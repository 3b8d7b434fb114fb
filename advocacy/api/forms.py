"""What a person fills in to open a door for a program."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.api.models import EventKind, Scope


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("Which program uses it, so that you know what to revoke."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it is for"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It never opens more than you may see yourself."),
    )
    days = forms.TypedChoiceField(
        label=_("Works for"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("One year"))],
        coerce=int,
        initial=90,
    )

    def wanted(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "scopes": cleaned["scopes"],
            "lives_for": timedelta(days=cleaned["days"]),
        }


class WebhookForm(forms.Form):
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput,
        help_text=_("Begins with https:// and is reached over the internet."),
    )
    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=EventKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what you may read yourself is told, and of measures only those that are followed."),
    )
