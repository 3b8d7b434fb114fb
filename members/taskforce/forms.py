from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User, UserQuerySet
from advocacy.kernel.picking import PickManyField
from advocacy.kernel.schedules import moment_of
from advocacy.kernel.zones import zones_in_words
from legislation.models import Measure
from members.access import people_visible_to, reach_of
from members.models import Chapter
from members.taskforce.models import (
    ActionStatus,
    Answer,
    FeedScope,
    HowDecided,
    ItemPurpose,
    Meeting,
    Presence,
)
from members.taskforce.roster import people_on

_HIGHEST_VERSION = 2**31 - 2


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MeetingForm(forms.Form):
    """When and where: the day and time are those of the meeting's own zone."""

    title = forms.CharField(label=_("Title"), max_length=120)
    on = forms.DateField(label=_("Day"), widget=_day())
    at = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones_in_words, initial="America/Chicago")
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=600, initial=60)
    link = forms.URLField(label=_("Link to join"), required=False, max_length=300, assume_scheme="https")
    host = forms.ModelChoiceField(label=_("Host"), queryset=User.objects.none(), empty_label=None)
    quorum = forms.IntegerField(
        label=_("Quorum"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("How many must be there. Empty: no rule."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = people_visible_to(user).active()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes: one moment instead of a day and a time."""
        values = dict(self.cleaned_data)
        values["starts_at"] = moment_of(values.pop("on"), values.pop("at"), values["zone"])
        return values

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        local = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
        names = ("title", "zone", "minutes", "link", "host", "quorum")
        return {name: getattr(meeting, name) for name in names} | {"on": local.date(), "at": local.time()}


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Why is it cancelled?"), max_length=200)


class ProposeForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=150)
    minutes_wanted = forms.IntegerField(label=_("Minutes wanted"), min_value=1, max_value=240, initial=10)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=ItemPurpose.choices, initial=ItemPurpose.DISCUSS)
    documents = forms.URLField(
        label=_("Link to documents"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("What to read beforehand."),
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices)
    delegate_name = forms.CharField(label=_("Name of the delegate"), max_length=120, required=False)
    wants_last_reminder = forms.BooleanField(label=_("Remind me an hour before it begins"), required=False)

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        values = dict(self.cleaned_data)
        return {"said": values.pop("answer"), **values}


class AttendanceRowForm(forms.Form):
    """One person on the attendance screen."""

    hide_optional = True

    presence = forms.ChoiceField(
        label=_("Attendance"), choices=[("", _("Not said")), *Presence.choices], required=False
    )
    delegate_name = forms.CharField(label=_("Name of the delegate"), max_length=120, required=False)
    minutes_present = forms.IntegerField(label=_("Minutes there"), min_value=0, max_value=600, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        presence = cleaned.get("presence")
        if presence == Presence.DELEGATE and not cleaned.get("delegate_name"):
            self.add_error("delegate_name", _("Name the delegate."))
        if presence != Presence.DELEGATE:
            cleaned["delegate_name"] = ""
        if presence not in (Presence.PRESENT, Presence.LATE, Presence.LEFT_EARLY):
            cleaned["minutes_present"] = None
        return cleaned

    def said(self, otherwise: str) -> dict[str, Any]:
        """What was chosen; for whom nothing was, what holds for all the others."""
        values = dict(self.cleaned_data)
        return values | {"presence": values["presence"] or otherwise}


class RestForm(forms.Form):
    """Everybody of whom nothing is said, in one choice."""

    hide_optional = True

    rest = forms.ChoiceField(
        label=_("Everybody else"),
        choices=[
            ("", _("Stays “Not said”")),
            (Presence.PRESENT.value, Presence.PRESENT.label),
            (Presence.ABSENT.value, Presence.ABSENT.label),
        ],
        required=False,
        help_text=_("Holds for all above who stand at “Not said”."),
    )


class ItemMinutesForm(forms.Form):
    """What is written of one item. `version` is the one that was shown, so that a colleague's words are noticed."""

    version = forms.IntegerField(min_value=1, max_value=_HIGHEST_VERSION, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=150)
    order = forms.IntegerField(label=_("Place on the agenda"), min_value=0, max_value=99)
    minutes_wanted = forms.IntegerField(label=_("Minutes wanted"), min_value=1, max_value=240)
    summary = forms.CharField(
        label=_("Summary"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    outcome = forms.CharField(label=_("Outcome"), max_length=200, required=False)


class DecisionForm(forms.Form):
    text = forms.CharField(label=_("Decision"), max_length=300)
    how = forms.ChoiceField(label=_("Decided by"), choices=HowDecided.choices, initial=HowDecided.CONSENSUS)
    votes_for = forms.IntegerField(label=_("For"), min_value=0, max_value=9999, required=False)
    votes_against = forms.IntegerField(label=_("Against"), min_value=0, max_value=9999, required=False)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=9999, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("how") == HowDecided.VOTE and None in (
            cleaned.get("votes_for"), cleaned.get("votes_against"),
        ):  # fmt: skip
            self.add_error("votes_for", _("A vote has its counts, for and against."))
        if cleaned.get("how") == HowDecided.CONSENSUS:
            cleaned |= dict.fromkeys(("votes_for", "votes_against", "abstained"))
        return cleaned


class ActionItemForm(forms.Form):
    text = forms.CharField(label=_("What to do"), max_length=200)
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none())
    due_on = forms.DateField(label=_("Due"), widget=_day())
    measures: PickManyField[Measure] = PickManyField(
        label=_("Measure it is about"),
        suggest_url="legislation:measure_suggest",
        search=lambda rows, text: rows.search(text),
        describe=lambda measure: (str(measure), measure.title),
        placeholder=_("Number or title, for example HB 210"),
        required=False,
    )

    def __init__(self, *args: Any, meeting: Meeting, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners_for(meeting)  # type: ignore[attr-defined]
        self.fields["measures"].offer(Measure.objects.visible_to(user).select_related("session"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = list(cleaned.pop("measures", None) or [])
        if len(chosen) > 1:
            self.add_error("measures", _("Choose one measure."))
        cleaned["measure"] = chosen[0] if chosen else None
        return cleaned


def owners_for(meeting: Meeting) -> UserQuerySet:
    """The task force of that day, and whoever hosts."""
    return people_on(meeting.day) | UserQuerySet(User).filter(pk=meeting.host_id)


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("Status"), choices=ActionStatus.choices)
    drop_reason = forms.CharField(
        label=_("Why it was dropped"), max_length=200, required=False, help_text=_("Only where you drop it.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("status") == ActionStatus.DROPPED and not cleaned.get("drop_reason"):
            self.add_error("drop_reason", _("Say why it is dropped."))
        return cleaned


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=_("What should be read instead?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class FeedForm(forms.Form):
    scope = forms.ChoiceField(label=_("Calendar of"), choices=FeedScope.choices, initial=FeedScope.PERSON)
    chapter = forms.ModelChoiceField(
        label=_("Chapter"),
        queryset=Chapter.objects.none(),
        required=False,
        help_text=_("Only for the calendar of a chapter."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = reach_of(user)
        near = Chapter.objects.filter(pk__in=reach.belongs_to | reach.reads)
        offered = Chapter.objects.all() if reach.reads_every_shared_record else near
        self.fields["chapter"].queryset = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("scope") != FeedScope.CHAPTER:
            cleaned["chapter"] = None
        elif not cleaned.get("chapter"):
            self.add_error("chapter", _("Choose the chapter."))
        return cleaned


class ActionFilters(forms.Form):
    """Whose action items, and which."""

    hide_optional = True

    show = forms.ChoiceField(
        label=_("Show"), choices=[("open", _("Open")), ("all", _("All"))], required=False
    )
    whose = forms.ChoiceField(
        label=_("Whose"), choices=[("mine", _("Mine")), ("all", _("Everyone I can see"))], required=False
    )
