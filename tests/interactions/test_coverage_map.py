"""The map of a delegation: what it shows is what its table shows, and what it cannot show is said."""

import re
from html import unescape

import pytest

from advocacy.interactions.actions import relationships
from legislation.models import DivisionShape, MapEdition, Official
from members.models import ChapterTerritory
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import logged
from tests.factories.maps import area, division, holds, houston, seat

ADDRESS = "/log/coverage/gulf-prairie/"
_DISTRICT = re.compile(r'<a class="map-district" href="#([^"]+)" data-standing="(\w+)"><title>(.*?)</title>')
_KEY = re.compile(r"</svg>([\w ]+) <span class=\"muted\">\((\d+)\)</span>")


@pytest.fixture
def world(cast: Cast):
    """Gulf Prairie's part of Texas. Lines are loaded for the Texas House and the U.S. House, not for the Senate."""
    houston()
    ChapterTerritory.objects.get(chapter=cast.gulf_prairie).divisions.add(
        division("ocd-division/country:us/state:tx/sldu:13")
    )
    return cast


def page(cast: Cast, query: str = "") -> str:
    return browser_of(cast.dana).get(ADDRESS + query).content.decode()


def districts(text: str) -> list[tuple[str, str]]:
    """What each district says, with its standing; each leads to a row that is there."""
    found = _DISTRICT.findall(text)
    assert [anchor for anchor, _standing, _says in found if f'<tr id="{anchor}">' not in text] == []
    return [(unescape(says), standing) for _anchor, standing, says in found]


def official(name: str) -> Official:
    return Official.objects.get(name=name)


def test_each_district_says_who_holds_it_and_how_we_stand(world: Cast):
    logged(world.dana, [official("Alma Reyes")])

    assert districts(page(world, "?map=lower")) == [
        ("Texas House 131: Alma Reyes, touched", "touched"),
        ("Texas House 147: vacant", "vacant"),
    ]


def test_the_layer_is_in_the_address_and_the_first_that_can_be_drawn_comes_first(world: Cast):
    first = page(world)

    assert re.findall(r'<a href="\?map=([\w-]+)#map"( aria-current="page")?>([^<]+)', first) == [
        ("federal-upper", "", "United States Senate"),
        ("federal-lower", ' aria-current="page"', "United States House"),
        ("upper", "", "Texas Senate"),
        ("lower", "", "Texas House"),
    ]
    assert districts(first) == [("U.S. House TX-9: Theo Marsh, no contact in 12 months", "none")]
    assert page(world, "?map=nonsense").count("map-district") == first.count("map-district")


def test_a_layer_without_lines_says_that_none_are_loaded(world: Cast):
    text = page(world, "?map=upper")

    assert districts(text) == []
    assert "No map is loaded for these districts" in text
    assert "Texas Senate 13" in text


def test_districts_without_a_shape_are_said_in_words_and_stay_in_the_table(world: Cast):
    texas = ChapterTerritory.objects.get(chapter=world.gulf_prairie).jurisdiction
    floterial = division("ocd-division/country:us/state:tx/sldl:200", texas)
    ChapterTerritory.objects.get(chapter=world.gulf_prairie).divisions.add(floterial)
    holds(seat(texas, "lower", "200", floterial, label="Texas House 200"), "Flo Terry")

    text = page(world, "?map=lower")

    assert "1 district has no map loaded: Texas House 200." in text
    assert "Flo Terry" in text


def test_several_who_represent_a_district_are_all_named_and_the_coldest_colours_it(world: Cast):
    logged(world.dana, [official("Iris Vale")])

    assert districts(page(world, "?map=federal-upper")) == [
        (
            "U.S. Senate Texas: Otto Lund, no contact in 12 months; Iris Vale, touched",
            "none",
        )
    ]


