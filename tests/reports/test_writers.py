"""Every written form of a report says the same and lets nobody's words be anything but words (acceptance 6)."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.utils import translation
from openpyxl import load_workbook
from pypdf import PdfReader

from advocacy.kernel.exports import plain_text
from advocacy.reports.national.document import Block, Column, Document, Drawing
from advocacy.reports.writers import csv as csv_files
from advocacy.reports.writers import html, pdf, txt, xlsx
from advocacy.reports.writers.formats import FORMATS
from tests.factories import documents
from tests.factories.documents import HOSTILE

LINK = "https://portal.example.org/reports/national/2027-02/"


def pdf_text(content: bytes) -> str:
    """The words without how they were broken into lines."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def numbers_in(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_document_gives_the_same_bytes_in_either_language_of_the_reader(form: str, clock):
    write = FORMATS[form].written
    first = write(documents.national(), LINK)
    clock.move_to(datetime.fromisoformat("2028-01-01T00:00:00+00:00"))

    with translation.override("fr"):
        assert write(documents.national(), LINK) == first
    assert write(documents.national(status="Issued, version 2"), LINK) != first or form == "csv"


def test_a_document_read_back_from_json_is_written_the_same():
    document = documents.national()
    kept = Document.from_json(document.as_json())

    assert [FORMATS[form].written(kept, LINK) for form in FORMATS] == [
        FORMATS[form].written(document, LINK) for form in FORMATS
    ]


def test_the_workbook_has_a_sheet_for_each_block_with_numbers_as_numbers():
    document = documents.national()

    book = load_workbook(io.BytesIO(xlsx.written(document)))

    assert book.sheetnames == [block.title for block in document.blocks]
    months = [list(row) for row in book["Contacts by month"].iter_rows(values_only=True)]
    block = document.block("months")
    assert months == [[column.title for column in block.columns], *map(list, block.rows)]
    assert f"{book.properties.created:%Y-%m-%d %H:%M}" == "2027-03-12 09:00"


def test_sheets_of_long_alike_and_forbidden_titles_can_be_told_apart():
    titles = ["A" * 40, "A" * 35, "a" * 31, "[x]: y/z?", "History", "", "'"]
    blocks = [Block(f"b{n}", title, [Column("a", "A")], [["1"]]) for n, title in enumerate(titles)]

    names = xlsx.sheet_names(documents.national(blocks=blocks))

    assert names == ["A" * 31, "A" * 29 + " 2", "a" * 29 + " 3", "x y z", "History 2", "1", "2"]
    assert load_workbook(io.BytesIO(xlsx.written(documents.national(blocks=blocks)))).sheetnames == names


def test_csv_names_its_columns_alike_in_every_language_and_numbers_its_files():
    document = documents.national()

    files = csv_files.files(document)

    assert list(files)[:2] == ["01-headline.csv", "02-policy.csv"]
    rows = list(csv.reader(io.StringIO(files["03-months.csv"].decode("utf-8-sig"))))
    assert rows[0] == ["month", "k0", "k1", "k2", "k3"]
    assert rows[1:] == [[str(cell) for cell in row] for row in document.block("months").rows]
    with zipfile.ZipFile(io.BytesIO(csv_files.archive(document))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_the_text_for_mail_is_narrow_and_has_the_headline_the_notes_and_the_link():
    text = txt.text_of(documents.national(), LINK)

    assert max(map(len, text.splitlines())) <= txt.WIDTH
    assert "Unique officials: 612" in text
    assert "- Not received: Hill Country." in text
    assert text.endswith(f"{LINK}\n")
    assert "Gulf Prairie" not in text


def test_the_text_stays_narrow_whatever_people_wrote():
    words = [[word] for word in HOSTILE]
    block = Block("notes", "N" * 200, [Column("note", "Note")], words, drawing=Drawing.TEXT)

    text = txt.text_of(documents.national(blocks=[documents.headline(), block]))

    assert max(map(len, text.splitlines())) <= txt.WIDTH
    assert "".join(text.split()).count("W" * 3000) == 1


def test_the_pdf_is_tagged_names_its_language_and_numbers_its_pages():
    reader = PdfReader(io.BytesIO(pdf.written(documents.national(language="fr"), LINK)))
    catalogue = reader.root_object

    assert (catalogue["/MarkInfo"]["/Marked"], catalogue["/Lang"]) == (True, "fr-CA")
    assert "pdfuaid:part" in reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]  # it has them
    assert reader.metadata is not None
    assert reader.metadata.title == "National report: February 2027, Society for Health Data"
    last = reader.pages[-1].extract_text()
    assert f"{len(reader.pages)}" in last
    assert "Issued, version 1" in last


