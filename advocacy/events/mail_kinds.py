"""The mail of Advocacy Days: at most once each, and not at all where a newer schedule has been told."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from advocacy.events import attendee_mail_kinds as attendee_mail_kinds
from advocacy.events import mail
from advocacy.events.models import EventStatus, Registration
from advocacy.outbox.kinds import Delivery, Kind, kind
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.streams import Stream

_GONE, _CANCELLED, _CHANGED = (
    "The registration is gone.",
    "The Advocacy Day is cancelled.",
    "The schedule changed again.",
)


def _overtaken(messages: Collection[OutboundMessage]) -> dict[int, str]:
    """Of two schedules on their way to one person only the newer one leaves."""
    known: dict[int, tuple[int, int]] = {}
    for message in messages:
        _kind, key, told = message.key.rsplit(":", 2)
        known[message.pk] = int(key), int(told)
    rows = Registration.objects.select_related("event").in_bulk({pk for pk, _count in known.values()})
    found = {}
    for message_pk, (pk, count) in known.items():
        registration = rows.get(pk)
        if registration is None:
            found[message_pk] = _GONE
        elif registration.event.status == EventStatus.CANCELLED:
            found[message_pk] = _CANCELLED
        elif registration.told_count != count:
            found[message_pk] = _CHANGED
    return found


kind(
    mail.SCHEDULE,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.EVENT,
        "reminders",
        label=_("Schedule of an Advocacy Day"),
        refusals=_overtaken,
    ),
)
kind(
    mail.DEBRIEFS,
    Kind(Delivery.AT_MOST_ONCE, Stream.DUTY, "reminders", label=_("Debriefs missing")),
)
