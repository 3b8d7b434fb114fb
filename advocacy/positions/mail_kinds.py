"""The mail of this floor."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from advocacy.outbox.finer_choices import FinerChoice, finer_choices
from advocacy.outbox.kinds import Delivery, Kind, kind
from advocacy.outbox.streams import Stream
from advocacy.positions.alerts import standing

kind(
    standing.KIND,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.ALERT,
        "reminders",
        label=_("Alerts on what you follow"),
        lives_for=timedelta(hours=33),
        priority=20,
        refusals=standing.refusals,
    ),
)
finer_choices.register("alerts")(
    FinerChoice(Stream.ALERT, _("Choose how soon, tier by tier"), "tracking:alert_cadence")
)
