"""What is written to be read by others: an analysis with its sources, its review, a lesson."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.coalitions.holders import chapters_to_write_for, may_write_for_the_society
from advocacy.interactions.forms.contact import date_input
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField, RowsField
from advocacy.positions.models import Issue
from advocacy.research.actions.analyses import Source
from advocacy.research.forms.asking import AsksAboutPatients
from advocacy.research.models import Analysis, Lesson
from legislation.models import Measure
from members.access import reach_of

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
    _FormSet = forms.BaseFormSet["CitationForm"]
else:
    _ModelForm = forms.ModelForm
    _FormSet = forms.BaseFormSet


def _measures_field() -> PickManyField[Measure]:
    return PickManyField(
        label=_("Measures"),
        suggest_url="legislation:measure_suggest",
        search=lambda rows, text: rows.search(text),
        describe=lambda measure: (
            f"{measure.number} ({measure.session})",
            measure.short_name or measure.title,
        ),
        placeholder=_("Number or title"),
        required=False,
    )


class _Written(Part, _ModelForm):
    """What both have: a holder, issues, measures, and a key against the second click."""

    measures = _measures_field()
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].queryset = chapters_to_write_for(user)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["issues"].queryset = Issue.objects.visible_to(user).current()  # type: ignore[attr-defined]  # as above
        measures = Measure.objects.visible_to(user).select_related("session__jurisdiction")
        self.fields["measures"].offer(measures)  # type: ignore[attr-defined]  # a picker
        if self.instance.pk:
            self.initial["form_key"] = self.instance.form_key
        else:
            self.initial.setdefault("chapter", reach_of(user).primary_chapter_id)

    def filled(self) -> Any:
        """The row as it is to be kept; what is chosen from lists is given to the action beside it."""
        row = self.save(commit=False)
        if not row.pk:
            row.form_key = self.cleaned_data["form_key"]
        return row

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("issues", "measures")}


class AnalysisForm(_Written):
    class Meta:
        model = Analysis
        fields = ("title", "kind", "language", "chapter", "issues", "body", "measures")
        widgets = {
            "body": forms.Textarea(attrs={"rows": 16}),
            "issues": forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
        }
        field_classes: ClassVar = {"issues": RowsField}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if may_write_for_the_society(user):
            self.fields["chapter"].empty_label = _("The society itself")  # type: ignore[attr-defined]  # a ModelChoiceField
        else:
            self.fields["chapter"].required = True
            self.fields["chapter"].help_text = ""


class CitationForm(Part):
    title = forms.CharField(label=_("Title"), max_length=200)
    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    accessed_on = forms.DateField(label=_("Read on"), widget=date_input())


class _Citations(_FormSet):
    def clean(self) -> None:
        urls = [url for form in self.forms if (url := form.cleaned_data.get("url"))]
        if len(set(urls)) < len(urls):
            raise forms.ValidationError(_("This source is cited already."))

    def judge(self, is_judged: bool) -> None:
        for form in self.forms:
            form.is_judged = is_judged

    def sources(self) -> list[Source]:
        """In their order; rows left empty or taken away are none."""
        said = [one.cleaned_data for one in self.forms if one.cleaned_data.get("url")]
        return [Source(one["title"], one["url"], one["accessed_on"]) for one in said if not one.get("DELETE")]


def with_another(data: QueryDict | None) -> QueryDict | None:
    """What was sent, with one more empty row where somebody without JavaScript asked for it."""
    total = "citations-TOTAL_FORMS"
    if data is None or "add" not in data or not data.get(total, "").isdecimal():
        return data
    more = data.copy()
    more[total] = str(int(str(data[total])[:4]) + 1)
    return more


CitationFormSet: Any = forms.formset_factory(
    CitationForm, formset=_Citations, extra=1, can_delete=True, max_num=100, absolute_max=101
)


class ReviewForm(forms.Form):
    """The second person publishes it, or sends it back with what should change."""

    PUBLISH, RETURN = "publish", "return"
    hide_optional = True

    verdict = forms.ChoiceField(
        label=_("Your review"),
        choices=[(PUBLISH, _("Publish it")), (RETURN, _("Send it back"))],
        widget=forms.RadioSelect,
    )
    is_nonpartisan = forms.BooleanField(
        label=_("It names no party, no candidate and no election, and weighs for and against alike"),
        required=False,
    )
    remarks = forms.CharField(
        label=_("What should change"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed to send it back."),
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("verdict") == self.PUBLISH and not said.get("is_nonpartisan"):
            self.add_error(
                "is_nonpartisan", _("Confirm that it names no party, no candidate and no election.")
            )
        if said.get("verdict") == self.RETURN and not said.get("remarks", "").strip():
            self.add_error("remarks", _("Say what should change."))
        return said


class LessonForm(AsksAboutPatients, _Written):
    watched = ("title", "problem", "what_we_did", "what_changed")

    class Meta:
        model = Lesson
        fields = (
            "title", "chapter", "problem", "what_we_did", "what_changed", "language", "issues", "measures",
        )  # fmt: skip
        widgets = {
            **{
                name: forms.Textarea(attrs={"rows": 4}) for name in ("problem", "what_we_did", "what_changed")
            },
            "issues": forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
        }
        field_classes: ClassVar = {"issues": RowsField}
