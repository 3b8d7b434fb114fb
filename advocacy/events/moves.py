"""The moves of an Advocacy Day as its people see them: what a button says, and in which status it is offered.

Publishing the schedule is not among them: it has a page of its own, because it asks for conflicts first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advocacy.accounts.models import User
from advocacy.events.actions import days
from advocacy.events.models import AdvocacyEvent, EventStatus


@dataclass(frozen=True)
class Move:
    """`label` is on the button, `text` on the page that asks once more, `done` is said afterwards. `asks`: for what."""

    name: str
    before: tuple[EventStatus, ...]
    after: EventStatus
    label: str | Promise
    text: str | Promise
    done: str | Promise
    act: Callable[..., None]
    icon: str
    tone: str = ""
    asks: tuple[str, ...] = ()
    needs_the_day: bool = False

    def is_offered(self, event: AdvocacyEvent, now: datetime) -> bool:
        is_time = event.has_begun(now) or not self.needs_the_day
        return event.status in self.before and event.may_become(self.after) and is_time

    def make(self, event: AdvocacyEvent, *, by: User, now: datetime, **said: Any) -> None:
        self.act(event, by=by, now=now, **said)


_UNTIL_THE_DAY = (
    EventStatus.IDEA, EventStatus.ANNOUNCED, EventStatus.OPEN, EventStatus.FROZEN, EventStatus.PUBLISHED,
)  # fmt: skip
_ALL = (
    Move(
        "announce", (EventStatus.IDEA,), EventStatus.ANNOUNCED, _("Announce"),
        _("Everybody with a role in the society finds it from now on."), _("It is announced."),
        days.announce, "megaphone", "primary",
    ),
    Move(
        "open", (EventStatus.ANNOUNCED,), EventStatus.OPEN, _("Open registration"),
        _("People can register from now on; those without an account too, where you allow it."),
        _("Registration is open."), days.open_registration, "user-plus", "primary",
    ),
    Move(
        "freeze", (EventStatus.OPEN,), EventStatus.FROZEN, _("Close registration"),
        _("Nobody registers any more, so that the schedule can be made. You can still add people by hand."),
        _("Registration is closed."), days.freeze, "lock-closed", "primary",
    ),
    Move(
        "reopen", (EventStatus.FROZEN,), EventStatus.OPEN, _("Open registration again"),
        _("People can register again. Whoever comes now is in no team yet."), _("Registration is open."),
        days.reopen, "lock-open",
    ),
    Move(
        "wrap-up", (EventStatus.PUBLISHED,), EventStatus.WRAPPING_UP, _("Wrap up"),
        _("The day is over: what follows is thanks, answers and results. Debriefs are still taken."),
        _("It is being wrapped up."), days.wrap_up, "clipboard-document-check", "primary", needs_the_day=True,
    ),
    Move(
        "close", (EventStatus.WRAPPING_UP,), EventStatus.CLOSED, pgettext_lazy("an event", "Close"),
        _("With what you learned and, if you know it, next year’s date. A debrief that comes later is still taken."),
        pgettext_lazy("an event", "Closed."), days.close, "check-circle", "primary", ("lessons", "next_on"),
    ),
    Move(
        "open-again", (EventStatus.CLOSED,), EventStatus.WRAPPING_UP, _("Open again"),
        _("It is wrapped up once more."), _("It is being wrapped up."), days.open_again, "arrow-uturn-left",
    ),
    Move(
        "take-back", (EventStatus.ANNOUNCED,), EventStatus.IDEA, _("Take it back"),
        _("It is an idea again, which only its hosts, leads and staff see."), _("It is an idea again."),
        days.take_back, "arrow-uturn-left",
    ),
    Move(
        "cancel", _UNTIL_THE_DAY, EventStatus.CANCELLED, _("Cancel the day"),
        _("For good. Everybody who comes or waits gets a mail with the reason."), _("Cancelled; everybody is told."),
        days.cancel, "x-circle", "danger", ("reason",),
    ),
)  # fmt: skip
BY_NAME = {move.name: move for move in _ALL}


def offered(event: AdvocacyEvent, now: datetime) -> list[Move]:
    """Those that whoever runs it can make now, the usual one first."""
    return [move for move in _ALL if move.is_offered(event, now)]
