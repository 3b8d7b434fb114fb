"""Story A12: what dana felt stays with those who may read it, whatever way out is tried."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from advocacy.audit.models import Entry
from advocacy.interactions.models import Impression, Interaction
from tests.browser.conftest import Screen, SitDown
from tests.browser.logging import SAVED, SUMMARY, fill_in, save
from tests.cast import Cast
from tests.factories.log import alma_reyes

pytestmark = [pytest.mark.browser, pytest.mark.story]
NOTE = "private concern zebra"


def log_with_a_restricted_impression(page: Page) -> Interaction:
    page.goto("/log/new/")
    fill_in(page)
    page.get_by_text("Impressions and confidentiality").click()
    page.get_by_label("Impressions", exact=True).fill(NOTE)
    page.get_by_label("Who may read the impressions?").select_option(label="Restricted")
    save(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    return Interaction.objects.get()


def everything_on(page: Page) -> str:
    """What the page holds, what it shows, and what it would print."""
    shown = page.content() + page.inner_text("body")
    page.emulate_media(media="print")
    printed = page.inner_text("body")
    page.emulate_media(media="screen")
    return shown + printed


def download(page: Page, name: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return download.value.path()


def cells_of(path: Path, name: str) -> list[str]:
    if name == "CSV":
        return [cell for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))) for cell in row]
    # Playwright keeps downloads under a name without an ending.
    book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
    return [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]


def test_zebra_is_nowhere_for_luis_tom_and_sam(cast: Cast, sit_down: SitDown, screen: Screen):
    reyes = alma_reyes()
    dana = sit_down(cast.dana, screen)
    record = log_with_a_restricted_impression(dana)
    assert NOTE in everything_on(dana)
    looked_for = ("/search/?q=zebra", "/log/?q=zebra")
    looked_at = (
        "/",
        "/log/follow-ups/?whose=all",
        reyes.get_absolute_url(),
        cast.gulf_prairie.get_absolute_url(),
        record.get_absolute_url(),
        f"{record.get_absolute_url()}history/",
    )

    for reader in (cast.luis, cast.tom, cast.sam):
        page = sit_down(reader, screen)
        for address in looked_for:
            page.goto(address)
            # The word stands in the field it was typed into, and nowhere else.
            assert "private concern" not in everything_on(page), (reader, address)
            expect(page.locator(".timeline-item, .row")).to_have_count(0)
        for address in looked_at:
            page.goto(address)
            assert "zebra" not in everything_on(page), (reader, address)


def test_zebra_is_in_no_file(cast: Cast, sit_down: SitDown):
    alma_reyes()
    log_with_a_restricted_impression(sit_down(cast.dana))

    for reader in (cast.dana, cast.luis, cast.jordan):
        page = sit_down(reader)
        page.goto("/log/")
        for name in ("CSV", "XLSX"):
            cells = cells_of(download(page, name), name)
            assert SUMMARY in cells
            assert not any("zebra" in cell for cell in cells)


def test_jordan_sees_it_and_an_access_entry_is_written(cast: Cast, sit_down: SitDown, screen: Screen):
    alma_reyes()
    record = log_with_a_restricted_impression(sit_down(cast.dana, screen))
    page = sit_down(cast.jordan, screen)

    page.goto(record.get_absolute_url())

    expect(page.get_by_text(NOTE)).to_be_visible()
    entry = Entry.objects.filter(verb="opened").get()
    assert (entry.actor, entry.object_id) == (cast.jordan, str(Impression.objects.get().pk))
