"""Adding somebody to an office's staff, and keeping the entry right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from legislation.models import Official, Staffer


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StafferForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """Somebody new at the office of an official."""

    class Meta:
        model = Staffer
        fields = ["name", "role", "title", "email", "phone", "starts_on"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel"}),
            "starts_on": _day(),
        }

    def __init__(self, *args: Any, official: Official | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.official = official

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        here = Staffer.objects.filter(official=self.official, ends_on=None, name__iexact=name)
        if self.official and here.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This person is on the staff of this office already."))
        return name


class StafferChangeForm(StafferForm):
    """An entry that needs correcting, or a job that has ended."""

    class Meta(StafferForm.Meta):
        fields = [*StafferForm.Meta.fields, "ends_on"]
        widgets = {**StafferForm.Meta.widgets, "ends_on": _day()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The last day comes after the first."))
        return dict(cleaned)
