"""Whom do you know?: the list one fills in, and the review of an answer."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.actions.surveys import Known
from advocacy.interactions.forms.contact import describe_official, describe_staffer
from advocacy.interactions.models import Basis, KeyContact, Strength
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField
from legislation.models import Official, Staffer


class KnownForm(Part):
    """Officials and staff whom somebody knows equally well, and how."""

    officials = PickManyField(
        label=_("Officials you know"),
        suggest_url="legislation:official_suggest",
        search=lambda rows, text: rows.search(text, timezone.localdate()),
        describe=describe_official,
        placeholder=_("Name, district, state or committee"),
        required=False,
    )
    staffers = PickManyField(
        label=_("Staff you know"),
        suggest_url="legislation:staffer_suggest",
        search=lambda rows, text: rows.search(text),
        describe=describe_staffer,
        placeholder=_("Name of a staffer on record"),
        required=False,
    )
    basis = forms.ChoiceField(
        label=_("How do you know them?"),
        choices=Basis.choices,
        help_text=_("Of a patient or clinician, never say which. Donations are never asked and never kept."),
    )
    strength = forms.TypedChoiceField(
        label=_("How well do you know them?"), coerce=int, choices=Strength.choices, initial=Strength.MET
    )
    calls_within_a_day = forms.BooleanField(
        label=_("I would call them within a day if it mattered"), required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = Staffer.objects.visible_to(user).filter(official__isnull=False).select_related("official")
        self.fields["officials"].offer(Official.objects.visible_to(user).with_seats())  # type: ignore[attr-defined]
        self.fields["staffers"].offer(staff)  # type: ignore[attr-defined]  # a PickManyField

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        nobody = not cleaned.get("officials") and not cleaned.get("staffers")
        if nobody and not self.has_error("officials") and not self.has_error("staffers"):
            self.add_error("officials", _("Choose at least one official or staffer."))
        return cleaned

    def known(self) -> list[Known]:
        staff: list[Staffer] = list(self.cleaned_data["staffers"])
        through = [(one.official, one) for one in staff if one.official]
        return [*((one, None) for one in self.cleaned_data["officials"]), *through]


class ReviewForm(forms.Form):
    """What becomes of one answer."""

    ACCEPT, KEY_CONTACT, MERGE, REJECT = "accept", "key_contact", "merge", "reject"

    decision = forms.ChoiceField(label=_("What becomes of it?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Needed only to turn it down.")
    )

    def __init__(self, *args: Any, tie: KeyContact | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (self.ACCEPT, _("Accept: a relationship on record")),
            (self.KEY_CONTACT, _("Accept, and make them a key contact")),
        ]
        if tie:
            choices = [(self.MERGE, _("Merge with the key contact on record"))]
        choices.append((self.REJECT, _("Do not accept")))
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == self.REJECT and not cleaned.get("reason"):
            self.add_error("reason", _("Say why it is not accepted."))
        return cleaned
