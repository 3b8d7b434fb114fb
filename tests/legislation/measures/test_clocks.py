"""The day it is where a legislature sits."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from legislation.sources.measures.clocks import local_day, zone_of
from legislation.sources.places import US_PARTS


@pytest.mark.parametrize(
    ("written", "place", "day"),
    [
        ("2026-03-08T01:00:04+00:00", "state:wy", date(2026, 3, 7)),
        ("2026-03-08T07:00:00+00:00", "state:wy", date(2026, 3, 8)),
        ("2026-03-08T15:00:00Z", "territory:gu", date(2026, 3, 9)),
        ("2026-03-08T01:00:04", "state:wy", date(2026, 3, 8)),
        ("2026-03-08", "state:wy", date(2026, 3, 8)),
        ("2026-03-08T01:00:04+00:00", "state:nowhere", date(2026, 3, 8)),
    ],
)
def test_a_moment_is_a_day_there(written, place, day):
    assert local_day(written, f"ocd-jurisdiction/country:us/{place}/government") == day


def test_midnight_in_washington_is_that_day_in_summer_and_in_winter():
    congress = "ocd-jurisdiction/country:us/government"

    assert local_day("2026-06-25T04:00:00+00:00", congress) == date(2026, 6, 25)
    assert local_day("2026-02-27T05:00:00+00:00", congress) == date(2026, 2, 27)


def test_what_is_no_date_is_an_error():
    with pytest.raises(ValueError, match="soon"):
        local_day("soon", "")


def test_every_state_and_territory_has_a_clock():
    zones = {code: zone_of(place.ocd_id) for code, place in US_PARTS.items()}

    assert [code for code, zone in zones.items() if not zone] == []
    assert all(ZoneInfo(zone) for zone in zones.values())
