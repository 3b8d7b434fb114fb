"""Time zones from the packaged data, never from an old operating system.

British Columbia stopped changing its clocks in 2026: with older zone data Vancouver would be an hour wrong every
winter (DOMAIN.md §9, trap 8).
"""

import zoneinfo
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core import checks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NORTH_AMERICAN_ZONES = (
    "America/St_Johns",
    "America/Halifax",
    "America/Moncton",
    "America/Puerto_Rico",
    "America/Toronto",
    "America/New_York",
    "America/Detroit",
    "America/Indiana/Indianapolis",
    "America/Kentucky/Louisville",
    "America/Winnipeg",
    "America/Chicago",
    "America/Regina",
    "America/Denver",
    "America/Boise",
    "America/Edmonton",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Vancouver",
    "America/Whitehorse",
    "America/Yellowknife",
    "America/Iqaluit",
    "America/Anchorage",
    "America/Adak",
    "Pacific/Honolulu",
    "Pacific/Guam",
    "Pacific/Pago_Pago",
    "America/St_Thomas",
)
# Places that a zone's technical name does not spell as people do; French has names of its own for some.
_PLACES = {
    "America/Puerto_Rico": gettext_lazy("Puerto Rico"),
    "America/St_Johns": gettext_lazy("St. John’s"),
    "America/St_Thomas": gettext_lazy("St. Thomas"),
}
ZONE_CHOICES = [(zone, zone.replace("_", " ")) for zone in NORTH_AMERICAN_ZONES]


def use_packaged_zone_data() -> None:
    """Make `zoneinfo` read the pinned tzdata package only."""
    zoneinfo.reset_tzpath(to=())
    ZoneInfo.clear_cache()


def name_of(zone: str) -> str:
    """The time of a zone as people call it, in the language of now: by its city, as clocks of the world do."""
    city = _PLACES.get(zone) or zone.rpartition("/")[2].replace("_", " ")
    return _("%(city)s time") % {"city": city}


def zones_in_words() -> list[tuple[str, str]]:
    """The zones a form offers, each by the name people use."""
    return [(zone, name_of(zone)) for zone in NORTH_AMERICAN_ZONES]


def today_in(zone: str, now: datetime) -> date:
    """The calendar date in `zone` at the moment `now`."""
    return now.astimezone(ZoneInfo(zone)).date()


@checks.register
def zone_data_is_current(**kwargs: object) -> list[checks.CheckMessage]:
    january = datetime(2027, 1, 15, 12, tzinfo=UTC).astimezone(ZoneInfo("America/Vancouver"))
    if january.utcoffset() == timedelta(hours=-7):
        return []
    return [
        checks.Error(
            "The time zone data is out of date: Vancouver on 15 January 2027 must be UTC−7.",
            hint="Install the pinned requirements again; they bring a current tzdata package.",
            id="kernel.E001",
        )
    ]
