"""A moment by two clocks: of whoever reads, and of the place, which is named as people call it."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from advocacy.kernel.two_clocks import by_both_clocks
from advocacy.kernel.zones import NORTH_AMERICAN_ZONES, name_of

EVENING = datetime(2027, 2, 19, 22, tzinfo=UTC)


def test_the_clock_of_the_place_is_named_as_people_call_it():
    said = by_both_clocks(EVENING, "America/Chicago", "America/New_York")

    assert said == "Friday Feb. 19, 2027, 16:00 your time (Friday Feb. 19, 2027, 17:00, New York time)"


def test_where_both_clocks_show_the_same_it_is_said_once():
    assert by_both_clocks(EVENING, "America/Detroit", "America/New_York") == "Friday Feb. 19, 2027, 17:00"


@pytest.mark.parametrize("zone", [*NORTH_AMERICAN_ZONES, "Europe/Isle_of_Man", "UTC"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_zone_is_called_by_its_technical_name(zone: str, language: str):
    with override(language):
        assert not {"/", "_"} & set(name_of(zone))
