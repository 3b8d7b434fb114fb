"""The mail the API sends."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from advocacy.api import letters
from advocacy.outbox.kinds import Delivery, Kind, kind
from advocacy.outbox.streams import Stream

kind(
    letters.OFF,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.DUTY,
        "reminders",
        label=_("Webhook switched off"),
        lives_for=timedelta(days=5),
    ),
)
