"""The mail of this floor."""

from django.utils.translation import gettext_lazy as _

from advocacy.outbox.kinds import Delivery, Kind, kind
from advocacy.outbox.streams import Stream
from campaigns.reminders import standing

_FIELDS = {"identity": "reminders", "lives_for": standing.OF_USE_FOR, "refusals": standing.changed}

kind(
    standing.kind_of(Stream.DUTY),
    Kind(Delivery.AT_MOST_ONCE, Stream.DUTY, label=_("Daily reminders"), **_FIELDS),  # type: ignore[arg-type]  # named above
)
kind(
    standing.kind_of(Stream.OPTIONAL),
    Kind(Delivery.AT_MOST_ONCE, Stream.OPTIONAL, label=_("Daily hints"), **_FIELDS),  # type: ignore[arg-type]  # named above
)
kind(
    standing.kind_of(Stream.ALERT),
    Kind(Delivery.AT_MOST_ONCE, Stream.ALERT, label=_("Urgent reminders"), priority=20, **_FIELDS),  # type: ignore[arg-type]  # named above
)
