"""Which rows of a campaign's results are listed: the step, and the chapter, target or day they belong to."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.funnel import Step
from campaigns.funnel_rows import Cut
from campaigns.models import Campaign
from members.access import Reach
from members.models import Chapter


class CutForm(forms.Form):
    """What cannot be understood narrows nothing. `chapter` 0 is whoever is credited to none."""

    hide_optional = True

    step = forms.ChoiceField(label=_("Step"), choices=Step.choices)
    chapter = forms.TypedChoiceField(label=_("Chapter"), coerce=int, required=False, empty_value=None)
    target = forms.TypedChoiceField(label=_("Target"), coerce=int, required=False, empty_value=None)
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any, *, campaign: Campaign, reach: Reach) -> None:
        super().__init__(data)
        mine = Chapter.objects.all() if reach.is_staff else Chapter.objects.filter(pk__in=reach.advocate_of)
        nobody = [(0, _("Credited to no chapter"))] if reach.is_staff else []
        chapters = [(one.pk, str(one)) for one in mine.order_by("name", "pk")]
        targets = campaign.targets.select_related("official")
        self._choose("chapter", [*chapters, *nobody])
        self._choose("target", [(one.pk, str(one)) for one in targets])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 (as declared above)
        field.choices = [("", _("All")), *choices]

    @property
    def cut(self) -> Cut:
        said = self.cleaned_data if self.is_valid() or self.cleaned_data else {}
        step, day = said.get("step") or Step.ACTED, said.get("day")
        return Cut(
            Step(step),
            chapter=said.get("chapter"),
            target=said.get("target"),
            day=day if isinstance(day, date) else None,
        )
