"""What people write into a report, and what the lead decides about one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.forms.contact import date_input
from advocacy.reports.actions.reports import WORDS, Words
from advocacy.reports.models import ChapterReport, ReportState

_LONG = ("research", "education", "power_building", "monitoring", "story", "peer_lesson")
_HIGHEST_VERSION = 2**31 - 1
_CONSENT = [("", _("Not said")), ("true", _("Yes")), ("false", _("No"))]


_TOLD_TO_ALL = _("Once you submit, the whole task force reads this in the national report.")


class WordsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no argument at run time
    """The words of a report. `version` is the one that was shown, so that a colleague's change is noticed."""

    version = forms.IntegerField(min_value=1, max_value=_HIGHEST_VERSION, widget=forms.HiddenInput)

    class Meta:
        model = ChapterReport
        fields = WORDS
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 3}) for name in _LONG},
            "help_by": date_input(),
            "story_may_be_published": forms.Select(choices=_CONSENT),
        }
        help_texts = {
            "summary": _("Needed to submit. At most 200 letters."),
            "top_win": _TOLD_TO_ALL,
            "top_worry": _TOLD_TO_ALL,
            "help_wanted": _TOLD_TO_ALL,
            "research": _("What you asked people, counted or found out."),
            "education": _("Whom you taught or informed: officials, members, the public."),
            "power_building": _("New people, partners and relationships."),
            "monitoring": _("“Nothing this month, because…” is an answer too."),
            "volunteer_hours": _("Only what people told you. Leave it empty if you do not know."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("help_wanted"):
            for name in ("help_from", "help_kind"):
                if not cleaned.get(name):
                    self.add_error(name, _("Help wanted says what kind, and from whom."))
        elif any(cleaned.get(name) for name in ("help_from", "help_kind", "help_by")):
            self.add_error("help_wanted", _("Say what help is wanted."))
        if cleaned.get("story") and cleaned.get("story_may_be_published") is None:
            self.add_error("story_may_be_published", _("Say whether the story may be published."))
        if not cleaned.get("story"):
            cleaned["story_may_be_published"] = None
        return cleaned

    def require_summary(self) -> None:
        """To submit, one sentence is needed; a draft may be without."""
        if self.is_valid() and not self.cleaned_data["summary"]:
            self.add_error("summary", _("Say in one sentence how the month was, then submit."))

    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in WORDS})


class DecisionForm(forms.Form):
    """What becomes of a report: only the steps that are open to it."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Needed to return or excuse a report. The chapter reads it."),
    )

    def __init__(self, *args: Any, report: ChapterReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        submitted = [(ReportState.ACCEPTED, _("Accept")), (ReportState.RETURNED, _("Return to the chapter"))]
        unfinished = [(ReportState.EXCUSED, _("Excuse: no report is expected"))]
        choices = submitted if report.state == ReportState.SUBMITTED else unfinished
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needs_reason = cleaned.get("decision") in (ReportState.RETURNED, ReportState.EXCUSED)
        if needs_reason and not cleaned.get("reason"):
            self.add_error("reason", _("Say why it is returned or excused."))
        return cleaned


class RestateForm(forms.Form):
    reason = forms.CharField(label=_("Why is the month restated?"), max_length=300)
