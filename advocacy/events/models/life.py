"""The statuses of an Advocacy Day and the moves between them (DOMAIN.md W5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventStatus(models.TextChoices):
    IDEA = "idea", pgettext_lazy("an event", "Idea")
    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Registration open")
    FROZEN = "frozen", _("Schedule in the making")
    PUBLISHED = "published", _("Schedule published")
    WRAPPING_UP = "wrapping_up", _("Wrapping up")
    CLOSED = "closed", pgettext_lazy("an event", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("an event", "Cancelled")


MOVES: dict[EventStatus, tuple[EventStatus, ...]] = {
    EventStatus.IDEA: (EventStatus.ANNOUNCED, EventStatus.CANCELLED),
    EventStatus.ANNOUNCED: (EventStatus.OPEN, EventStatus.IDEA, EventStatus.CANCELLED),
    EventStatus.OPEN: (EventStatus.FROZEN, EventStatus.CANCELLED),
    EventStatus.FROZEN: (EventStatus.PUBLISHED, EventStatus.OPEN, EventStatus.CANCELLED),
    # A schedule is published again after a change; late-comers find registration closed.
    EventStatus.PUBLISHED: (EventStatus.PUBLISHED, EventStatus.WRAPPING_UP, EventStatus.CANCELLED),
    EventStatus.WRAPPING_UP: (EventStatus.CLOSED,),
    EventStatus.CLOSED: (EventStatus.WRAPPING_UP,),
    EventStatus.CANCELLED: (),
}
DONE = (EventStatus.CLOSED, EventStatus.CANCELLED)
# Teams and appointments can be changed.
SCHEDULING = (EventStatus.ANNOUNCED, EventStatus.OPEN, EventStatus.FROZEN, EventStatus.PUBLISHED)
# Meetings are held and debriefed; a debrief that comes after the event was closed is taken too.
REPORTING = (EventStatus.PUBLISHED, EventStatus.WRAPPING_UP, EventStatus.CLOSED)
