"""What day it is where a legislature sits: upstream writes moments of UTC, the chamber meets by its own clock."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from legislation.sources.places import CANADA, UNITED_STATES, US_PARTS

# The clock of each capital. Where a state has two, that of its other half is not the legislature's.
_CAPITALS = {
    "America/New_York": "ct dc de fl ga ky ma md me nc nh nj ny oh pa ri sc va vt wv",
    "America/Detroit": "mi",
    "America/Indiana/Indianapolis": "in",
    "America/Chicago": "al ar ia il ks la mn mo ms nd ne ok sd tn tx wi",
    "America/Denver": "co mt nm ut wy",
    "America/Boise": "id",
    "America/Phoenix": "az",
    "America/Los_Angeles": "ca nv or wa",
    "America/Anchorage": "ak",
    "Pacific/Honolulu": "hi",
    "America/Puerto_Rico": "pr vi",
    "Pacific/Guam": "gu mp",
    "Pacific/Pago_Pago": "as",
}
_ZONES = {US_PARTS[code].ocd_id: zone for zone, codes in _CAPITALS.items() for code in codes.split()} | {
    UNITED_STATES.ocd_id: "America/New_York",
    CANADA.ocd_id: "America/Toronto",
}


def zone_of(jurisdiction: str) -> str:
    """The name of the zone by whose clock the legislature of this Open Civic Data id meets; empty if unknown."""
    return _ZONES.get(jurisdiction, "")


@lru_cache(maxsize=20_000)
def local_day(written: str, jurisdiction: str) -> date:
    """The day there of `2026-03-08T01:00:04+00:00`, which in Wyoming is still the seventh; a plain date is itself.

    Raises ValueError where it is neither.
    """
    if len(written) == 10:
        return date.fromisoformat(written)
    moment = datetime.fromisoformat(written)
    zone = zone_of(jurisdiction)
    if moment.tzinfo is None or not zone:
        return moment.date()
    try:
        return moment.astimezone(ZoneInfo(zone)).date()
    except OverflowError as problem:
        raise ValueError(written) from problem
