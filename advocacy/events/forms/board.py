"""What somebody at the board says of a meeting, in one tap."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.events.actions.appointments import Said
from advocacy.events.models import AppointmentStatus

HOW_IT_WENT = (AppointmentStatus.HELD, AppointmentStatus.STAFF_ONLY, AppointmentStatus.NO_SHOW)


class HowItWentForm(forms.Form):
    """The pressed button says how it went; a meeting that is moved has its new time."""

    appointment = forms.IntegerField(min_value=1, max_value=2**31)
    version = forms.IntegerField(min_value=1, max_value=2**31)
    status = forms.ChoiceField(
        choices=[(one.value, one.label) for one in (*HOW_IT_WENT, AppointmentStatus.MOVED)]
    )
    starts_at = forms.TimeField(required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("status") == AppointmentStatus.MOVED and not given.get("starts_at"):
            raise forms.ValidationError(_("Give the new time."))
        return given

    def said(self) -> Said:
        said = Said(status=self.cleaned_data["status"])
        if said["status"] == AppointmentStatus.MOVED:
            said["starts_at"] = self.cleaned_data["starts_at"]
        return said
