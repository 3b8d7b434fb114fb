"""The filters of a coverage page: each in the URL."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.coverage import Standing
from advocacy.interactions.coverage_rows import VACANT, Row, in_order
from advocacy.interactions.forms.contact import FIRST_DAY, date_input, not_before_records


class DayForm(forms.Form):
    """The day a delegation is looked at; today where none can be read."""

    on = forms.DateField(
        label=_("On the day"),
        required=False,
        widget=date_input(min=FIRST_DAY.isoformat()),
        validators=[not_before_records],
    )

    def day(self, today: date) -> date:
        self.is_valid()
        return self.cleaned_data.get("on") or today


class CoverageFilters(DayForm):
    """Which seats to show. An unreadable value is named beside its field, and filters nothing.

    The order of the table and the layer of the map are kept while filters change; they leave nothing out.
    """

    hide_optional = True

    standing = forms.ChoiceField(
        label=_("Coverage"),
        required=False,
        choices=[("", _("Any")), *Standing.choices, (VACANT, _("Vacant seat"))],
    )
    chamber = forms.TypedChoiceField(label=_("Chamber"), required=False, coerce=int, empty_value=None)
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    map = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rows: list[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chambers = sorted({(str(row.seat.chamber), row.seat.chamber_id) for row in rows})
        self.fields["chamber"].choices = [("", _("Any")), *((pk, name) for name, pk in chambers)]  # type: ignore[attr-defined]
        self.is_valid()
        self.sort_by = self.cleaned_data.pop("sort", "")
        self.cleaned_data.pop("map", None)

    def narrow(self, rows: list[Row]) -> list[Row]:
        standing, chamber = self.cleaned_data.get("standing"), self.cleaned_data.get("chamber")
        kept = [
            row
            for row in rows
            if (not standing or row.standing == standing) and (not chamber or row.seat.chamber_id == chamber)
        ]
        return in_order(kept, self.sort_by)
