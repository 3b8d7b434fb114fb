"""Choosing how soon to hear of what one follows."""

from typing import Any

from django import forms

from advocacy.positions.models import TRACKED_TIERS, Cadence, Tier


class CadenceForm(forms.Form):
    """One question for each tier; starts with what holds now."""

    def __init__(self, *args: Any, now_is: dict[int, Cadence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for tier in TRACKED_TIERS:
            self.fields[_name(tier)] = forms.ChoiceField(
                label=tier.label, choices=Cadence.choices, initial=now_is[tier]
            )

    def wanted(self) -> dict[int, Cadence]:
        return {tier: Cadence(self.cleaned_data[_name(tier)]) for tier in TRACKED_TIERS}


def _name(tier: Tier) -> str:
    return f"tier_{tier.value}"
