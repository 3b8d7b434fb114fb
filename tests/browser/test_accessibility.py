"""Axe finds nothing on any page of the portal, nor does any page scroll sideways on a phone."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import Page

from tests.access.addresses import declared_names
from tests.browser import gallery
from tests.browser.axe import faults_of
from tests.browser.conftest import LAPTOP, PHONE, Screen
from tests.browser.curator import Curator, OpenContext, hang
from tests.browser.gallery import Exhibit
from tests.browser.serving import Portal
from tests.browser.watching import Watch
from tests.cast import NOW

pytestmark = pytest.mark.browser
NARROWEST = Screen("narrow phone", 320, 568, is_phone=True)


@pytest.fixture(scope="module")
def transactional_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Pytest-django's fixture, but one world for all tests here: they only look at it."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def curator(portal: Portal, transactional_db: None, open_context: OpenContext) -> Iterator[Curator]:
    curator = Curator(hang(), open_context, Watch())
    yield curator
    curator.close()


def overflow_of(page: Page) -> list[str]:
    """The elements that make the page wider than its window, once its style sheets are there; none on one that fits."""
    page.wait_for_load_state()
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.body.querySelectorAll("*")]
                .filter((element) => element.getBoundingClientRect().right > width + 0.5)
                .map((element) => element.outerHTML.slice(0, 160));
        }"""
    )


def look_at(exhibit: Exhibit, curator: Curator, screen: Screen, theme: str = "light") -> Page:
    page, answer = curator.visit(exhibit, screen, theme)
    assert answer.status < 500
    assert curator.watch.take() == []
    return page


@pytest.mark.parametrize("exhibit", gallery.OWN_PAGES, ids=str)
def test_axe_finds_nothing_and_the_page_fits_a_phone(exhibit: Exhibit, curator: Curator):
    page = look_at(exhibit, curator, LAPTOP)
    assert faults_of(page) == []

    page.set_viewport_size({"width": PHONE.width, "height": PHONE.height})
    try:
        assert overflow_of(page) == []
    finally:
        page.set_viewport_size({"width": LAPTOP.width, "height": LAPTOP.height})


@pytest.mark.parametrize("exhibit", gallery.admin_pages(), ids=str)
def test_axe_finds_nothing_in_the_admin(exhibit: Exhibit, curator: Curator):
    assert faults_of(look_at(exhibit, curator, LAPTOP)) == []


@pytest.mark.parametrize(("screen", "theme"), [(PHONE, "light"), (PHONE, "dark"), (LAPTOP, "dark")], ids=str)
@pytest.mark.parametrize("exhibit", gallery.MAIN, ids=str)
def test_axe_finds_nothing_on_the_main_pages(exhibit: Exhibit, screen: Screen, theme: str, curator: Curator):
    page = look_at(exhibit, curator, screen, theme)

    assert faults_of(page) == []
    assert overflow_of(page) == []


def test_the_log_form_fits_the_narrowest_phone(curator: Curator):
    page = look_at(Exhibit("interactions:interaction_log"), curator, NARROWEST)

    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")

    assert overflow_of(page) == []


def test_every_address_is_looked_at():
    exhibited = {exhibit.name for exhibit in [*gallery.OWN_PAGES, *gallery.admin_pages()]}
    declared = {name for name in declared_names() if not name.startswith("admin")}

    assert declared - exhibited - gallery.NOT_PAGES - gallery.ON_A_JOURNEY == set()