def test_how_we_stand_is_told_by_pattern_and_counted_in_the_legend(world: Cast):
    relationships.adopt(
        by=world.dana, official=official("Alma Reyes"), chapter=world.gulf_prairie, rhythm_days=90, on=TODAY
    )

    text = page(world, "?map=lower")

    assert _KEY.findall(text) == [("Assigned", "1"), ("Vacant seat", "1")]
    assert {"url(#map-assigned)", "url(#map-vacant)"} <= set(re.findall(r'fill="([^"]+)"', text))


def test_the_filters_of_the_table_are_those_of_the_map(world: Cast):
    logged(world.dana, [official("Alma Reyes")])

    touched = page(world, "?map=lower&standing=touched")
    vacant = page(world, "?map=lower&standing=vacant")

    assert [standing for _says, standing in districts(touched)] == ["touched"]
    assert [standing for _says, standing in districts(vacant)] == ["vacant"]
    assert ("map-faded" in touched, "map-faded" in page(world, "?map=lower")) == (True, False)


def test_a_layer_keeps_the_filters_and_the_filters_keep_the_layer(world: Cast):
    text = page(world, "?map=lower&standing=none")

    assert "?map=federal-upper&amp;standing=none#map" in text
    assert '<input type="hidden" name="map" value="lower"' in text
    assert "Remove the filter" in text
    assert text.count("chip-remove") == 1


def test_the_map_names_its_edition(world: Cast):
    assert "Texas House districts of 2021" in page(world, "?map=lower")


def test_without_any_shapes_the_page_has_its_table(world: Cast):
    DivisionShape.objects.all().delete()

    text = page(world)

    assert "No map is loaded for these districts" in text
    assert "Alma Reyes" in text


def test_the_chapters_page_draws_its_part_of_a_state(world: Cast):
    text = browser_of(world.dana).get(world.gulf_prairie.get_absolute_url()).content.decode()

    assert re.findall(r'href="#(district-\d+)"><title>([^<]+)', text) == [
        (f"district-{division('ocd-division/country:us/state:tx/cd:9').pk}", "U.S. House TX-9")
    ]
    assert re.findall(r'<li id="district-\d+">([^<]+)', text) == ["U.S. House TX-9"]


def test_the_chapters_page_draws_the_whole_of_a_state_and_says_what_it_cannot_draw(world: Cast):
    ChapterTerritory.objects.filter(chapter=world.gulf_prairie).update(
        coverage="full", counties="", postal_prefixes=""
    )

    whole = browser_of(world.dana).get(world.gulf_prairie.get_absolute_url()).content.decode()
    capitals = browser_of(world.dana).get(world.three_capitals.get_absolute_url()).content.decode()

    assert re.findall(r'<li id="district-\d+">([^<]+)', whole) == ["Texas"]
    assert "No map yet." in capitals
    assert "District of Columbia: no shapes of its districts are loaded." in capitals
    assert "Maryland: which of its districts lie in this part is not known." in capitals


def test_districts_too_small_to_find_are_drawn_closer_and_lead_to_the_table_from_there(world: Cast):
    territory = ChapterTerritory.objects.get(chapter=world.gulf_prairie)
    lines = MapEdition.objects.get(key="tx-lower-2021")
    for number in range(4):
        small = division(f"ocd-division/country:us/state:tx/sldl:{300 + number}", territory.jurisdiction)
        area(lines, small, -95.01 + number / 500, 29, -95.009 + number / 500, 29.001)
        holds(
            seat(territory.jurisdiction, "lower", str(300 + number), small, label=f"Texas House {number}"),
            "X Y",
        )
        territory.divisions.add(small)

    text = page(world, "?map=lower")

    assert re.findall(r"Closer view: \d+ districts?", text)[0] == "Closer view: 4 districts"
    named = [says.partition(":")[0] for says, _standing in districts(text)]
    assert sorted(named) == sorted(
        [*(f"Texas House {n}" for n in (0, 1, 2, 3)), "Texas House 131", "Texas House 147"]
    )
    assert text.count('class="map-plain"') == 4
