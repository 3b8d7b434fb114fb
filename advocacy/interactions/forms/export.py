from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.kernel.periods import Month
from members.models import Chapter


class MonthField(forms.CharField):
    """A month as `2027-02`; the native month input where the browser has one."""

    widget = forms.TextInput(attrs={"type": "month", "pattern": r"\d{4}-\d{2}", "placeholder": "2027-02"})

    def clean(self, value: Any) -> Month:
        label = super().clean(value)
        try:
            return Month.parse(label)
        except ValueError:
            raise forms.ValidationError(
                _("Write the month as year and month, for example 2027-02.")
            ) from None


class MonthForm(forms.Form):
    period = MonthField(label=_("Month"))
    chapter = forms.ModelChoiceField(
        label=_("Chapter"),
        queryset=Chapter.objects.none(),
        required=False,
        empty_label=_("All that I may read"),
    )
    part = forms.ChoiceField(
        choices=[("", ""), ("0", ""), ("1", ""), ("2", "")], required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].queryset = Chapter.objects.visible_to(user)  # type: ignore[attr-defined]
