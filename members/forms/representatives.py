"""Forms of the look-up of one's representatives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.kernel.postal import Address, NotUnderstood, Query, parse
from legislation.lookup import by_hand
from legislation.models import Jurisdiction, Seat
from members.models import Basis


class PlaceForm(forms.Form):
    """Where somebody is a constituent. `query` is what was understood, once the form is valid."""

    hide_optional = True

    text = forms.CharField(
        label=_("ZIP code, postal code or street address"),
        required=False,
        help_text=_("For example 77004, K1A 0B1, or a street with its city. Nothing of it is stored."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "spellcheck": "false"}),
    )
    # The code an address is narrowing down; taken where the address has none.
    near = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    query: Query

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            self.query = parse(cleaned.get("text", ""))
            near = cleaned.get("near", "")
            if near and isinstance(self.query, Address) and self.query.code is None:
                self.query = parse(f"{self.query.text}, {near}")
        except NotUnderstood as refusal:
            self.add_error("text", str(refusal))
        return cleaned


class AddressForm(PlaceForm):
    """The street address that tells which of several districts it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "narrow_%s")
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.label = _("Street address")
        text.help_text = _("With the city. It is looked up and not stored.")
        text.widget.attrs["autocomplete"] = "street-address"


class ByHandForm(forms.Form):
    """A state or province, and then one's district in each of its chambers."""

    hide_optional = True

    place = forms.ModelChoiceField(
        label=_("State, province or territory"),
        queryset=Jurisdiction.objects.none(),
        empty_label=_("Choose…"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "hand_%s")
        super().__init__(*args, **kwargs)
        places = by_hand.states(user)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.state = self._chosen_state()
        for offer in by_hand.offers(self.state) if self.state else ():
            self.fields[f"seat{offer.chamber.pk}"] = forms.ModelChoiceField(
                label=str(offer.chamber), queryset=offer.seats, required=False, empty_label=_("I do not know")
            )

    def _chosen_state(self) -> Jurisdiction | None:
        try:
            found: Jurisdiction | None = self.fields["place"].clean(self.data.get("place"))
        except forms.ValidationError:
            return None
        return found

    @property
    def seats(self) -> list[Seat]:
        return [value for name, value in self.cleaned_data.items() if name.startswith("seat") and value]


class RememberForm(forms.Form):
    """Keep these districts for me. The street address only where that is ticked too."""

    hide_optional = True

    ticket = forms.CharField(widget=forms.HiddenInput)
    street_address = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    basis = forms.ChoiceField(label=_("Why this place"), choices=Basis.choices)
    remember = forms.BooleanField(
        label=_("Remember"),
        help_text=_(
            "The districts, how they were found, the edition of the map and today’s date. Only you see them."
        ),
    )
    keep_address = forms.BooleanField(label=_("Remember the street address too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "remember_%s")
        super().__init__(*args, **kwargs)
        given = self.data.get("street_address") or self.initial.get("street_address")
        if not given:
            del self.fields["keep_address"]
            del self.fields["street_address"]

    @property
    def street_address_to_keep(self) -> str:
        return (
            str(self.cleaned_data.get("street_address", "")) if self.cleaned_data.get("keep_address") else ""
        )
