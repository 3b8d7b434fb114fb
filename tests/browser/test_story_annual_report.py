"""Story A12, second half: the restricted phrase is in no report, file or mail, and the year is told with consent only.

The first half, search and pages and the log's own files, is in test_story_confidential_notes.py.
"""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from advocacy.interactions.models import Impression
from advocacy.kernel.periods import Month
from advocacy.outbox import delivery
from advocacy.outbox.models import KeptMessage
from advocacy.reports.actions import locking
from campaigns.reminders import planner
from legislation.models import Official
from tests.browser.conftest import SitDown
from tests.browser.test_story_confidential_notes import (
    NOTE,
    everything_on,
    log_with_a_restricted_impression,
)
from tests.cast import Cast
from tests.factories.log import alma_reyes
from tests.factories.months import FEBRUARY, met, report_on, submitted_at

pytestmark = [pytest.mark.browser, pytest.mark.story]
NEXT_MORNING = datetime(2027, 2, 10, 16, tzinfo=UTC)
LOCKED_AT = datetime(2027, 3, 22, 15, tzinfo=UTC)
JULY = datetime(2027, 7, 20, 15, tzinfo=UTC)
TOLD, KEPT = "The clinic keeps its telehealth line.", "A story for our own chapter."


@pytest.fixture
def reyes(cast: Cast, sit_down: SitDown) -> Official:
    official = alma_reyes()
    log_with_a_restricted_impression(sit_down(cast.dana))
    assert Impression.objects.get().text == NOTE
    return official


def words_of(path: Path, name: str) -> str:
    """Everything that a reader, a program, or a curious person finds in the file."""
    content = path.read_bytes()
    if name == "PDF":
        reader = PdfReader(io.BytesIO(content))
        return " ".join(" ".join(page.extract_text() for page in reader.pages).split()) + str(reader.metadata)
    if name == "XLSX":
        book = load_workbook(io.BytesIO(content))
        cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
        return " ".join(map(str, cells))
    if name == "CSV of every table":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(one).decode("utf-8-sig") for one in archive.namelist())
    return content.decode()


FORMS = ("PDF", "XLSX", "CSV of every table", "HTML", "Plain text")


def files_of(page: Page) -> dict[str, str]:
    """What every button of the page gives."""
    found = {}
    for name in FORMS:
        with page.expect_download() as download:
            page.get_by_role("navigation", name="The report as a file").get_by_role("link", name=name).click()
        found[name] = words_of(download.value.path(), name)
    return found


def test_zebra_is_in_no_report_no_file_of_it_and_no_mail(
    cast: Cast, reyes: Official, sit_down: SitDown, clock
):
    clock.move_to(NEXT_MORNING)
    assert planner.tick(NEXT_MORNING)
    clock.move_to(LOCKED_AT)
    report = report_on(cast.gulf_prairie, **submitted_at(LOCKED_AT, cast.dana))
    locking.lock(FEBRUARY, by=cast.angela, now=LOCKED_AT)
    delivery.deliver()

    for reader in (cast.tom, cast.angela, cast.jordan):
        page = sit_down(reader)
        for address in (report.get_absolute_url(), f"{report.get_absolute_url()}rows/meaningful/"):
            page.goto(address)
            expect(page.get_by_role("main")).to_contain_text("Gulf Prairie")
            assert "zebra" not in everything_on(page), (reader, address)
    angela = sit_down(cast.angela)
    angela.goto("/reports/national/2027-02/")
    assert "zebra" not in everything_on(angela)
    for name, words in files_of(angela).items():
        assert "zebra" not in words, name
    mails = list(KeptMessage.objects.values_list("recipient", "text", "html"))
    assert cast.luis.email in {recipient for recipient, _text, _html in mails}
    assert not any("zebra" in text + html for _recipient, text, html in mails)


def test_the_year_is_told_by_its_boundaries_and_with_consent(
    cast: Cast, reyes: Official, sit_down: SitDown, clock
):
    clock.move_to(JULY)
    for day in ("2026-06-30", "2026-07-01", "2027-06-30", "2027-07-01"):
        met(cast, reyes, datetime.fromisoformat(day).date())
    told = {"story": TOLD, "story_may_be_published": True}
    report_on(cast.gulf_prairie, Month(2027, 2), **submitted_at(JULY, cast.dana, **told))
    kept = {"story": KEPT, "story_may_be_published": False}
    report_on(cast.hill_country, Month(2027, 2), **submitted_at(JULY, cast.luis, **kept))
    angela = sit_down(cast.angela)

    angela.goto("/reports/annual/2026-27/")

    shown = everything_on(angela)
    months = angela.locator("#by_month-table tbody tr")
    expect(months).to_have_count(12)
    expect(months.first).to_have_text("July 20261")
    expect(months.last).to_have_text("June 20271")
    assert [(word in shown) for word in (TOLD, KEPT, "zebra")] == [True, False, False]
    for name, words in files_of(angela).items():
        assert KEPT not in words, name
        assert "zebra" not in words, name
        assert (TOLD in words) is (name != "Plain text"), name
