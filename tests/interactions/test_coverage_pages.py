"""The pages of a long coverage table, and the day that a coverage page is asked for."""

import re
from html import unescape

import pytest

from members.models import ChapterTerritory
from tests.cast import Cast, browser_of
from tests.factories.maps import division, houston, seat

ADDRESS = "/log/coverage/gulf-prairie/"


@pytest.fixture
def world(cast: Cast) -> Cast:
    """Gulf Prairie's part of Texas, and of its Senate the district that staff named."""
    houston()
    ChapterTerritory.objects.get(chapter=cast.gulf_prairie).divisions.add(
        division("ocd-division/country:us/state:tx/sldu:13")
    )
    return cast


def page(cast: Cast, query: str = "") -> str:
    return browser_of(cast.dana).get(ADDRESS + query).content.decode()


@pytest.fixture
def long_table(world: Cast) -> Cast:
    """A hundred and ten more seats than the table shows on one page."""
    territory = ChapterTerritory.objects.get(chapter=world.gulf_prairie)
    for number in range(100, 210):
        district = division(f"ocd-division/country:us/state:tx/sldu:{number}")
        seat(territory.jurisdiction, "upper", str(number), district, label=f"Texas Senate {number}")
        territory.divisions.add(district)
    return world


def seats_in_table(text: str) -> list[str]:
    return re.findall(r'<tr id="(seat-[^"]+)"', text.partition('id="statewide-title"')[0])


def test_a_long_table_comes_in_pages_that_together_hold_every_seat_once(long_table: Cast):
    first, second = page(long_table), page(long_table, "?page=2")

    assert "116 results" in first
    assert [len(seats_in_table(text)) for text in (first, second)] == [100, 16]
    assert len({*seats_in_table(first), *seats_in_table(second)}) == 116
    assert re.findall(r'href="([^"]+)" rel="(next|prev)"', first) == [("?page=2#seats-title", "next")]
    assert re.findall(r'href="([^"]+)" rel="(next|prev)"', second) == [("?page=1#seats-title", "prev")]
    assert seats_in_table(page(long_table, "?page=99")) == seats_in_table(second)
    assert seats_in_table(page(long_table, "?page=-1")) == seats_in_table(first)


def test_a_district_leads_to_the_page_of_the_table_where_its_row_stands(long_table: Cast):
    text = page(long_table, "?map=lower&sort=-seat")

    links = [unescape(link) for link in re.findall(r'class="map-district" href="([^"]+)"', text)]
    assert len(links) == 2
    for link in links:
        address, _, anchor = link.partition("#")
        assert address == "?map=lower&sort=-seat&page=2"
        assert anchor not in seats_in_table(text)
        assert anchor in seats_in_table(page(long_table, address))


def test_another_order_or_filter_begins_at_the_first_page(long_table: Cast):
    text = page(long_table, "?page=2&standing=vacant")

    assert not re.findall(r'<th scope="col"><a href="[^"]*page=', text)
    assert not re.findall(r'href="[^"]*page=2[^"]*chamber=', text)


@pytest.mark.parametrize("address", ["", "seats.csv"])
def test_a_day_before_any_record_is_named_and_filters_nothing(world: Cast, address: str):
    answer = browser_of(world.dana).get(f"/log/coverage/gulf-prairie/{address}?on=0001-01-01")

    assert answer.status_code == 200
    if not address:
        assert "as of" not in answer.content.decode()
