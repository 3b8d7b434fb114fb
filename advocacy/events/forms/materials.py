"""Which materials the teams take along."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.events.actions.materials import offered
from advocacy.events.models import AdvocacyEvent, EventMaterial
from advocacy.kernel.picking import RowsField
from advocacy.positions.models import Material


class _Materials(RowsField):
    def label_from_instance(self, material: Material) -> str:
        return f"{material} ({material.get_kind_display()}; {material.languages_in_words})"


class MaterialsForm(forms.Form):
    """One tick for each that is handed out on the day."""

    hide_optional = True

    materials = _Materials(
        label=_("Materials of the day"),
        queryset=Material.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Shared ones of the host chapters and of the society, written in at least one language."),
    )

    def __init__(self, *args: Any, user: User, event: AdvocacyEvent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = offered(event, user).with_current_versions()
        self.fields["materials"].queryset = rows  # type: ignore[attr-defined]  # a RowsField
        listed = EventMaterial.objects.filter(event=event).values_list("material", flat=True)
        self.initial.setdefault("materials", list(listed))
