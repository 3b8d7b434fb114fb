"""The mail of meetings: at most once each, and not at all where its cause has gone meanwhile."""

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.outbox.kinds import Delivery, Kind, kind
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.streams import Stream
from members.taskforce import letters
from members.taskforce.models import Meeting
from members.taskforce.roster import people_on, society_day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_NO_ROLE, _CANCELLED, _CHANGED = (
    "The role has ended.",
    "The meeting is cancelled.",
    "The meeting was changed.",
)


def _meeting_and_version(message: OutboundMessage) -> tuple[int, int]:
    """From the key `kind:meeting:person:version` (letters.key_of)."""
    _kind, meeting, _person, version = message.key.rsplit(":", 3)
    return int(meeting), int(version)


def _refused(messages: Collection[OutboundMessage]) -> dict[int, str]:
    """Nobody is told of a meeting that is cancelled or was moved since, or whose circle they have left."""
    known = {message.pk: _meeting_and_version(message) for message in messages}
    meetings = Meeting.objects.in_bulk({meeting for meeting, _version in known.values()})
    expected = set(people_on(society_day(timezone.now())).values_list("pk", flat=True))
    found = {}
    for message in messages:
        pk, version = known[message.pk]
        meeting = meetings.get(pk)
        if meeting is None or meeting.is_cancelled:
            found[message.pk] = _CANCELLED
        elif meeting.sequence != version:
            found[message.pk] = _CHANGED
        elif message.user_id not in expected:
            found[message.pk] = _NO_ROLE
    return found


def _leavers_refused(messages: Collection[OutboundMessage]) -> dict[int, str]:
    """Who has left the task force since reads its minutes no more."""
    expected = set(people_on(society_day(timezone.now())).values_list("pk", flat=True))
    return {message.pk: _NO_ROLE for message in messages if message.user_id not in expected}


def _duty(label: "StrOrPromise") -> Kind:
    return Kind(
        Delivery.AT_MOST_ONCE, Stream.DUTY, "reminders", label=label, lives_for=timedelta(days=5), refusals=_refused
    )  # fmt: skip


kind(letters.AGENDA, _duty(_("Agenda and invitation")))
kind(letters.CHANGE, _duty(_("Meeting changed")))
kind(letters.SOON, _duty(_("Meeting in an hour")))
# What is cancelled is told to everybody who was asked.
kind(
    letters.CANCELLATION,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.DUTY,
        "reminders",
        label=_("Meeting cancelled"),
        lives_for=timedelta(days=5),
    ),
)
kind(
    letters.MINUTES,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.DUTY,
        "reminders",
        label=_("Meeting minutes"),
        lives_for=timedelta(days=5),
        refusals=_leavers_refused,
    ),
)
