"""Acceptance 6: screen, PDF, workbook and CSV of a hand-counted month say the same, table by table."""

import csv
import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from advocacy.audit.models import Entry
from advocacy.kernel.exports import plain_text
from advocacy.reports.actions import locking
from advocacy.reports.national import issued
from advocacy.reports.national.document import Drawing
from advocacy.reports.writers import pdf
from legislation.models import Official
from tests.cast import Cast, browser_of
from tests.factories.documents import HOSTILE
from tests.factories.log import alma_reyes
from tests.factories.months import FEBRUARY, report_on, story_of_february, submitted_at

AFTER = datetime(2027, 3, 12, 15, tzinfo=UTC)
Table = list[list[str]]


@pytest.fixture
def february(cast: Cast, clock) -> Official:
    """Story A9: four meaningful contacts of Gulf Prairie, one of them joint with Hill Country, one restricted.

    One report is in, with words that try to be something else.
    """
    clock.move_to(datetime(2027, 3, 1, 15, tzinfo=UTC))
    reyes = alma_reyes()
    story_of_february(cast, reyes)
    report_on(
        cast.gulf_prairie,
        **submitted_at(
            AFTER, cast.dana, top_win=HOSTILE[0], top_worry=HOSTILE[1], story=HOSTILE[6], story_may_be_published=True,
            help_wanted=HOSTILE[3], help_from="peers", help_kind="expert",
        ),
    )  # fmt: skip
    report_on(cast.hill_country)
    clock.move_to(AFTER)
    return reyes


def file(cast: Cast, ending: str) -> bytes:
    address = reverse("reports:national_file", args=["2027-02", ending])
    content: bytes = browser_of(cast.angela).get(address).content
    return content


def squeezed(text: str) -> str:
    """Without the ends of lines, where a word may have been divided."""
    return re.sub(r"[\s\u2010-]", "", text)


def told(cell: str) -> str:
    """What is not known is a dash for readers, and nothing for machines."""
    return "" if cell == "–" else cell


def on_screen(cast: Cast) -> dict[str, Table]:
    """Every table of the page by the code of its block, without its heading."""
    page = browser_of(cast.angela).get(reverse("reports:national", args=["2027-02"])).content.decode()
    found = {}
    for code, table in re.findall(
        r'<table class="data keep[^"]*" id="([\w-]+)-table">(.*?)</table>', page, re.DOTALL
    ):
        rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
        cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
        found[code] = [
            [told(unescape(re.sub(r"<[^>]+>", "", cell)).strip()) for cell in row] for row in cells
        ]
    return found


def in_csv(cast: Cast) -> dict[str, Table]:
    found = {}
    with zipfile.ZipFile(io.BytesIO(file(cast, "zip"))) as archive:
        for name in archive.namelist():
            rows = list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))[1:]
            found[name[3:-4]] = [[told(plain_text(cell)) for cell in row] for row in rows]
    return found


def in_the_workbook(cast: Cast, codes: list[str]) -> dict[str, Table]:
    book, found = load_workbook(io.BytesIO(file(cast, "xlsx"))), {}
    for code, sheet in zip(codes, book, strict=True):
        rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
        end = next((n for n, row in enumerate(rows) if not any(cell is not None for cell in row)), len(rows))
        found[code] = [["" if cell is None else told(str(cell)) for cell in row] for row in rows[:end]]
    return found


def numbers_in(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", text))


def test_every_table_says_the_same_on_the_screen_in_the_workbook_and_in_csv(cast: Cast, february: Official):
    locking.lock(FEBRUARY, by=cast.angela, now=AFTER)
    document = issued.document_of(FEBRUARY, "en", AFTER)
    codes = [block.code for block in document.blocks]

    screen, sheets, files = on_screen(cast), in_the_workbook(cast, codes), in_csv(cast)

    assert list(files) == codes
    assert files == sheets
    shown = [block.code for block in document.blocks if block.rows and block.drawing != Drawing.TEXT]
    assert list(screen) == shown
    assert screen == {code: files[code] for code in shown}


def test_the_hand_counted_month_stands_in_every_form(cast: Cast, february: Official):
    locking.lock(FEBRUARY, by=cast.angela, now=AFTER)
    tables = in_csv(cast)
    chapters = {row[0]: row[4:6] for row in tables["chapters"]}

    assert tables["headline"][0][:2] == ["Meaningful interactions", "4"]
    assert (chapters["Gulf Prairie"], chapters["Hill Country"]) == (["4", "1"], ["1", "1"])
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file(cast, "pdf"))).pages)
    assert re.search(r"Meaningful interactions\s+4\s", text)
    assert "Meaningful interactions: 4\n" in file(cast, "txt").decode()
    assert re.search(
        r"Meaningful interactions</dt>\s*<dd class=\"value\">4</dd>", file(cast, "html").decode()
    )


def test_every_number_of_every_table_stands_in_the_pdf(cast: Cast, february: Official):
    document = issued.document_of(FEBRUARY, "en", AFTER)
    for block in document.blocks:
        alone = pdf.written(replace(document, blocks=[block]))
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(alone)).pages)
        cells = " ".join(str(cell) for row in block.rows for cell in row)

        assert not numbers_in(cells) - numbers_in(text), block.code


@pytest.mark.parametrize("ending", ["pdf", "xlsx", "zip", "html", "txt"])
def test_a_file_is_for_the_task_force_and_the_security_log_knows_who_took_it(
    cast: Cast, february: Official, ending: str
):
    address = reverse("reports:national_file", args=["2027-02", ending])

    assert browser_of(cast.sam).get(address).status_code == 404
    answer = browser_of(cast.dana).get(address)
    name = f"national-report-2027-02-en.{ending}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    entry = Entry.objects.get(verb="exported")
    assert (entry.actor, entry.changes["what"][1]) == (cast.dana, name)


@pytest.mark.parametrize("path", ["2027-13/report.pdf", "2027-02/report.exe", "february/report.pdf"])
def test_a_file_that_cannot_be_is_missing(cast: Cast, path: str):
    assert browser_of(cast.angela).get(f"/reports/national/{path}").status_code == 404


def test_hostile_words_are_words_in_every_form(cast: Cast, february: Official):
    page, book = file(cast, "html").decode(), load_workbook(io.BytesIO(file(cast, "xlsx")))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file(cast, "pdf"))).pages)

    assert squeezed(HOSTILE[0]) in squeezed(text)
    assert HOSTILE[0] in unescape(page)
    risk = book["Risks"]["B2"]
    assert (risk.value, risk.data_type) == (HOSTILE[1], "s")
    assert in_csv(cast)["risks"] == [["Gulf Prairie", HOSTILE[1]]]
    assert HOSTILE[3] in unescape(page)
    assert squeezed(text).count("W" * 3000) == 1
