"""What somebody takes along to an Advocacy Day: its page with their own schedule, and the debriefs they may file.

Nothing of the log goes with them: a brief holds what colleagues know, and a phone can be lost.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.accounts.offline import OfflinePage, offline_pages
from advocacy.events.models import REPORTING, Appointment
from advocacy.interactions.offline_pages import choices

BEFORE, AFTERWARDS = timedelta(days=7), timedelta(days=2)
MOST_DEBRIEFS = 12


@offline_pages.register("advocacy days")
def own_day(user: User, now: datetime) -> Iterable[OfflinePage]:
    """From a week before the day until two days after it."""
    today = user.today(now)
    rows = (
        Appointment.objects.debriefable_by(user)
        .on_the_schedule()
        .filter(
            team__members__registration__person=user,
            event__status__in=REPORTING,
            event__held_on__range=(today - AFTERWARDS, today + BEFORE),
        )
    )
    meetings = list(rows.with_office().order_by("event", "starts_at", "pk")[:MOST_DEBRIEFS])
    for event in dict.fromkeys(one.event for one in meetings):
        yield OfflinePage(event.get_absolute_url(), str(event), "flag")
        yield OfflinePage(
            reverse("events:my_schedule", args=[event.pk]),
            _("My schedule: %(event)s") % {"event": event},
            "clock",
        )
    for one in meetings:
        if not one.has_debrief:
            label = _("Debrief: %(office)s") % {"office": one.office}
            address = reverse("events:debrief", args=[one.pk])
            yield OfflinePage(address, label, "pencil-square", lambda: choices(user, today))
