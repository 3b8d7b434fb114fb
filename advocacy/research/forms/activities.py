"""An activity on one page: the facts, the six headings, the summary."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.coalitions.holders import chapters_to_write_for
from advocacy.coalitions.models import Organisation
from advocacy.interactions.forms.contact import date_input
from advocacy.kernel.believable_days import check_year
from advocacy.kernel.picking import RowsField
from advocacy.positions.models import Issue
from advocacy.research.forms.asking import AsksAboutPatients
from advocacy.research.models import HEADINGS, ActivityStatus, ResearchActivity
from legislation.models import Jurisdiction
from members.access import reach_of

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm

_SHORT = {"rows": 3}


class ActivityForm(AsksAboutPatients, _ModelForm):
    """`form_key` travels with a new form, so that a second click makes no second activity."""

    hide_optional = True
    watched = (*HEADINGS, "question", "summary", "recruitment", "who_took_part")

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ResearchActivity
        fields = (
            "kind", "question", "chapter", "confidentiality", "status", "held_on", "last_on", "venue", "is_virtual",
            "facilitator", "note_taker", "partner", "languages", "jurisdictions", "issues", "recruitment",
            "participants", "who_took_part", "consent_form", *HEADINGS, "summary",
        )  # fmt: skip
        widgets = {
            "held_on": date_input(),
            "last_on": date_input(),
            "recruitment": forms.Textarea(attrs=_SHORT),
            "who_took_part": forms.Textarea(attrs=_SHORT),
            **{name: forms.Textarea(attrs=_SHORT) for name in HEADINGS},
            "summary": forms.Textarea(attrs={"rows": 8}),
            "jurisdictions": forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
            "issues": forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
        }
        field_classes: ClassVar = {"jurisdictions": RowsField, "issues": RowsField}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self._offer("chapter", chapters_to_write_for(user))
        self._offer("partner", Organisation.objects.visible_to(user))
        self._offer("issues", Issue.objects.visible_to(user).current())
        for name in ("held_on", "last_on"):
            self.fields[name].validators.append(check_year)
        near = Jurisdiction.objects.filter(pk__in=reach_of(user).shares)
        if self.instance.pk:
            near = near | Jurisdiction.objects.filter(pk__in=self.instance.jurisdictions.values("pk"))
            del self.fields["form_key"]
        else:
            self.initial.setdefault("chapter", reach_of(user).primary_chapter_id)
            self.initial["form_key"] = self.instance.form_key
        self._offer("jurisdictions", near.order_by("name", "pk"))
        if not near.exists():
            del self.fields["jurisdictions"]

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a field of rows

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        status, day = said.get("status"), said.get("held_on")
        if status != ActivityStatus.PLANNED and day and day > self.user.today(timezone.now()):
            self.add_error("held_on", _("This day has not come yet: it is planned."))
        uncounted = said.get("participants") is None and not self.has_error("participants")
        if status != ActivityStatus.PLANNED and uncounted:
            self.add_error("participants", _("Say how many took part; 0 for a study of documents."))
        if status == ActivityStatus.SUMMARISED and not said.get("summary", "").strip():
            self.add_error("summary", _("Write the summary first."))
        return said

    def filled(self) -> ResearchActivity:
        """The activity as it is to be kept."""
        activity: ResearchActivity = self.save(commit=False)
        if key := self.cleaned_data.get("form_key"):
            activity.form_key = key
        return activity
