"""What the send log shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.audience import SkipReason
from campaigns.forms.filters import ANY
from campaigns.models import Purpose

WRITTEN, SKIPPED = "written", "skipped"


class SendLogFilters(forms.Form):
    hide_optional = True

    purpose = forms.ChoiceField(label=_("Mailing"), choices=[*ANY, *Purpose.choices], required=False)
    result = forms.ChoiceField(
        label=_("Result"),
        choices=[*ANY, (WRITTEN, _("Written to")), (SKIPPED, _("Skipped")), *SkipReason.choices],
        required=False,
    )

    def narrow(self, rows: Any) -> Any:
        self.is_valid()
        if purpose := self.cleaned_data.get("purpose"):
            rows = rows.filter(mailing__purpose=purpose)
        result = self.cleaned_data.get("result")
        if result == WRITTEN:
            return rows.written_to()
        if result == SKIPPED:
            return rows.skipped_ones()
        return rows.filter(skipped=result) if result else rows
