"""A supporter's letter on paper, read back as an office would read it."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from campaigns import letter_pdf
from campaigns.letter_pdf import LetterToPrint
from legislation.models import ContactPoint, Office, Official
from tests.cast import TODAY, Cast
from tests.factories.log import alma_reyes

LETTER = LetterToPrint(
    language="en",
    day=date(2026, 11, 21),
    name="María José de la Cruz García-López",
    sender=("12 Elm Street", "Austin, TX 78701"),
    addressee=("The Honorable Alma Reyes", "Texas House", "Austin, TX 78711"),
    subject="HB 118: patients and their records",
    body="I live in your district.\n\nPlease support the bill.",
    greeting="Dear Representative Reyes",
)
FRENCH = replace(
    LETTER,
    language="fr",
    day=date(2026, 12, 1),
    name="Élise Côté",
    addressee=("Wren Castellan, député(e)", "Chambre des communes"),
    subject="Projet de loi C-40",
    body="Voici pourquoi : « c’est utile » ! Cœur, Noël, où, ça.",
    greeting="Madame la députée ou Monsieur le député",
)


def pages(*letters: LetterToPrint) -> list[str]:
    """The lines of each page, without empty ones."""
    reader = PdfReader(io.BytesIO(letter_pdf.written(letters)))
    return [
        "\n".join(filter(None, map(str.strip, page.extract_text().splitlines()))) for page in reader.pages
    ]


def test_a_letter_has_its_parts_in_the_order_of_a_letter():
    assert pages(LETTER) == [
        """María José de la Cruz García-López
