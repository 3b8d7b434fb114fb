"""The filters of the list of measures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from legislation.models import LegislativeSession


class MeasureFilters(forms.Form):
    """Which measures to show."""

    hide_optional = True

    q = forms.CharField(
        label=_("Search measures"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Number or title")}),
    )
    session = forms.ModelChoiceField(
        label=_("Session"),
        queryset=LegislativeSession.objects.none(),
        required=False,
        empty_label=_("Any"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions = LegislativeSession.objects.visible_to(user).select_related("jurisdiction")
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]
