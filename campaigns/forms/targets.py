"""What the list of offices of a campaign shows."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.folding import fold
from campaigns.forms.filters import ANY
from campaigns.models import TargetGroup
from campaigns.targeting import Office
from legislation.models import Official

LEFT_ALONE = "left_alone"


class TargetFilters(forms.Form):
    hide_optional = True

    q = forms.CharField(
        label=_("Name or district"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Name or district"), "type": "search"}),
    )
    group = forms.ChoiceField(
        label=_("Group"),
        choices=[*ANY, *TargetGroup.choices, (LEFT_ALONE, _("Left alone"))],
        required=False,
    )

    def _said(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))

    def wants(self, office: Office) -> bool:
        """Whether the office is in the group asked for."""
        group = self._said("group")
        if group == LEFT_ALONE:
            return bool(office.left_alone)
        return not group or office.group == group

    def finds(self, name: str) -> bool:
        return fold(self._said("q")) in fold(name)

    def search(self, officials: Any, day: date) -> Any:
        text = self._said("q")
        return officials.search(text, day) if text else officials

    def narrow(self, targets: Any) -> Any:
        """The kept list."""
        if text := self._said("q"):
            named = Official.objects.filter(search_text__contains=fold(text)).order_by().values("pk")
            targets = targets.filter(official__in=named) | targets.filter(agency_name__icontains=text)
        group = self._said("group")
        if group == LEFT_ALONE:
            return targets.exclude(state="active")
        return targets.filter(group=group) if group else targets
