"""The filters of a coverage page: each in the URL."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.coverage import Coverage, Line, Standing


class CoverageFilters(forms.Form):
    """Which seats to show. An unreadable value is named beside its field, and filters nothing."""

    hide_optional = True

    standing = forms.ChoiceField(
        label=_("Coverage"), required=False, choices=[("", _("Any")), *Standing.choices]
    )
    chamber = forms.TypedChoiceField(label=_("Chamber"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, coverage: Coverage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(one.chamber_id, one.name) for one in coverage.chambers() if one.chamber_id]
        self.fields["chamber"].choices = [("", _("Any")), *listed]  # type: ignore[attr-defined]

    def narrow(self, lines: list[Line]) -> list[Line]:
        self.is_valid()
        standing, chamber = self.cleaned_data.get("standing"), self.cleaned_data.get("chamber")
        return [
            line
            for line in lines
            if (not standing or line.standing == standing)
            and (not chamber or line.member.seat.chamber_id == chamber)
        ]
