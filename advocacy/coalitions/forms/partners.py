"""Partner organisations, their people, whom of them we invite, and what they answer."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.coalitions.actions.invitations import Answered
from advocacy.coalitions.holders import owners_for
from advocacy.coalitions.models import (
    Answer,
    Organisation,
    OrganisationContact,
    OrganisationKind,
    OrganisationStatus,
    SignOnLetter,
)
from advocacy.coalitions.models.organisation import OrganisationQuerySet
from advocacy.interactions.forms.filters import ANY
from advocacy.kernel.picking import RowsField
from legislation.models import Jurisdiction
from members.access import reach_of

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm


class Order(models.TextChoices):
    NAME = "", _("By name")
    NEWEST = "newest", _("Newest first")


_ORDERS: dict[str, tuple[str, ...]] = {Order.NAME: ("search_text", "pk"), Order.NEWEST: ("-pk",)}


class OrganisationFilters(forms.Form):
    """Which partners to show. An unreadable value filters nothing."""

    hide_optional = True

    q = forms.CharField(
        label=_("Search the organizations"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Search the organizations")}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *OrganisationKind.choices], required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[*ANY, *OrganisationStatus.choices], required=False)
    order = forms.ChoiceField(label=_("Order"), choices=Order.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    @property
    def sorting(self) -> tuple[str, ...]:
        return _ORDERS[self.cleaned_data.get("order") or Order.NAME]

    def narrow(self, rows: OrganisationQuerySet) -> OrganisationQuerySet:
        said = self.cleaned_data
        if text := said.get("q"):
            rows = rows.search(text)
        wanted = {name: said[name] for name in ("kind", "status") if said.get(name)}
        return rows.filter(**wanted)


class OrganisationForm(_ModelForm):
    website = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = ("name", "name_fr", "kind", "status", "jurisdictions", "website", "owner", "notes")
        widgets = {
            "notes": forms.Textarea(attrs={"rows": 4}),
            "jurisdictions": forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = owners_for(user, now_owned_by=self.instance.owner_id)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]  # a ModelChoiceField
        near = Jurisdiction.objects.filter(pk__in=reach_of(user).shares)
        if self.instance.pk:
            near = near | Jurisdiction.objects.filter(pk__in=self.instance.jurisdictions.values("pk"))
        self.fields["jurisdictions"].queryset = near.order_by("name", "pk")  # type: ignore[attr-defined]  # as above
        if not near.exists():
            del self.fields["jurisdictions"]


class ContactForm(_ModelForm):
    class Meta:
        model = OrganisationContact
        fields = ("name", "role", "email", "phone", "language", "zone")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation

    def _get_validation_exclusions(self) -> set[str]:
        """The organisation stands in the address of the page; one address may stand once there."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own hook
        return excluded - {"organisation"}


class _ContactsField(RowsField):
    def label_from_instance(self, obj: OrganisationContact) -> str:
        return f"{obj.organisation} · {obj.name} · {obj.email}"


class InviteForm(forms.Form):
    """Which people of which organisations; each organisation is asked once."""

    contacts = _ContactsField(
        label=_("Whom do we invite?"),
        queryset=OrganisationContact.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One person of each organization. Each gets a link of their own."),
    )

    def __init__(self, *args: Any, user: User, letter: SignOnLetter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = letter.invitations.order_by().values("organisation")
        rows = OrganisationContact.objects.visible_to(user).exclude(email="").exclude(organisation__in=asked)
        rows = rows.exclude(organisation__status=OrganisationStatus.DORMANT)
        found = rows.select_related("organisation").order_by("organisation__search_text", "name", "pk")
        self.fields["contacts"].queryset = found  # type: ignore[attr-defined]  # a RowsField

    @property
    def has_people(self) -> bool:
        return bool(self.fields["contacts"].queryset.exists())  # type: ignore[attr-defined]  # a RowsField

    def clean_contacts(self) -> Any:
        chosen = list(self.cleaned_data["contacts"])
        organisations = [contact.organisation_id for contact in chosen]
        if len(set(organisations)) < len(organisations):
            raise forms.ValidationError(_("Choose one person of each organization."))
        return chosen


class AnswerForm(forms.Form):
    """A partner's answer: the name as it shall appear and who approved it, or the reason."""

    hide_optional = True

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (Answer.SIGN, _("We sign")),
            (Answer.DECLINE, _("We decline")),
            (Answer.CHANGES, _("We ask for changes first")),
        ],
        widget=forms.RadioSelect,
    )
    signed_as = forms.CharField(
        label=_("Name of the organization, as it shall stand below the letter"),
        max_length=200,
        required=False,
    )
    approver_name = forms.CharField(
        label=_("Approved by"), max_length=150, required=False, help_text=_("Needed to sign.")
    )
    approver_title = forms.CharField(
        label=_("Their title"), max_length=150, required=False, help_text=_("Needed to sign.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed to decline, or to ask for changes."),
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("answer") == Answer.SIGN:
            for name in ("signed_as", "approver_name", "approver_title"):
                if not said.get(name, "").strip() and not self.has_error(name):
                    self.add_error(name, _("A signature has a name and says who approved it."))
        elif said.get("answer") and not said.get("reason", "").strip() and not self.has_error("reason"):
            self.add_error("reason", _("Say why, or what should change."))
        return said

    def answered(self) -> Answered:
        names = ("answer", "reason", "signed_as", "approver_name", "approver_title")
        return Answered(**{name: self.cleaned_data[name] for name in names})


class LateAnswerForm(AnswerForm):
    """What a partner told us after the deadline, added by staff."""

    late_reason = forms.CharField(
        label=_("Why it comes late"),
        max_length=300,
        help_text=_("Who told us, when, and who agreed to add it."),
    )
