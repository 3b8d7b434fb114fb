"""What is said of an Advocacy Day when it is begun, changed, or moved on."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.coalitions.holders import owners_for
from advocacy.events.models import AdvocacyEvent
from advocacy.interactions.forms.contact import date_input
from advocacy.kernel.believable_days import check_year
from advocacy.kernel.picking import RowsField
from advocacy.kernel.zones import NORTH_AMERICAN_ZONES, zones_in_words
from legislation.models import Jurisdiction
from members.access import chapters_to_log_for, reach_of
from members.models import Chapter


def _time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class EventForm(forms.ModelForm):  # type: ignore[type-arg]  # the stub's argument is not there when it runs
    """An Advocacy Day. `form_key` makes a form that is sent twice begin one."""

    hosts = RowsField(
        label=gettext_lazy("Host chapters"),
        queryset=Chapter.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Their advocates prepare it together."),
    )
    link = forms.URLField(label=gettext_lazy("Link"), max_length=300, required=False, assume_scheme="https")
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AdvocacyEvent
        fields = (
            "name", "name_fr", "goal", "format", "hosts", "jurisdiction", "coordinator", "held_on", "zone", "opens_at",
            "closes_at", "place", "link", "emergency_phone", "cap", "registration_until", "is_public", "team_min",
            "team_max", "walking_minutes", "people_wanted", "meetings_wanted", "budget", "budget_currency", "sponsors",
        )  # fmt: skip
        widgets = {
            "held_on": date_input(),
            "registration_until": date_input(),
            "opens_at": _time_input(),
            "closes_at": _time_input(),
            "goal": forms.Textarea(attrs={"rows": 3}),
            "sponsors": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        owner = self.instance.coordinator_id if self.instance.pk else None
        offered = {
            "hosts": Chapter.objects.order_by("name", "pk"),
            "coordinator": owners_for(user, now_owned_by=owner),
            "jurisdiction": Jurisdiction.objects.visible_to(user).with_a_legislature(),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["zone"].choices = zones_in_words  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["held_on"].validators.append(check_year)
        if not self.instance.pk:
            self.initial = {**self._begun(), **self.initial}

    def _begun(self) -> dict[str, Any]:
        user = self.user
        zone = user.time_zone if user.time_zone in NORTH_AMERICAN_ZONES else "America/New_York"
        primary = Chapter.objects.filter(pk=reach_of(user).primary_chapter_id or 0).first()
        home = primary.territories.order_by("pk").first() if primary else None
        return {
            "coordinator": user.pk,
            "zone": zone,
            "hosts": [primary.pk] if primary else [],
            "jurisdiction": home.jurisdiction_id if home else None,
            "form_key": uuid.uuid4(),
        }

    def clean_hosts(self) -> Any:
        """Whoever begins a day begins it for a chapter of theirs."""
        hosts = self.cleaned_data["hosts"]
        if not self.instance.pk and not chapters_to_log_for(self.user).filter(pk__in=hosts).exists():
            raise forms.ValidationError(_("Choose at least one chapter that you log for."))
        return hosts

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if "held_on" in self.changed_data and day < self.user.today(timezone.now()):
            raise forms.ValidationError(_("This day is over already."))
        return day

    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class MoveForm(forms.Form):
    """What a move needs to know; most need nothing."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        help_text=gettext_lazy("It stands in the mail to everybody who registered."),
    )
    lessons = forms.CharField(
        label=gettext_lazy("What did we learn?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "What to do again, and what to do otherwise. Next year’s coordinator reads it."
        ),
    )
    next_on = forms.DateField(label=gettext_lazy("Next year’s date"), widget=date_input(), required=False)

    def __init__(self, *args: Any, wanted: tuple[str, ...], event: AdvocacyEvent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.initial = {"lessons": event.lessons, "next_on": event.next_on, **self.initial}
        for name in set(self.fields) - set(wanted):
            del self.fields[name]

    def clean_next_on(self) -> Any:
        day = self.cleaned_data["next_on"]
        if day and day <= self.event.held_on:
            raise forms.ValidationError(_("The next day comes after this one."))
        return day


class CopyForm(forms.Form):
    """When it is held again."""

    held_on = forms.DateField(label=gettext_lazy("Date"), widget=date_input(), validators=[check_year])
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: AdvocacyEvent, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial = {"held_on": event.next_on, "form_key": uuid.uuid4(), **self.initial}

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day < self.user.today(timezone.now()):
            raise forms.ValidationError(_("This day is over already."))
        return day
