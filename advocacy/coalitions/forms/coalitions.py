"""The filters of the list of coalitions, one coalition, who is in it, and what partners think of a measure."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advocacy.accounts.models import User
from advocacy.coalitions.holders import chapters_to_write_for, may_write_for_the_society
from advocacy.coalitions.models import (
    Coalition,
    CoalitionMember,
    Organisation,
    OrganisationStatus,
    OurRole,
    PartnerPosition,
)
from advocacy.coalitions.models.coalition import CoalitionQuerySet
from advocacy.interactions.forms.contact import date_input, not_before_records
from advocacy.interactions.forms.filters import ANY
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField, RowsField
from advocacy.positions.models import Issue, Standpoint
from legislation.models import Measure
from members.access import people_visible_to, reach_of
from members.models import Chapter

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm


class Standing(models.TextChoices):
    """Whether a coalition goes on."""

    ACTIVE = "active", pgettext_lazy("a coalition", "Active")
    ENDED = "ended", pgettext_lazy("a coalition", "Ended")


class CoalitionFilters(forms.Form):
    """Which coalitions to show. An unreadable value filters nothing."""

    hide_optional = True

    q = forms.CharField(
        label=_("Search the coalitions"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Search the coalitions")}),
    )
    role = forms.ChoiceField(label=_("Our role"), choices=[*ANY, *OurRole.choices], required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[*ANY, *Standing.choices], required=False)
    chapter = forms.ModelChoiceField(
        label=_("Chapter"), queryset=Chapter.objects.none(), required=False, empty_label=_("Any")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = Coalition.objects.visible_to(user).order_by().values("chapter")
        self.fields["chapter"].queryset = Chapter.objects.filter(pk__in=shown).order_by("name", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.is_valid()

    def narrow(self, rows: CoalitionQuerySet, today: date) -> CoalitionQuerySet:
        said = self.cleaned_data
        if text := said.get("q"):
            rows = rows.search(text)
        if said.get("status"):
            rows = rows.active(today) if said["status"] == Standing.ACTIVE else rows.ended(today)
        wanted = {name: said[name] for name in ("role", "chapter") if said.get(name)}
        return rows.filter(**wanted)


def measures_field(**kwargs: Any) -> PickManyField[Measure]:
    return PickManyField(
        suggest_url="legislation:measure_suggest",
        search=lambda rows, text: rows.search(text),
        describe=lambda measure: (str(measure), measure.title),
        placeholder=_("Number or words of the title"),
        **kwargs,
    )


class CoalitionForm(Part, _ModelForm):
    measures = measures_field(label=_("Measures"), required=False)

    class Meta:
        model = Coalition
        fields = (
            "name", "name_fr", "chapter", "role", "lead", "joined_on", "approved_by", "purpose", "principles", "issues",
            "measures", "rhythm", "next_meeting_on", "ends_on",
        )  # fmt: skip
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "principles": forms.Textarea(attrs={"rows": 4}),
            "issues": forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
            "joined_on": date_input(),
            "next_meeting_on": date_input(),
            "ends_on": date_input(),
        }
        field_classes: ClassVar = {"issues": RowsField}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chapter: Any = self.fields["chapter"]
        chapter.queryset = chapters_to_write_for(user)
        chapter.required = not may_write_for_the_society(user)
        chapter.empty_label = _("The society itself") if not chapter.required else None
        if self.instance.pk is None:
            primary = None if may_write_for_the_society(user) else reach_of(user).primary_chapter_id
            known = {"chapter": primary, "joined_on": user.today(timezone.now())}
            self.initial = {**self.initial, **known}
        lead: Any = self.fields["lead"]
        lead.queryset = Organisation.objects.visible_to(user)
        lead.empty_label = _("We do")
        people: Any = self.fields["approved_by"]
        people.queryset = people_visible_to(user).order_by("full_name", "pk")
        issues: Any = self.fields["issues"]
        issues.queryset = Issue.objects.current()
        measures: Any = self.fields["measures"]
        measures.offer(Measure.objects.visible_to(user).select_related("session__jurisdiction"))


class MemberForm(forms.Form):
    """An organisation that belongs to the coalition."""

    hide_optional = True

    organisation = forms.ModelChoiceField(label=_("Organization"), queryset=Organisation.objects.none())
    starts_on = forms.DateField(
        label=_("Member since"),
        required=False,
        widget=date_input(),
        validators=[not_before_records],
        help_text=_("Leave empty if nobody knows."),
    )

    def __init__(self, *args: Any, user: User, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = CoalitionMember.objects.filter(coalition=coalition, ends_on=None).order_by()
        rows = Organisation.objects.visible_to(user).exclude(pk__in=inside.values("organisation"))
        rows = rows.exclude(status=OrganisationStatus.DORMANT)
        self.fields["organisation"].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField


class PartnerPositionForm(Part):
    """What the partner says of one measure, since when, and where it stands written."""

    measure = measures_field(label=_("Measure"))
    position = forms.ChoiceField(label=_("Their position"), choices=Standpoint.choices)
    said_on = forms.DateField(label=_("Said on"), widget=date_input(), validators=[not_before_records])
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Where they said so: a letter, a hearing, an address.")
    )

    def __init__(
        self, *args: Any, user: User, holder: Organisation | Coalition, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.holder, self.today = holder, today
        self.initial = {"said_on": today, **self.initial}
        measures: Any = self.fields["measure"]
        measures.offer(Measure.objects.visible_to(user).select_related("session__jurisdiction"))

    def clean_measure(self) -> Measure:
        chosen: list[Measure] = list(self.cleaned_data["measure"])
        if len(chosen) != 1:
            raise forms.ValidationError(_("Choose one measure."))
        return chosen[0]

    def clean_said_on(self) -> date:
        day: date = self.cleaned_data["said_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        if not self.errors and self.is_judged:
            try:
                self.said().validate_constraints()
            except forms.ValidationError as problem:
                self.add_error(None, problem)
        return self.cleaned_data

    def said(self) -> PartnerPosition:
        is_coalition = isinstance(self.holder, Coalition)
        return PartnerPosition(
            **{"coalition" if is_coalition else "organisation": self.holder}, **self.cleaned_data
        )
