"""Offices asked for a meeting: `asked(by=cast.dana, official=reyes)` goes through the real actions."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.interactions.actions import do_not_contact, meeting_requests
from advocacy.interactions.actions.meeting_requests import Asked, Outcome
from advocacy.interactions.models import Channel, DoNotContact, MeetingRequest, Step
from legislation.models import Official
from members.access import chapters_to_write_for
from members.models import Chapter
from tests.cast import TODAY


def asked(by: User, official: Official, *, chapter: Chapter | None = None, **changes: Any) -> MeetingRequest:
    """A request handed over today, unless `requested_on` says otherwise."""
    known: dict[str, Any] = {
        "official": official,
        "chapter": chapter or chapters_to_write_for(by).order_by("pk")[0],
        "purpose": "the data exchange bill",
        "wording": "Dear Representative Reyes, would Tuesday suit you?",
        "language": "en",
        "zone": by.time_zone,
        "channel": Channel.WEB_FORM,
        "requested_on": TODAY,
    }
    request, _ = meeting_requests.record(
        by=by, asked=Asked(**(known | changes)), form_key=uuid4(), now=timezone.now()
    )
    return request


def took(
    request: MeetingRequest, step: Step, *, by: User, on: date = TODAY, **outcome: Any
) -> MeetingRequest:
    """The request after this step, which must have been possible."""
    assert meeting_requests.take(request, Outcome(step=step, on=on, **outcome), by=by, now=timezone.now())
    return request


def confirmed(request: MeetingRequest, *, by: User, for_day: date, on: date = TODAY) -> MeetingRequest:
    return took(request, Step.CONFIRM, by=by, on=on, meets_on=for_day)


def held(request: MeetingRequest, *, by: User) -> MeetingRequest:
    """They said yes on the day they were asked, and we met that day."""
    confirmed(request, by=by, for_day=request.requested_on, on=request.requested_on)
    return took(request, Step.HOLD, by=by)


def quiet(
    official: Official, *, by: User, days: int = 10, reason: str = "Funeral in the family"
) -> DoNotContact:
    today = by.today(timezone.now())
    return do_not_contact.ask(
        by=by, official=official, until=today + timedelta(days=days), reason=reason, on=today
    )
