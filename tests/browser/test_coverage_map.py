"""The map of a delegation in a browser: it agrees with its table, the keyboard walks it, and it needs no script."""

import pytest
from playwright.sync_api import Locator, Page, expect

from legislation.models import Official
from members.models import ChapterTerritory
from tests.browser.conftest import Screen, SitDown
from tests.cast import Cast
from tests.factories.log import logged
from tests.factories.maps import division, houston

pytestmark = pytest.mark.browser
ADDRESS = "/log/coverage/gulf-prairie/"


@pytest.fixture
def world(cast: Cast) -> Cast:
    houston()
    territory = ChapterTerritory.objects.get(chapter=cast.gulf_prairie)
    territory.divisions.add(division("ocd-division/country:us/state:tx/sldu:13"))
    logged(cast.dana, [Official.objects.get(name="Alma Reyes")])
    return cast


def map_of(page: Page) -> Locator:
    return page.get_by_role("region", name="Map")


def on_the_map(page: Page) -> set[tuple[str, str]]:
    """Who or what each district names, with the way we stand: `("Texas House 131", "touched")`."""
    links = map_of(page).locator("a.map-district").all()
    return {
        (link.locator("title").text_content().partition(":")[0], link.get_attribute("data-standing"))
        for link in links
    }


def in_the_table(page: Page, chamber: str) -> set[tuple[str, str]]:
    rows = page.locator("table.seats tbody tr").filter(has=page.get_by_role("rowheader", name=chamber)).all()
    return {
        (
            row.locator("th").evaluate("th => th.firstChild.textContent"),
            row.locator(".badge").inner_text().lower().partition(" ")[0],
        )
        for row in rows
    }


def test_the_map_and_its_table_agree_on_every_layer(world: Cast, sit_down: SitDown, screen: Screen):
    page = sit_down(world.dana, screen)
    page.goto(ADDRESS)

    for layer, chamber in (("Texas House", "Texas House"), ("United States House", "U.S. House")):
        map_of(page).get_by_role("link", name=layer, exact=True).click()
        expect(map_of(page).locator("[aria-current=page]")).to_have_text(layer)
        assert on_the_map(page) == in_the_table(page, chamber)
    assert len(on_the_map(page)) == 1


def test_the_keyboard_walks_from_district_to_district_and_into_the_table(world: Cast, sit_down: SitDown):
    page = sit_down(world.dana)
    page.goto(f"{ADDRESS}?map=lower")
    first = page.get_by_role("link", name="Texas House 131: Alma Reyes, touched")

    first.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Texas House 147: vacant")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")

    row = page.locator("tr:target")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("Alma Reyes")


def test_without_a_script_a_district_leads_to_its_row(world: Cast, sit_down: SitDown, screen: Screen):
    page = sit_down(world.dana, screen, java_script_enabled=False)
    page.goto(f"{ADDRESS}?map=lower")

    page.get_by_role("link", name="Texas House 147: vacant").click()

    expect(page.locator("tr:target")).to_contain_text("Texas House 147")


def test_how_we_stand_is_seen_in_forced_colours_too(world: Cast, sit_down: SitDown):
    page = sit_down(world.dana)
    page.emulate_media(forced_colors="active")
    page.goto(f"{ADDRESS}?map=lower")

    seen = {
        name: page.locator(f"#map-{name} path").evaluate("path => getComputedStyle(path).stroke")
        for name in ("touched", "vacant")
    }
    ground = page.locator("#map-touched rect").evaluate("rect => getComputedStyle(rect).fill")

    assert ground not in seen.values()
