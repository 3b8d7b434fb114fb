"""An office and its meeting, a place in a team, buildings, and the reason for which a warning may stand."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.events.actions.appointments import Said, may_be_said
from advocacy.events.actions.buildings import minutes_from
from advocacy.events.models import (
    AGREED,
    AdvocacyEvent,
    Appointment,
    AppointmentStatus,
    Building,
    Team,
    TeamMember,
    TeamRole,
)
from advocacy.interactions.forms.contact import date_input, describe_official
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField
from legislation.models import Official

_NOTHING = [("", "---------")]


def _time_field(label: Any, **known: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget, **known)


class OfficesForm(Part):
    """Which officials to meet. Each becomes a line to ask for."""

    officials: PickManyField[Official] = PickManyField(
        label=_("Which officials or offices?"),
        suggest_url="legislation:official_suggest",
        search=lambda rows, text: rows.search(text, timezone.localdate()),
        describe=describe_official,
        placeholder=_("Name, district, state or committee"),
        required=False,
    )
    agency = forms.CharField(label=_("Or an agency"), max_length=150, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officials"].offer(Official.objects.visible_to(user).with_seats())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not cleaned.get("officials") and not cleaned.get("agency") and not self.has_error("officials"):
            self.add_error("officials", _("Choose at least one official, or name an agency."))
        return cleaned


class AppointmentForm(Part):
    """One meeting: how far the request is, when, where, and who goes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(label=_("How far is it?"))
    requested_on = forms.DateField(label=_("Requested on"), required=False, widget=date_input())
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("No team yet")
    )
    starts_at = _time_field(_("Begins at"), help_text=_("By the clock of the place."))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=240)
    free_from = _time_field(_("Office is free from"))
    free_until = _time_field(_("Office is free until"))
    building = forms.ModelChoiceField(
        label=_("Building"), queryset=Building.objects.none(), required=False, empty_label=_("None")
    )
    room = forms.CharField(label=_("Room"), max_length=120, required=False)
    link = forms.URLField(label=_("Link"), max_length=300, required=False, assume_scheme="https")
    expected_with = forms.CharField(
        label=_("With whom"),
        max_length=150,
        required=False,
        help_text=_("The official, or a named staffer."),
    )
    people_cap = forms.IntegerField(label=_("People at most"), min_value=1, max_value=500, required=False)
    language = forms.ChoiceField(
        label=_("Language wanted"),
        choices=[*_NOTHING, ("en", _("English")), ("fr", _("French"))],
        required=False,
    )
    note = forms.CharField(label=_("Note for the team"), max_length=300, required=False)
    is_locked = forms.BooleanField(
        label=_("Time and team are fixed"), required=False, help_text=_("A new proposal leaves it as it is.")
    )

    def __init__(self, data: QueryDict | None, *, appointment: Appointment, now: datetime) -> None:
        known = {name: getattr(appointment, name) for name in (*Said.__annotations__, "version")}
        super().__init__(data, initial=known)
        self.event = appointment.event
        self.fields["status"].choices = may_be_said(appointment, now)  # type: ignore[attr-defined]
        self.fields["team"].queryset = self.event.teams.all()  # type: ignore[attr-defined]
        self.fields["building"].queryset = self.event.buildings.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("status") in AGREED and not cleaned.get("starts_at"):
            self.add_error("starts_at", _("Say at what time the office confirmed it."))
        first, last = cleaned.get("free_from"), cleaned.get("free_until")
        if first and last and last <= first:
            self.add_error("free_until", _("The office is free until after it is free from."))
        if (start := cleaned.get("starts_at")) and (minutes := cleaned.get("minutes")):
            self._ends_on_the_day(start, minutes)
        if cleaned.get("status") == AppointmentStatus.REQUESTED and not cleaned.get("requested_on"):
            cleaned["requested_on"] = self.event.today(timezone.now())
        return cleaned

    def _ends_on_the_day(self, start: time, minutes: int) -> None:
        if start.hour * 60 + start.minute + minutes >= 24 * 60:
            self.add_error("starts_at", _("The meeting would end after midnight."))

    def said(self) -> Said:
        said: Said = {name: self.cleaned_data[name] for name in Said.__annotations__}  # type: ignore[assignment]  # its keys are the fields
        return said


class TeamForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the team"),
        max_length=80,
        required=False,
        help_text=_("Beside its number; for example where it comes from."),
    )


class MemberForm(Part):
    """What somebody does in the team, and whether a new proposal may move them."""

    role = forms.ChoiceField(label=_("Role"), choices=[*_NOTHING, *TeamRole.choices], required=False)
    second_role = forms.ChoiceField(
        label=_("Second role"), choices=[*_NOTHING, *TeamRole.choices], required=False
    )
    is_captain = forms.BooleanField(
        label=_("Captain"),
        required=False,
        help_text=_("Files the debriefs, and is called when something changes."),
    )
    is_locked = forms.BooleanField(
        label=_("Stays in this team"), required=False, help_text=_("A new proposal leaves them here.")
    )

    def __init__(self, data: QueryDict | None, *, member: TeamMember) -> None:
        names = ("role", "second_role", "is_captain", "is_locked")
        super().__init__(data, initial={name: getattr(member, name) for name in names})
        self.member = member

    def clean_is_captain(self) -> bool:
        wanted: bool = self.cleaned_data["is_captain"]
        if self.member.is_captain and not wanted:
            raise ValidationError(_("Make somebody else captain instead: a team always has one."))
        return wanted

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("role") and cleaned.get("role") == cleaned.get("second_role"):
            self.add_error("second_role", _("Choose another role than the first."))
        return cleaned


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why may it stand?"),
        max_length=300,
        help_text=_("Kept with the warning; colleagues read it on the schedule."),
    )


class ProposeForm(forms.Form):
    team_count = forms.IntegerField(
        label=_("Number of teams"),
        min_value=1,
        max_value=200,
        required=False,
        help_text=_("Empty: as many as the size of a team asks for."),
    )


class BuildingForm(Part):
    name = forms.CharField(label=_("Name"), max_length=120)
    directions = forms.CharField(label=_("Way in"), max_length=300, required=False)
    is_closed = forms.BooleanField(
        label=_("Closed that day"),
        required=False,
        help_text=_("Its meetings block the schedule until they move."),
    )

    def __init__(
        self, data: QueryDict | None, *, event: AdvocacyEvent, building: Building | None = None
    ) -> None:
        names = ("name", "directions", "is_closed")
        super().__init__(data, initial={name: getattr(building, name) for name in names} if building else {})
        self.others = [one for one in event.buildings.all() if building is None or one.pk != building.pk]
        known = minutes_from(building) if building else {}
        for other in self.others if building else ():
            self.fields[f"walk_{other.pk}"] = forms.IntegerField(
                label=_("Minutes to walk to %(building)s") % {"building": other},
                initial=known.get(other.pk),
                min_value=0,
                max_value=240,
                required=False,
                help_text=_("Empty: %(minutes)s, as set for the day.") % {"minutes": event.walking_minutes},
            )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if any(one.name.lower() == name.lower() for one in self.others):
            raise ValidationError(_("This building is on the list already."))
        return name

    def walks(self) -> dict[Building, int | None]:
        names = {one: f"walk_{one.pk}" for one in self.others}
        return {one: self.cleaned_data[name] for one, name in names.items() if name in self.fields}
