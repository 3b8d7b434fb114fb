"""How a campaign is begun: from nothing, from a measure, or like an earlier one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language, User
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField
from advocacy.positions.models.standpoint import AGAINST
from advocacy.positions.use import usable_for
from campaigns import choosing, default_texts
from campaigns.actions.editing import proposed_languages
from campaigns.models import Campaign, CampaignKind
from legislation import suggestions
from legislation.models import Measure
from members.models import Chapter

THE_SOCIETY = "society"


def measures_field(**fields: Any) -> PickManyField[Measure]:
    return PickManyField(
        label=_("Measures"),
        suggest_url="tracking:measure_suggest",
        search=suggestions.likeliest_measures,
        describe=lambda measure: suggestions.describe_measure(measure)[1:],
        placeholder=_("Number or title, for example HB 210"),
        required=False,
        **fields,
    )


class BeginForm(Part):
    """The first words; everything else follows on the pages of the draft."""

    name = forms.CharField(
        label=_("Name"), max_length=150, help_text=_("Supporters read it at the top of the page.")
    )
    holder = forms.ChoiceField(label=_("Run by"), choices=[])
    kind = forms.ChoiceField(label=_("What people are asked to do"), choices=CampaignKind.choices)
    measures = measures_field(
        help_text=_(
            "Letters, e-mails, calls and meeting requests are about a measure with an approved position."
        )
    )
    ask = forms.CharField(
        label=_("Ask"),
        max_length=300,
        required=False,
        help_text=_("What the official shall do: “cosponsor HB 210”."),
    )
    ask_fr = forms.CharField(label=_("Ask in French"), max_length=300, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Propose texts in"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
        help_text=_("Both are required where Canadian federal or Quebec officials are asked."),
    )

    def __init__(self, *args: Any, user: User, measure: Measure | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holders = {str(one.pk) if one else THE_SOCIETY: one for one in choosing.holders(user)}
        labels = [(key, str(one) if one else _("The society")) for key, one in self.holders.items()]
        self.fields["holder"].choices = labels  # type: ignore[attr-defined]  # a ChoiceField
        picked: Any = self.fields["measures"]
        picked.offer(Measure.objects.visible_to(user).select_related("session__jurisdiction"))
        proposed = {"languages": proposed_languages(self._holder(), []), "kind": CampaignKind.LETTER}
        self.initial = {**proposed, **self.initial}
        if measure:
            self._about(measure)

    def _holder(self) -> Chapter | None:
        """Who runs it, unless another is chosen."""
        return self.holders.get(self.initial.get("holder", ""), next(iter(self.holders.values()), None))

    def _about(self, measure: Measure) -> None:
        """What the measure and the position on it propose."""
        chapter = self._holder()
        position = usable_for(measure, chapter)
        is_against = position is not None and position.position in AGAINST
        languages = proposed_languages(chapter, [measure])
        proposed: dict[str, Any] = {"measures": [measure.pk], "languages": languages}
        proposed["ask"] = default_texts.ask(str(measure), Language.ENGLISH, is_against=is_against)
        if Language.FRENCH in languages:
            proposed["ask_fr"] = default_texts.ask(str(measure), Language.FRENCH, is_against=is_against)
        self.initial = {**self.initial, **proposed}

    @property
    def chapter(self) -> Chapter | None:
        return self.holders[self.cleaned_data["holder"]]

    def said(self) -> dict[str, Any]:
        """For the action."""
        said = {name: self.cleaned_data[name] for name in ("name", "kind", "ask", "ask_fr", "languages")}
        return said | {"chapter": self.chapter, "measures": list(self.cleaned_data["measures"])}


class BeginLikeForm(forms.Form):
    """A new name for the words of an earlier campaign."""

    hide_optional = True

    name = forms.CharField(label=_("Name"), max_length=150)
    holder = forms.ChoiceField(label=_("Run by"), choices=[])

    def __init__(self, *args: Any, user: User, past: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holders = {str(one.pk) if one else THE_SOCIETY: one for one in choosing.holders(user)}
        labels = [(key, str(one) if one else _("The society")) for key, one in self.holders.items()]
        self.fields["holder"].choices = labels  # type: ignore[attr-defined]  # a ChoiceField
        own = str(past.chapter_id) if past.chapter_id else THE_SOCIETY
        self.initial = {"name": past.name, "holder": own, **self.initial}

    @property
    def chapter(self) -> Chapter | None:
        return self.holders[self.cleaned_data["holder"]]