12 Elm Street
Austin, TX 78701
November 21, 2026
The Honorable Alma Reyes
Texas House
Austin, TX 78711
Re: HB 118: patients and their records
Dear Representative Reyes,
I live in your district.
Please support the bill.
Sincerely,
María José de la Cruz García-López"""
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_french_letter_is_french_whatever_the_portal_speaks(language: str):
    with override(language):
        [page] = pages(FRENCH)

    assert page.split("\n") == [
        "Élise Côté",
        "12 Elm Street",
        "Austin, TX 78701",
        "1er décembre 2026",
        "Wren Castellan, député(e)",
        "Chambre des communes",
        "Objet\xa0: Projet de loi C-40",
        "Madame la députée ou Monsieur le député,",
        "Voici pourquoi\xa0: «\xa0c’est utile\xa0»\xa0! Cœur, Noël, où, ça.",
        "Veuillez agréer l’expression de mes sentiments distingués.",
        "Élise Côté",
    ]


@pytest.mark.parametrize(
    ("written", "typeset"),
    [
        ("Non ! Oui ? « Bien » ; voilà : fin", "Non\xa0! Oui\xa0? «\xa0Bien\xa0»\xa0; voilà\xa0: fin"),
        ("Non! 10:30", "Non! 10:30"),
    ],
)
def test_a_french_space_before_a_sign_does_not_break_and_none_is_added(written: str, typeset: str):
    letter = letter_pdf._letter(replace(FRENCH, body=written))

    assert letter["body"] == [[typeset]]
    assert letter_pdf._letter(replace(LETTER, body=written))["body"] == [[written]]


def test_each_letter_begins_on_a_page_of_its_own_in_its_own_language():
    first, second, third = pages(LETTER, FRENCH, replace(LETTER, name="Luis Ortega"))

    assert first.startswith("María José")
    assert second.startswith("Élise Côté")
    assert "Objet" in second
    assert third.endswith("Luis Ortega")


def test_a_long_letter_goes_on_with_a_number_and_the_next_counts_anew():
    long = replace(LETTER, body="\n\n".join(["Patients who can read their records come prepared."] * 60))

    sheets = pages(long, FRENCH, long)

    assert len(sheets) > 4
    assert [sheet.split("\n")[0] for sheet in sheets[:2]] == ["María José de la Cruz García-López", "2"]
    french = next(number for number, sheet in enumerate(sheets) if "Objet" in sheet)
    assert sheets[french + 2].startswith("2\n")


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\u200b", "\x00", "\x1b", "\ufeff"])
def test_signs_that_turn_or_hide_words_do_not_reach_the_paper(sign: str):
    letter = replace(
        LETTER,
        name=f"Luis{sign} Ortega",
        sender=(f"12 {sign}Elm Street",),
        addressee=(f"{sign}Alma Reyes",),
        subject=f"HB {sign}118",
        body=f"I live{sign} here.",
    )

    [page] = pages(letter)

    assert sign not in page
    assert page.split("\n")[:3] == ["Luis Ortega", "12 Elm Street", "November 21, 2026"]
    assert "I live here." in page


@pytest.mark.parametrize(
    "words", ['#read("letter.typ")', "$x^2$ *bold* _it_ @me <b>", "= Head\n- item\n/ a: b", '"\\u{1}']
)
def test_words_that_look_like_markup_stay_words(words: str):
    [page] = pages(replace(LETTER, body=words, name="#panic()", subject=""))

    assert words in page
    assert page.endswith("Sincerely,\n#panic()")


def test_line_ends_of_any_system_part_lines_and_paragraphs():
    letter = replace(LETTER, body="One\r\ntwo\r\n\r\n \r\nthree\u2028four\n\n\n\n")

    assert letter_pdf._letter(letter)["body"] == [["One", "two"], ["three", "four"]]


def test_a_body_that_greets_and_closes_gets_neither_twice():
    letter = replace(
        LETTER, greeting="", body="Dear Alma,\n\nyes.\n\nYours, Luis", closes_itself=True, subject=""
    )

    [page] = pages(letter)

    assert page.endswith("Austin, TX 78711\nDear Alma,\nyes.\nYours, Luis")


def test_accents_written_in_two_parts_are_one_sign_on_paper():
    [page] = pages(replace(LETTER, name="E\u0301lise Co\u0302te\u0301"))

    assert page.startswith("Élise Côté\n")


def test_a_sign_that_no_font_can_draw_does_not_stop_the_letter():
    [page] = pages(replace(LETTER, body="Thank you \U000f0000 very much."))

    assert "very much." in page


def test_the_file_is_tagged_names_its_language_and_title_and_is_the_same_each_time(clock: Any):
    content = letter_pdf.written([FRENCH])
    clock.move_to("2028-01-01T00:00:00+00:00")

    reader = PdfReader(io.BytesIO(content))

    assert letter_pdf.written([FRENCH]) == content
    assert reader.metadata is not None
    assert reader.metadata.creation_date == datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert (reader.metadata.title, reader.metadata.author) == (
        "Lettre à Wren Castellan, député(e)",
        "Élise Côté",
    )
    assert reader.trailer["/Root"]["/Lang"].startswith("fr")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_no_letter_is_no_file():
    with pytest.raises(ValueError, match="no letter"):
        letter_pdf.written([])


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("State Capitol; Room 5; Juneau, AK 99801", ["State Capitol", "Room 5", "Juneau, AK 99801"]),
        ("P.O. Box 110015; ; Juneau, AK 99811-0001", ["P.O. Box 110015", "Juneau, AK 99811-0001"]),
        (
            "State Capitol Room 502, 120 4th St., Juneau, AK 99801",
            ["State Capitol Room 502, 120 4th St.", "Juneau, AK 99801"],
        ),
        ("House of Commons\nOttawa ON  K1A 0A6", ["House of Commons", "Ottawa ON  K1A 0A6"]),
        ("", []),
    ],
)
def test_an_address_is_parted_as_the_public_record_parts_it(address: str, lines: list[str]):
    assert letter_pdf.address_lines(address) == lines


@pytest.fixture
def alma(cast: Cast) -> Official:
    """With an address on record in more ways than one."""
    official = alma_reyes()
    offices = [
        ("district", "5 Bay Street; Houston, TX 77002", None),
        ("capitol", "PO Box 2910; Austin, TX 78768", None),
        ("mailing", "An old box", TODAY),
    ]
    for kind, address, ended_on in offices:
        Office.objects.create(official=official, kind=kind, address=address, ended_on=ended_on)
    Office.objects.create(official=official, kind="mailing", phone="512-555-0100")
    ContactPoint.objects.create(official=official, kind="address", value="1 Congress Ave")
    return official


def addressee_lines(official: Official, language: str = "en") -> tuple[str, ...]:
    found = Official.objects.with_seats().prefetch_related("offices", "contact_points").get(pk=official.pk)
    return letter_pdf.addressee_of(found, TODAY, language).lines


def test_post_goes_to_the_capitol_with_the_form_of_address(alma: Official):
    assert addressee_lines(alma) == (
        "The Honorable Alma Reyes",
        "Texas House",
        "PO Box 2910",
        "Austin, TX 78768",
    )
    assert addressee_lines(alma, "fr")[0] == "L’honorable Alma Reyes"


def test_a_mailing_address_goes_before_the_capitol(alma: Official):
    Office.objects.create(official=alma, kind="mailing", address="PO Box 1")

    assert addressee_lines(alma)[2:] == ("PO Box 1",)


def test_without_an_office_the_address_on_record_is_taken_and_without_any_the_name_stands_alone(
    alma: Official,
):
    alma.offices.all().delete()
    assert addressee_lines(alma)[2:] == ("1 Congress Ave",)

    alma.contact_points.all().delete()
    assert addressee_lines(alma)[2:] == ()


def test_who_left_office_is_written_to_without_the_chamber(alma: Official):
    alma.tenures.update(ends_on=TODAY)

    assert addressee_lines(alma)[:2] == ("The Honorable Alma Reyes", "PO Box 2910")


def test_an_addressee_needs_no_query_once_the_record_is_fetched(
    alma: Official, django_assert_num_queries: Any
):
    found = Official.objects.with_seats().prefetch_related("offices", "contact_points").get(pk=alma.pk)

    with django_assert_num_queries(0):
        letter_pdf.addressee_of(found, TODAY, "en")
