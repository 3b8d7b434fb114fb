"""How reminders of measures speak: of moments by two clocks, and of why somebody is told."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from legislation import feed_health
from legislation.models import Source


def by_both_clocks(moment: datetime, person: User, zone: str) -> str:
    """By the reader's clock and, where that shows another time, by the clock of the place."""
    here, there = (_shown(moment, one) for one in (person.time_zone, zone))
    if here == there:
        return here
    words = {"here": here, "there": there, "zone": zone.replace("_", " ")}
    return _("%(here)s your time (%(there)s %(zone)s)") % words


def _shown(moment: datetime, zone: str) -> str:
    return formats.date_format(moment.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")


def why(reasons: Iterable[str], sources: Iterable[Source | None], person: User) -> str:
    """Why this reader is told and, of what a feed told us, when that feed was last good."""
    return " ".join([*dict.fromkeys(reasons), *feed_health.known_from(sources, person.time_zone)])
