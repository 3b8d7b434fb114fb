"""A proposal, and what is decided about it."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.positions.forms.hearings import HearingField
from advocacy.positions.holders import chapters_to_propose_for, may_propose_for_the_society
from advocacy.positions.models import Issue, Position, Ruling, Standpoint
from legislation.models import Measure, TextVersion
from members.access import reach_of
from members.models import Chapter

_STANDPOINTS = [choice for choice in Standpoint.choices if choice[0] != Standpoint.NO_POSITION_YET]
_SAID = (
    "position", "text_version", "rationale", "principles", "requested_amendments", "requested_by", "needed_by",
    "is_expedited", "hearing",
)  # fmt: skip


class ProposalForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no argument at run time
    """In whose name, what, and why. The choices are those of the person and of the measure."""

    chapter = forms.ModelChoiceField(label=_("For"), queryset=Chapter.objects.none())
    position = forms.ChoiceField(label=_("Position"), choices=[("", "---------"), *_STANDPOINTS])
    hearing = HearingField()

    class Meta:
        model = Position
        fields = ("chapter", *_SAID)
        widgets = {
            "rationale": forms.Textarea(attrs={"rows": 4}),
            "requested_amendments": forms.Textarea(attrs={"rows": 4}),
            "needed_by": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "principles": forms.CheckboxSelectMultiple,
        }
        labels = {"rationale": _("Why"), "is_expedited": _("Expedite")}

    def __init__(self, *args: Any, user: User, measure: Measure, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["rationale"].required = True
        chapters = chapters_to_propose_for(user)
        self._offer("chapter", chapters)
        if may_propose_for_the_society(user):
            self.fields["chapter"].required = False
            self.fields["chapter"].empty_label = _("The society itself")  # type: ignore[attr-defined]  # a ModelChoiceField
        else:
            self.initial.setdefault("chapter", _first_of(user, chapters))
        texts = TextVersion.objects.visible_to(user).filter(measure=measure)
        self._offer("text_version", texts.order_by(F("on").desc(nulls_last=True), "-order", "-pk"))
        self.fields["hearing"].offer(user, measure)  # type: ignore[attr-defined]  # a HearingField
        self._offer("principles", Issue.objects.visible_to(user).current())

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_needed_by(self) -> date | None:
        day: date | None = self.cleaned_data["needed_by"]
        if day and day < self.today:
            raise forms.ValidationError(_("This day is over: choose today or a later day."))
        return day

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("chapter", *_SAID)}


def _first_of(user: User, chapters: Any) -> int | None:
    own = reach_of(user).primary_chapter_id
    keys = list(chapters.values_list("pk", flat=True))
    return own if own in keys else next(iter(keys), None)


class DecisionForm(forms.Form):
    """`step` is the one that was shown: who comes second decides nothing by mistake."""

    step = forms.CharField(widget=forms.HiddenInput)
    ruling = forms.ChoiceField(label=_("Decision"), choices=Ruling.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The wording that is approved, or why it is not. Needed unless you simply approve."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("ruling") not in (None, Ruling.APPROVED) and not cleaned.get("words", "").strip():
            self.add_error("words", _("Say in words what the wording is, or why not."))
        return cleaned
