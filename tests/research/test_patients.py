"""What looks as if it could identify a patient."""

import pytest

from advocacy.research.patients import hints


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("DOB: 03/14/1962, came twice", "a date of birth"),
        ("She was born on March 14, 1962.", "a date of birth"),
        ("née le 14 mars 1962", "a date of birth"),
        ("seen 1948-02-03", "a date of birth"),
        ("MRN 0045521", "the number of a medical record"),
        ("dossier no 123456", "the number of a medical record"),
        ("card 1234-567-890-AB", "a health card or insurance number"),
        ("RAMQ COTE 6203 1412", "a health card or insurance number"),
        ("her number 123-45-6789", "a health card or insurance number"),
        ("call (713) 555-0142", "a phone number"),
        ("write to lee.park@example.org", "an e-mail address"),
        ("a 93-year-old in the valley", "the age of somebody over 89"),
    ],
)
def test_it_is_noticed_by_its_form(text: str, what: str):
    assert [str(hint.what) for hint in hints({"notes": text})] == [what]


@pytest.mark.parametrize(
    "text",
    [
        "HB 210 of the 90th session, 2027-02-09",
        "Twelve nurses, four from the country; 45 % had no broadband.",
        "“I drive 90 minutes to the clinic.”",
        "In 1962 the clinic opened.",
        "",
    ],
)
def test_what_a_record_says_every_day_is_left_alone(text: str):
    assert hints({"notes": text}) == []


def test_a_page_of_one_letter_is_looked_through_as_fast_as_prose():
    """It would take minutes, were it tried from each letter to the end."""
    assert hints({"notes": "a" * 200_000}) == []
