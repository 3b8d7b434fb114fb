"""What staff can do with a campaign next: one entry for each move, with what it asks for and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from campaigns.actions import campaigns
from campaigns.models import Campaign, Status

Cleaned = dict[str, Any]


class NoteForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("Note"), max_length=1000, required=False, widget=forms.Textarea)


class ReturnForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What has to change"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ApproveForm(NoteForm):
    is_nonpartisan = forms.BooleanField(
        label=gettext_lazy("It names no party, no candidate and no election"),
        help_text=gettext_lazy("You have read every text above."),
    )


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=gettext_lazy("What happened"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Shown on the closed page."),
    )
    outcome_fr = forms.CharField(
        label=gettext_lazy("What happened, in French"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EvaluateForm(OutcomeForm):
    lessons = forms.CharField(
        label=gettext_lazy("Lessons"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For whoever runs the next one. Not public."),
    )


class LaunchForm(forms.Form):
    expected = forms.IntegerField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Move:
    """`begins` are the statuses in which it is offered; `do` calls the action with what the form said."""

    label: Any
    said: Any
    begins: tuple[Status, ...]
    do: Callable[[Campaign, User, datetime, Cleaned], object]
    form: type[forms.Form] | None = None
    lines: tuple[Any, ...] = ()


MOVES: dict[str, Move] = {
    "submit": Move(
        gettext_lazy("Submit for review"),
        gettext_lazy("It waits for a second person now."),
        (Status.DRAFT,),
        lambda campaign, by, now, said: campaigns.submit(campaign, by=by, now=now),
        lines=(
            gettext_lazy("Somebody else reads exactly what stands here now, and approves or returns it."),
        ),
    ),
    "withdraw": Move(
        gettext_lazy("Withdraw from review"),
        gettext_lazy("It is a draft again."),
        (Status.IN_REVIEW,),
        lambda campaign, by, now, said: campaigns.withdraw(campaign, by=by, now=now),
    ),
    "approve": Move(
        gettext_lazy("Approve"),
        gettext_lazy("Approved: exactly this version may be launched."),
        (Status.IN_REVIEW,),
        lambda campaign, by, now, said: campaigns.approve(campaign, by=by, now=now, **said),
        ApproveForm,
    ),
    "give_back": Move(
        gettext_lazy("Return for changes"),
        gettext_lazy("It is a draft again, with your note."),
        (Status.IN_REVIEW,),
        lambda campaign, by, now, said: campaigns.return_(campaign, by=by, now=now, **said),
        ReturnForm,
    ),
    "rework": Move(
        gettext_lazy("Change it"),
        gettext_lazy("It is a draft again; what you change has to be approved."),
        (Status.APPROVED, Status.SCHEDULED, Status.PAUSED),
        lambda campaign, by, now, said: campaigns.rework(campaign, by=by, now=now, **said),
        NoteForm,
        (gettext_lazy("The approval falls: what is changed is reviewed again."),),
    ),
    "schedule": Move(
        gettext_lazy("Schedule"),
        gettext_lazy("It will be launched when its window opens."),
        (Status.APPROVED,),
        lambda campaign, by, now, said: campaigns.schedule(campaign, by=by, now=now),
    ),
    "unschedule": Move(
        gettext_lazy("Do not schedule"),
        gettext_lazy("It waits for somebody to launch it."),
        (Status.SCHEDULED,),
        lambda campaign, by, now, said: campaigns.unschedule(campaign, by=by, now=now),
    ),
    "launch": Move(
        gettext_lazy("Launch now"),
        gettext_lazy("Launched: the page is open and the mail begins to leave."),
        (Status.APPROVED, Status.SCHEDULED),
        lambda campaign, by, now, said: campaigns.launch(campaign, by=by, now=now, **said),
        LaunchForm,
    ),
    "pause": Move(
        gettext_lazy("Pause"),
        gettext_lazy("Paused: nothing more leaves, and the page says so."),
        (Status.LIVE,),
        lambda campaign, by, now, said: campaigns.pause(campaign, by=by, now=now, **said),
        NoteForm,
        (gettext_lazy("What a mail server has in hand at this moment may still arrive."),),
    ),
    "resume": Move(
        gettext_lazy("Resume"),
        gettext_lazy("It goes on where it stopped."),
        (Status.PAUSED,),
        lambda campaign, by, now, said: campaigns.resume(campaign, by=by, now=now),
    ),
    "close": Move(
        gettext_lazy("Close"),
        gettext_lazy("Closed: the page says what happened."),
        (Status.DRAFT, Status.APPROVED, Status.LIVE, Status.PAUSED),
        lambda campaign, by, now, said: campaigns.close(campaign, by=by, now=now, **said),
        OutcomeForm,
        (gettext_lazy("A closed campaign is not opened again; begin another from it instead."),),
    ),
    "evaluate": Move(
        gettext_lazy("Evaluate"),
        gettext_lazy("Filed."),
        (Status.CLOSED,),
        lambda campaign, by, now, said: campaigns.evaluate(campaign, by=by, now=now, **said),
        EvaluateForm,
    ),
}


def offered(campaign: Campaign, by: User) -> list[tuple[str, Move]]:
    """The moves that begin in its status; deciding is offered only to those who may."""
    found = [(name, move) for name, move in MOVES.items() if campaign.status in move.begins]
    if campaigns.may_decide(by, campaign):
        return found
    return [(name, move) for name, move in found if name not in ("approve", "give_back")]


def why_not_decide(campaign: Campaign, by: User) -> str:
    """Why this person may not approve what waits; empty where they may, or nothing waits."""
    if campaign.status != Status.IN_REVIEW or campaigns.may_decide(by, campaign):
        return ""
    return _("Somebody else has to approve it: you began it, or submitted it.")
