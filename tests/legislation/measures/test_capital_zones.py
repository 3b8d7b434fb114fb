"""Hearings are announced by the clock of the capitol."""

import pytest

from advocacy.kernel.zones import NORTH_AMERICAN_ZONES
from legislation.sources.measures.capital_zones import capital_zone

STATES = (
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok "
    "or pa ri sc sd tn tx ut vt va wa wv wi wy"
)
PROVINCES = "nl ns pe nb qc on mb sk ab bc yt nt nu"


@pytest.mark.parametrize(
    ("jurisdiction", "zone"),
    [
        ("ocd-jurisdiction/country:us/state:mi/government", "America/Detroit"),
        ("ocd-jurisdiction/country:us/state:tx/government", "America/Chicago"),
        ("ocd-jurisdiction/country:us/district:dc/government", "America/New_York"),
        ("ocd-jurisdiction/country:us/territory:gu/government", "Pacific/Guam"),
        ("ocd-jurisdiction/country:us/government", "America/New_York"),
        ("ocd-jurisdiction/country:ca/government", "America/Toronto"),
        ("ocd-jurisdiction/country:ca/province:nl/government", "America/St_Johns"),
        ("ocd-jurisdiction/country:ca/province:ns/government", "America/Halifax"),
    ],
)
def test_a_legislature_keeps_the_clock_of_its_capital(jurisdiction, zone):
    assert capital_zone(jurisdiction) == zone


def test_every_state_and_province_has_a_zone_that_people_can_choose():
    places = [f"us/state:{state}" for state in STATES.split()] + [
        f"ca/province:{one}" for one in PROVINCES.split()
    ]

    found = {capital_zone(f"ocd-jurisdiction/country:{place}/government") for place in places}

    assert len(places) == 63
    assert found <= set(NORTH_AMERICAN_ZONES)


@pytest.mark.parametrize("place", ["fr", "us/state:xx"])
def test_a_place_without_a_zone_is_an_error_rather_than_a_guess(place):
    with pytest.raises(KeyError):
        capital_zone(f"ocd-jurisdiction/country:{place}/government")
