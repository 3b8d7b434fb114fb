"""What is said when a campaign is moved on."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _text(label: "str | _StrPromise", **fields: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=3000, widget=widget, **fields)


class MoveForm(forms.Form):
    """Nothing to say."""

    hide_optional = True

    def __init__(self, *args: object, campaign: Campaign, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.campaign = campaign


class NoteForm(MoveForm):
    note = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Kept in the history; colleagues read it."),
    )


class LaunchForm(MoveForm):
    """`expected` is the number of people that the page showed: where it moved too far, the person agrees to it."""

    expected = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class OutcomeForm(MoveForm):
    """What the public page says from now on."""

    outcome = _text(gettext_lazy("What happened"), required=False)
    outcome_fr = _text(gettext_lazy("What happened, in French"), required=False)

    def __init__(self, *args: object, campaign: Campaign, **kwargs: object) -> None:
        super().__init__(*args, campaign=campaign, **kwargs)
        self.initial = {"outcome": campaign.outcome, "outcome_fr": campaign.outcome_fr, **self.initial}


class CloseForm(OutcomeForm):
    """The page of a closed campaign says what happened, at least that it is over and what comes next."""

    def clean(self) -> dict[str, object]:
        if self.campaign.is_public and not self.cleaned_data.get("outcome"):
            self.add_error("outcome", _("Say what happened: the page of a closed campaign shows it."))
        if (
            self.campaign.is_public
            and self.campaign.messages.filter(language="fr").exists()
            and not self.cleaned_data.get("outcome_fr")
        ):
            self.add_error("outcome_fr", _("This campaign was in French too: say it in French."))
        return self.cleaned_data


class EvaluateForm(OutcomeForm):
    outcome = _text(gettext_lazy("What came of it"))
    outcome_fr = _text(gettext_lazy("What came of it, in French"), required=False)
    lessons = _text(
        gettext_lazy("Lessons"),
        help_text=gettext_lazy("What the next campaign should do differently. For ourselves."),
    )


_FORMS: dict[str, type[MoveForm]] = {
    "launch": LaunchForm,
    "pause": NoteForm,
    "rework": NoteForm,
    "unschedule": NoteForm,
    "close": CloseForm,
    "evaluate": EvaluateForm,
}


def form_of(move: str) -> type[MoveForm]:
    """What is asked before this move, on the pages and in the admin."""
    return _FORMS.get(move, MoveForm)


class DecisionForm(forms.Form):
    """What the second person says, about the version that their page showed."""

    hide_optional = True

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    APPROVE, RETURN = "approve", "return"
    verdict = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[(APPROVE, gettext_lazy("Approve it")), (RETURN, gettext_lazy("Return it for changes"))],
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    is_nonpartisan = forms.BooleanField(
        label=gettext_lazy("It names no party, no candidate and no election"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Returned: say what has to change."),
    )

    def clean(self) -> dict[str, object]:
        said = self.cleaned_data
        if said.get("verdict") == self.APPROVE and not said.get("is_nonpartisan"):
            self.add_error(
                "is_nonpartisan", _("Confirm that it names no party, no candidate and no election.")
            )
        if said.get("verdict") == self.RETURN and not said.get("note", "").strip():
            self.add_error("note", _("Say what has to change."))
        return said
