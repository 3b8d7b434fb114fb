"""A moment in words: by the clock of whoever reads, and by that of the place where it happens."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.kernel.zones import name_of


def by_the_clock(moment: datetime, zone: str) -> str:
    """Day of the week, day and time, in the language of now."""
    return _("%(day)s, %(time)s") % _parts(moment.astimezone(ZoneInfo(zone)))


def by_both_clocks(moment: datetime, reader: str, place: str) -> str:
    """By the clock of the reader's zone and, where that shows another time, by that of the place."""
    here, there = moment.astimezone(ZoneInfo(reader)), moment.astimezone(ZoneInfo(place))
    if here.utcoffset() == there.utcoffset():
        return by_the_clock(moment, reader)
    words = _parts(here) | {"there": by_the_clock(moment, place), "zone": name_of(place)}
    return _("%(day)s, %(time)s your time (%(there)s, %(zone)s)") % words


def own_time(moment: datetime, reader: str, place: str) -> str:
    """The time of a moment by the reader's clock, where it differs from that of the place; else empty."""
    here, there = moment.astimezone(ZoneInfo(reader)), moment.astimezone(ZoneInfo(place))
    return "" if here.utcoffset() == there.utcoffset() else formats.time_format(here, "TIME_FORMAT")


def _parts(at: datetime) -> dict[str, str]:
    day = f"{formats.date_format(at, 'l')} {formats.date_format(at, 'DATE_FORMAT')}"
    return {"day": day, "time": f"{at:%H:%M}"}
