"""A recognition, and which of them a list shows."""

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.coalitions.holders import owners_for
from advocacy.events.checklist_days import recognition_due
from advocacy.events.models import (
    AdvocacyEvent,
    Direction,
    Recognition,
    RecognitionKind,
    RecognitionStatus,
)
from advocacy.events.models.recognition import RecognitionQuerySet
from advocacy.interactions.forms.contact import date_input, describe_official
from advocacy.interactions.forms.filters import ANY
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField
from legislation.models import Official
from members.access import chapters_to_log_for, reach_of
from members.models import Chapter


class RecognitionForm(Part):
    """What is given or received, by or to whom, and by when it must be in hand."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=RecognitionKind.choices)
    direction = forms.ChoiceField(
        label=gettext_lazy("Direction"), choices=Direction.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    chapter = forms.ModelChoiceField(
        label=gettext_lazy("Chapter"), queryset=Chapter.objects.none(), empty_label=None
    )
    event = forms.ModelChoiceField(
        label=gettext_lazy("Advocacy Day"), queryset=AdvocacyEvent.objects.none(), required=False
    )
    official: PickManyField[Official] = PickManyField(
        label=gettext_lazy("Official"),
        suggest_url="legislation:official_suggest",
        search=lambda rows, text: rows.search(text, timezone.localdate()),
        describe=describe_official,
        placeholder=gettext_lazy("Name, district, state or committee"),
        required=False,
    )
    office = forms.CharField(
        label=gettext_lazy("Or another office"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("For example the mayor of a town."),
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=RecognitionStatus.choices)
    due_on = forms.DateField(
        label=gettext_lazy("Needed by"),
        required=False,
        widget=date_input(),
        help_text=gettext_lazy("Empty: eight weeks before the Advocacy Day, because offices want that long."),
    )
    requested_on = forms.DateField(label=gettext_lazy("Requested on"), required=False, widget=date_input())
    done_on = forms.DateField(label=gettext_lazy("Given or received on"), required=False, widget=date_input())
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Owner"), queryset=User.objects.none(), empty_label=None
    )
    text = forms.CharField(
        label=gettext_lazy("Words asked for"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, user: User, row: Recognition | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "chapter": chapters_to_log_for(user).order_by("name", "pk"),
            "event": AdvocacyEvent.objects.visible_to(user),
            "owner": owners_for(user, now_owned_by=row.owner_id if row else None),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["official"].offer(Official.objects.visible_to(user).with_seats())  # type: ignore[attr-defined]  # a picker
        self.fields["official"].widget.multiple = False
        begun: dict[str, Any] = {
            "owner": user.pk,
            "chapter": reach_of(user).primary_chapter_id,
            "direction": Direction.RECEIVED,
            "status": RecognitionStatus.TO_ASK,
        }
        known = {name: getattr(row, name) for name in self.fields} if row else begun
        if row:
            known["official"] = [row.official] if row.official else []
        self.initial = {**known, **self.initial}

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        officials = list(said.get("official") or [])
        if len(officials) > 1:
            self.add_error("official", _("Choose one official."))
        elif bool(officials) == bool(said.get("office")) and not self.has_error("official"):
            self.add_error("office", _("Name an official or another office: exactly one."))
        if said.get("status") == RecognitionStatus.DONE and not said.get("done_on"):
            self.add_error("done_on", _("What was given or received has a day."))
        if not said.get("due_on") and not self.has_error("due_on"):
            if said.get("event"):
                said["due_on"] = recognition_due(said["event"])
            else:
                self.add_error("due_on", _("Say by when it is needed, or choose the Advocacy Day."))
        return said

    def said(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        said["official"] = next(iter(said.get("official") or []), None)
        if said["status"] != RecognitionStatus.DONE:
            said["done_on"] = None
        return said


class WhichRecognitions(models.TextChoices):
    OPEN = "open", gettext_lazy("Open")
    OVERDUE = "overdue", gettext_lazy("Overdue")


class RecognitionFilters(forms.Form):
    """Which recognitions to show. An unreadable value filters nothing."""

    hide_optional = True

    which = forms.ChoiceField(
        label=gettext_lazy("Which"), choices=[*ANY, *WhichRecognitions.choices], required=False
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Direction"), choices=[*ANY, *Direction.choices], required=False
    )
    event = forms.ModelChoiceField(
        label=gettext_lazy("Advocacy Day"),
        queryset=AdvocacyEvent.objects.none(),
        required=False,
        empty_label=gettext_lazy("Any"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = AdvocacyEvent.objects.visible_to(user)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.is_valid()

    def narrow(self, rows: RecognitionQuerySet, today: date) -> RecognitionQuerySet:
        said = self.cleaned_data
        if which := said.get("which"):
            rows = rows.overdue(today) if which == WhichRecognitions.OVERDUE else rows.open()
        if said.get("direction"):
            rows = rows.filter(direction=said["direction"])
        return rows.filter(event=said["event"]) if said.get("event") else rows
