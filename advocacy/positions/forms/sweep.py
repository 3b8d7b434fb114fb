"""What of a sweep to show, and what to confirm of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from legislation.models import DispositionKind

YES = "yes"
TICKED, ALL = "ticked", "all"
_LONGEST_KEY = 18


class SweepFilters(forms.Form):
    """What is proposed, or was confirmed, and whether only what we follow is shown."""

    hide_optional = True

    disposition = forms.ChoiceField(
        label=_("Disposition"), choices=[("", _("Any")), *DispositionKind.choices], required=False
    )
    followed = forms.ChoiceField(
        label=_("Followed"),
        choices=[("", _("All measures")), (YES, _("Only what we follow"))],
        required=False,
    )

    @property
    def chosen(self) -> dict[str, Any]:
        """As `Sweep.chosen` takes it; an unreadable value filters nothing."""
        self.is_valid()
        said = self.cleaned_data
        return {"kind": said.get("disposition", ""), "followed": said.get("followed") == YES}


class SweepForm(forms.Form):
    """Those that are ticked, or all that the filters show; as proposed where nothing else is said."""

    scope = forms.ChoiceField(choices=[(TICKED, TICKED), (ALL, ALL)])
    kind = forms.ChoiceField(
        label=_("Confirm as"),
        choices=[("", _("As proposed")), *DispositionKind.choices],
        required=False,
        help_text=_("What may still be signed is never confirmed as died."),
    )
    # Said on the page that asks whether one is sure.
    sure = forms.BooleanField(required=False)

    @property
    def takes_all(self) -> bool:
        return bool(self.cleaned_data["scope"] == ALL)

    @property
    def kind_said(self) -> DispositionKind | None:
        said = self.cleaned_data["kind"]
        return DispositionKind(said) if said else None

    def keys(self, name: str) -> set[int]:
        """The rows that are ticked; whatever is no key is passed over."""
        given: list[str] = self.data.getlist(name)  # type: ignore[attr-defined]  # the data of a request
        return {int(one) for one in given if one.isdecimal() and len(one) <= _LONGEST_KEY}
