"""Filters of the list of meeting requests, the next step of one, and the note to leave an office alone."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.actions.meeting_requests import Outcome
from advocacy.interactions.forms.contact import date_input
from advocacy.interactions.forms.filters import ANY
from advocacy.interactions.models import MeetingRequest, RequestState, Step
from advocacy.interactions.models.meeting_request import OPEN_STATES, MeetingRequestQuerySet
from members.access import reach_of

MINE, CHAPTERS, ALL = "mine", "chapters", "all"
TO_NUDGE, OPEN = "nudge", "open"
_LONGEST = timedelta(days=366)


class RequestFilters(forms.Form):
    """Whose requests, and in which state. An unreadable value filters nothing."""

    hide_optional = True

    whose = forms.ChoiceField(
        label=_("Whose"),
        choices=[(MINE, _("Mine")), (CHAPTERS, _("My chapters’")), (ALL, _("Everyone I can see"))],
        required=False,
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            *ANY,
            (OPEN, _("Still open")),
            (TO_NUDGE, _("No reply for 5 business days")),
            *RequestState.choices,
        ],
        required=False,
    )

    def whose_of(self, user: User) -> str:
        """What was asked for; else all for whoever looks after all, the chapters of a region, or one's own."""
        self.is_valid()
        reach = reach_of(user)
        usual = ALL if reach.reads_every_shared_record else MINE if reach.belongs_to else CHAPTERS
        return self.cleaned_data.get("whose") or usual

    def whose_requests(self, rows: MeetingRequestQuerySet, user: User) -> MeetingRequestQuerySet:
        reach, whose = reach_of(user), self.whose_of(user)
        if whose == MINE:
            return rows.filter(requested_by=user)
        return rows.filter(chapter__in=reach.belongs_to | reach.reads) if whose == CHAPTERS else rows

    def narrow(self, rows: MeetingRequestQuerySet, today: date) -> MeetingRequestQuerySet:
        """Those in the state asked for, as it is shown to the reader."""
        state = self.cleaned_data.get("state")
        if state == OPEN:
            return rows.shown_as(*OPEN_STATES)
        if state == TO_NUDGE:
            return rows.to_nudge(today)
        return rows.shown_as(state) if state else rows


class StepForm(forms.Form):
    """What happened to the request."""

    hide_optional = True

    step = forms.ChoiceField(
        label=_("What happened?"), widget=forms.RadioSelect(attrs={"class": "pills"}), choices=[]
    )
    on = forms.DateField(label=_("Day of their reply"), required=False, widget=date_input())
    meets_on = forms.DateField(label=_("Day of the meeting"), required=False, widget=date_input())
    meets_time = forms.TimeField(
        label=_("Time of the meeting"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("Everybody who may read the request reads it."),
    )

    def __init__(self, *args: Any, request: MeetingRequest, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.today = request, today
        self.fields["step"].choices = [(step.value, step.label) for step in request.steps(today)]  # type: ignore[attr-defined]
        self.initial = {
            "on": today,
            "meets_on": request.confirmed_on or request.slot_1_on,
            "meets_time": request.confirmed_time or request.slot_1_time,
            **self.initial,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        step = cleaned.get("step")
        day = cleaned.get("on")
        if step in (Step.CONFIRM, Step.REPLY, Step.DECLINE):
            if day is None and not self.has_error("on"):
                self.add_error("on", _("Say on which day they answered."))
            elif day is not None and day > self.today:
                self.add_error("on", _("This day has not come yet."))
            elif day is not None and day < self.request.requested_on:
                self.add_error("on", _("Their first reply cannot be before the request."))
        if step == Step.CONFIRM:
            self._check_meeting(cleaned.get("meets_on"))
        return cleaned

    def _check_meeting(self, day: date | None) -> None:
        if day is None and not self.has_error("meets_on"):
            self.add_error("meets_on", _("Say on which day you meet."))
        elif day is not None and day < self.request.requested_on:
            self.add_error("meets_on", _("The meeting cannot be before the request."))

    def outcome(self) -> Outcome:
        cleaned, step = self.cleaned_data, Step(self.cleaned_data["step"])
        confirms = step == Step.CONFIRM
        return Outcome(
            step=step,
            on=cleaned["on"] or self.today,
            meets_on=cleaned["meets_on"] if confirms else None,
            meets_time=cleaned["meets_time"] if confirms else None,
            note=cleaned["note"],
        )


class DoNotContactForm(forms.Form):
    until = forms.DateField(
        label=_("No contact before"),
        widget=date_input(),
        help_text=_("The first day on which it is fine again."),
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=200,
        help_text=_("Every colleague reads it before writing to this office."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.today < until <= self.today + _LONGEST:
            raise forms.ValidationError(_("Choose a day after today, within a year."))
        return until
