"""What staff fill in on the pages of a campaign."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import Language, User
from advocacy.kernel.folding import fold
from advocacy.kernel.zones import NORTH_AMERICAN_ZONES
from campaigns import choosing, draft_words, targeting
from campaigns.models import Appeal, Campaign, Contact, ListEntry, Message, Purpose, TargetGroup
from campaigns.preview import Preview
from campaigns.targeting import Office
from campaigns.tokens import Writer

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Campaign]
else:
    _ModelForm = forms.ModelForm
_MOMENTS = ("opens_at", "closes_at")
_OFFERED_OFFICES = 200


class BeginForm(_ModelForm):
    """The first words of a campaign: proposed texts follow from them."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Propose texts in"),
        choices=Language.choices,
        required=False,
        initial=[Language.ENGLISH],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Both are required where Canadian federal or Quebec officials are asked."),
    )

    class Meta:
        model = Campaign
        fields = ("name", "chapter", "kind", "measures", "ask", "ask_fr")


class CampaignForm(_ModelForm):
    """The whole brief. Its window is told by the clock of its zone, whatever clock the reader lives by."""

    class Meta:
        model = Campaign
        # The admin asks for those of its page.
        fields = ("owner", "zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _MOMENTS:
            moment = getattr(self.instance, name)
            if moment:
                self.initial[name] = moment.astimezone(ZoneInfo(self.instance.zone)).replace(tzinfo=None)
            if name in self.fields:
                self.fields[name].help_text = _("By the clock of the time zone below.")

    def full_clean(self) -> None:
        zone = self.data.get("zone", "") if self.is_bound else ""
        with timezone.override(zone if zone in NORTH_AMERICAN_ZONES else None):
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        meant = Campaign(chapter=said.get("chapter"), owner_id=self.initial["owner"])
        owner = said.get("owner")
        if owner and not choosing.owners_for(meant).filter(pk=owner.pk).exists():
            self.add_error(
                "owner", _("The owner advocates for the chapter, or is national staff for the society.")
            )
        return said


def _contact_field(**fields: Any) -> Any:
    widget = AutocompleteSelect(
        ListEntry._meta.get_field("contact"), admin.site, attrs={"data-width": "100%"}
    )
    return forms.ModelChoiceField(
        queryset=Contact.objects.filter(erased_at=None), required=False, widget=widget, **fields
    )


class WordsForm(forms.Form):
    """Words as they stand in the form of a campaign, saved or not: of a message to offices, or of a mail to supporters.

    Nothing in them is wrong yet: whoever writes has not finished.
    """

    group = forms.ChoiceField(choices=TargetGroup.choices, required=False)
    purpose = forms.ChoiceField(choices=Purpose.choices, required=False)
    language = forms.ChoiceField(choices=Language.choices)
    subject = forms.CharField(required=False)
    subject_b = forms.CharField(required=False)
    body = forms.CharField(required=False, max_length=10_000)

    def previews(self, campaign: Campaign, *, user: User, day: date) -> list[Preview]:
        said = self.cleaned_data
        if not (said["subject"] or said["body"]):
            return []
        words = {name: said[name] for name in ("language", "subject", "body")}
        if said["purpose"]:
            appeal = Appeal(purpose=said["purpose"], subject_b=said["subject_b"], **words)
            return draft_words.of_appeal(campaign, appeal, user=user)
        message = Message(group=said["group"] or TargetGroup.EVERYONE, **words)
        offices = targeting.offices_of(campaign, day)
        return [draft_words.of_message(campaign, message, offices, user=user, day=day)]


class PastForm(forms.Form):
    """Whose words a new campaign takes over."""

    past = forms.ModelChoiceField(
        label=gettext_lazy("Earlier campaign"),
        queryset=Campaign.objects.all(),
        widget=AutocompleteSelect(
            Campaign._meta.get_field("next_campaign"), admin.site, attrs={"data-width": "100%"}
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picked: Any = self.fields["past"]
        picked.queryset = Campaign.objects.visible_to(user)


class TrialForm(forms.Form):
    """Which of our mails to try, and on whom besides the test lists."""

    purpose = forms.ChoiceField(label=gettext_lazy("Mail"), choices=Purpose.choices)
    to = _contact_field(
        label=gettext_lazy("Contact"),
        help_text=gettext_lazy("Empty: yourself. The test lists of the campaign get it as well."),
    )


class PreviewForm(forms.Form):
    """For which office, and from whom."""

    q = forms.CharField(label=gettext_lazy("Office, by name"), max_length=100, required=False)
    office = forms.ChoiceField(label=gettext_lazy("Office"), choices=[], required=False)
    contact = _contact_field(label=gettext_lazy("Contact"))

    def __init__(self, *args: Any, offices: Sequence[Office], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sought = fold(str(self.data.get("q", "")))
        named = [one for one in offices if sought in fold(office_label(one))]
        self.offices = {_key(one): one for one in named[:_OFFERED_OFFICES]}
        self.user = user
        self.fields["office"].choices = [(key, office_label(one)) for key, one in self.offices.items()]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_office(self) -> Office:
        chosen = self.offices.get(self.cleaned_data["office"]) or next(iter(self.offices.values()), None)
        if chosen is None:
            raise ValidationError(_("No office has this name."))
        return chosen

    def writer(self) -> Writer:
        """The contact, or the person who looks."""
        contact = self.cleaned_data.get("contact")
        if contact is None:
            return Writer(str(self.user), _("Springfield"))
        return Writer(contact.full_name or contact.email, contact.postal_code or _("Springfield"))


def _key(office: Office) -> str:
    official, agency = office.key
    return f"{official}:{agency}"


def office_label(office: Office) -> str:
    if office.official is None:
        return office.rule.agency_name
    return f"{office.official} · {office.seat}" if office.seat else str(office.official)
