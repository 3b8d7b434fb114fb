"""The moves of a campaign as its people see them: what a button says, and in which status it is offered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from campaigns.actions import campaigns
from campaigns.models import Campaign, Status


@dataclass(frozen=True)
class Move:
    """`label` is on the button, `text` on the page that asks once more, `done` is said afterwards."""

    name: str
    after: Status
    label: str | Promise
    text: str | Promise
    done: str | Promise
    act: Callable[..., Any]
    icon: str
    tone: str = ""
    before: tuple[Status, ...] = ()

    def is_offered(self, campaign: Campaign) -> bool:
        return campaign.status in self.before and campaign.may_become(self.after)

    def make(self, campaign: Campaign, *, by: User, now: datetime, **said: Any) -> None:
        self.act(campaign, by=by, now=now, **said)


_ALL = (
    Move(
        "take-up", Status.DRAFT, _("Take it up"), _("The idea becomes a draft that can be submitted."),
        _("It is a draft now."), campaigns.rework, "pencil-square", "primary", (Status.IDEA,),
    ),
    Move(
        "submit", Status.IN_REVIEW, _("Submit for review"),
        _("A second person looks at it, word for word. Until they decide nothing in it can be changed."),
        _("Submitted. A second person decides now."), campaigns.submit, "paper-airplane", "primary", (Status.DRAFT,),
    ),
    Move(
        "withdraw", Status.DRAFT, _("Take it back"), _("It leaves the review and becomes a draft again."),
        _("It is a draft again."), campaigns.withdraw, "arrow-uturn-left", "", (Status.IN_REVIEW,),
    ),
    Move(
        "launch", Status.LIVE, _("Launch"),
        _("The public page opens, the list of offices is made, and the mail to supporters begins."),
        _("It is live."), campaigns.launch, "rocket-launch", "primary", (Status.APPROVED, Status.SCHEDULED),
    ),
    Move(
        "schedule", Status.SCHEDULED, _("Schedule"), _("It is launched by itself when its window opens."),
        _("Scheduled."), campaigns.schedule, "clock", "", (Status.APPROVED,),
    ),
    Move(
        "unschedule", Status.APPROVED, _("Do not launch by itself"),
        _("It stays approved; somebody launches it by hand."), _("It waits for somebody to launch it."),
        campaigns.unschedule, "no-symbol", "", (Status.SCHEDULED,),
    ),
    Move(
        "pause", Status.PAUSED, _("Pause"),
        _("No more mail leaves and nobody can take part until it is resumed. Its page says so."),
        _("Paused."), campaigns.pause, "pause", "", (Status.LIVE,),
    ),
    Move(
        "resume", Status.LIVE, _("Resume"), _("The page opens again and the mail goes on where it stopped."),
        _("It goes on."), campaigns.resume, "play", "primary", (Status.PAUSED,),
    ),
    Move(
        "rework", Status.DRAFT, _("Change it"),
        _("It becomes a draft again, and needs a second person’s approval again before it goes on."),
        _("It is a draft again."), campaigns.rework, "pencil-square", "",
        (Status.APPROVED, Status.SCHEDULED, Status.PAUSED),
    ),
    Move(
        "close", Status.CLOSED, _("Close"),
        _("For good: nobody can take part any more, and mail that waits is not sent. It cannot be opened again."),
        _("Closed."), campaigns.close, "stop", "", (Status.DRAFT, Status.APPROVED, Status.LIVE, Status.PAUSED),
    ),
    Move(
        "evaluate", Status.EVALUATED, _("Evaluate"),
        _("What came of it, for the page and for whoever took part; and what we learned, for ourselves."),
        _("Evaluated."), campaigns.evaluate, "clipboard-document-check", "primary", (Status.CLOSED,),
    ),
)  # fmt: skip
BY_NAME = {move.name: move for move in _ALL}


def offered(campaign: Campaign, user: User) -> list[Move]:
    """The moves that this person can make now, the usual one first."""
    if not Campaign.objects.run_by(user).filter(pk=campaign.pk).exists():
        return []
    found = [move for move in _ALL if move.is_offered(campaign)]
    return sorted(found, key=lambda move: move.tone != "primary")