def test_the_head_of_a_long_table_stands_on_each_of_its_pages():
    reader = PdfReader(io.BytesIO(pdf.written(documents.national(blocks=[documents.chapters(120)]))))
    texts = [page.extract_text() for page in reader.pages]
    with_rows = [text for text in texts if "Rivers" in text]

    assert len(with_rows) > 2
    assert all("Officials" in text for text in with_rows)


def test_words_that_look_like_markup_come_out_of_the_pdf_as_words():
    text = pdf_text(pdf.written(documents.hostile()))

    assert HOSTILE[0] in text
    assert HOSTILE[1] in text
    assert "<script>alert(1)</script>&amp;" in text
    assert text.replace(" ", "").count("W" * 3000) == 2


def test_a_sign_that_no_font_can_draw_does_not_stop_the_pdf():
    """Nobody has a glyph for a private sign, and PDF/UA forbids to leave one out."""
    written = pdf.written(documents.national(blocks=[documents.stories("A \ue123 sign")]))

    reader = PdfReader(io.BytesIO(written))
    assert reader.root_object["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF object)
    assert "Gulf Prairie 1" in pdf_text(written)


def test_words_that_look_like_markup_come_out_of_the_page_as_words():
    page = html.written(documents.hostile()).decode()

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in page
    assert not re.findall(r"(?:src|href)=\"(?!#|https://portal)", page)
    assert "url(" not in page


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_run_in_a_spreadsheet(words: str):
    document = documents.national(blocks=[documents.stories(words)])

    sheet = load_workbook(io.BytesIO(xlsx.written(document)))["Stories and thanks"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == (words, "s")
    rows = list(csv.reader(io.StringIO(csv_files.files(document)["01-stories.csv"].decode("utf-8-sig"))))
    assert plain_text(rows[1][1]) == words
    assert not rows[1][1].startswith(("=", "+"))


def html_text(content: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", content.decode()).split())


READABLE: list[Callable[[Document], str]] = [
    lambda document: pdf_text(pdf.written(document)),
    lambda document: html_text(html.written(document)),
]


@pytest.mark.parametrize("read", READABLE)
@pytest.mark.parametrize("code", [block.code for block in documents.national().blocks])
def test_every_cell_of_every_block_stands_in_the_readable_forms(read: Callable[[Document], str], code: str):
    block = documents.national().block(code)

    text = read(documents.national(blocks=[block])).replace("- ", "")

    for row in block.rows:
        for cell in row:
            assert " ".join(str(cell).split()) in text, (code, cell)


def test_an_empty_block_says_so_and_a_cell_that_is_not_told_is_a_dash():
    empty = replace(documents.help_wanted(), empty="Nobody asks for help this month.")
    untold = Block("u", "Untold", [Column("a", "A"), Column("b", "B", True)], [["x", None]])
    document = documents.national(blocks=[empty, untold])

    for read in READABLE:
        assert "Nobody asks for help this month." in read(document)
        assert "x –" in read(document)
    assert csv_files.files(document)["02-u.csv"].decode("utf-8-sig").splitlines()[1] == "x,"
