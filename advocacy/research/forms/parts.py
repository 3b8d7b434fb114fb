"""What was heard in an activity, one form for each: a quote, a theme, a group of participants, a finding, its use."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.forms.contact import date_input
from advocacy.interactions.models import Interaction
from advocacy.positions.models import Issue, Material, Testimony
from advocacy.research.forms.asking import AsksAboutPatients
from advocacy.research.models import (
    Consent,
    Finding,
    FindingUse,
    ParticipantGroup,
    Quote,
    ResearchActivity,
    Theme,
)

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm

_NEWEST = 50


class PartForm(AsksAboutPatients, _ModelForm):
    """A part of an activity that stands in the address of the page."""

    hide_optional = True
    title: str | Promise = ""

    def __init__(self, *args: Any, activity: ResearchActivity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.activity = activity
        self.activity = activity

    def _get_validation_exclusions(self) -> set[str]:
        """The activity is known, so what may stand once in it is asked too."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own hook
        return excluded - {"activity"}

    def more_than_took_part(self, number: int | None) -> bool:
        took_part = self.activity.participants
        return number is not None and took_part is not None and number > took_part


class QuoteForm(PartForm):
    title = _("Quote")
    watched = ("text",)

    class Meta:
        model = Quote
        fields = ("text", "consent", "speaker_role", "speaker_name", "consent_reference")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("consent") != Consent.NAMED and said.get("speaker_name"):
            self.add_error("speaker_name", _("Keep no name unless the speaker agreed to be named."))
        return said


class ThemeForm(PartForm):
    title = _("Theme")

    class Meta:
        model = Theme
        fields = ("label", "raised_by", "strength", "issue")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issue"].queryset = Issue.objects.current()  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_raised_by(self) -> Any:
        number = self.cleaned_data["raised_by"]
        if self.more_than_took_part(number):
            raise forms.ValidationError(_("That is more than took part."))
        return number


class GroupForm(PartForm):
    title = _("Group of participants")

    class Meta:
        model = ParticipantGroup
        fields = ("dimension", "label", "count")

    def clean(self) -> dict[str, Any]:
        """The groups of one breakdown are no more people than took part."""
        said = super().clean()
        others = self.activity.groups.filter(dimension=said.get("dimension")).exclude(pk=self.instance.pk)
        together = sum(others.values_list("count", flat=True)) + (said.get("count") or 0)
        if self.more_than_took_part(together):
            self.add_error("count", _("Together these groups are more than took part."))
        return said


class FindingForm(PartForm):
    title = _("Finding")
    watched = ("statement", "evidence")

    class Meta:
        model = Finding
        fields = ("statement", "evidence", "confidence", "recommended_use")
        widgets = {"evidence": forms.Textarea(attrs={"rows": 4})}


# By the word that stands in the address.
PART_FORMS: dict[str, type[PartForm]] = {
    "quote": QuoteForm,
    "theme": ThemeForm,
    "group": GroupForm,
    "finding": FindingForm,
}


class UseForm(_ModelForm):
    """Where a finding was used: a material, or one of the newest testimonies and contacts that the person reads."""

    hide_optional = True

    link = forms.URLField(
        label=_("Link to the material"), max_length=500, required=False, assume_scheme="https"
    )

    class Meta:
        model = FindingUse
        fields = ("used_on", "material_on_file", "material", "link", "testimony", "interaction")
        widgets = {"used_on": date_input()}

    def __init__(self, *args: Any, user: User, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.finding = finding
        self.today = user.today(timezone.now())
        self.initial = {"used_on": self.today, **self.initial}
        papers = Material.objects.visible_to(user).current().order_by("-added_on", "-pk")
        spoken = Testimony.objects.visible_to(user).order_by("-registered_on", "-pk")
        contacts = Interaction.objects.visible_to(user).near(user).logged().exportable()
        self._offer("material_on_file", Material.objects.all(), papers)
        self._offer("testimony", Testimony.objects.select_related("measure__session", "person"), spoken)
        self._offer("interaction", Interaction.objects.all(), contacts.order_by("-occurred_on", "-pk"))

    def _offer(self, name: str, rows: Any, ordered: Any) -> None:
        newest = list(ordered.values_list("pk", flat=True)[:_NEWEST])
        self.fields[name].queryset = rows.filter(pk__in=newest)  # type: ignore[attr-defined]  # a ModelChoiceField

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own hook
        return excluded - {"finding"}

    def clean_used_on(self) -> Any:
        day = self.cleaned_data["used_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day
