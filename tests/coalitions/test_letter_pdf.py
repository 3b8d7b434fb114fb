"""The letter on paper."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from advocacy.coalitions import letter_pdf
from advocacy.coalitions.actions import letters
from advocacy.coalitions.models import SignOnLetter
from tests.cast import TODAY, Cast, browser_of
from tests.factories.letters import (
    DEADLINE,
    OrganisationFactory,
    answered,
    asked_by,
    letter_of,
    partner,
    signed,
)


def pages_of(letter: SignOnLetter) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(letter_pdf.written(letter))).pages]


@pytest.fixture
def sent(cast: Cast) -> SignOnLetter:
    letter = signed(letter_of(cast), cast.chris)
    for name in ("Zebra Health", "Éclair Santé", "Harbor Patients"):
        answered(asked_by(letter, partner(name)))
    answered(asked_by(letter, partner("Quiet Corner")), "decline")
    late = DEADLINE + timedelta(seconds=1)
    letters.send(letter, by=cast.dana, now=late, sent_on=TODAY)
    letter.refresh_from_db()
    return letter


def test_it_is_in_both_languages_with_the_signatories_in_order(sent: SignOnLetter):
    english, french = pages_of(sent)
    names = ["Éclair Santé", "Gulf Prairie Chapter", "Harbor Patients", "Zebra Health"]

    assert "Keep telehealth open" in english
    assert "Feb. 9, 2027" in english
    assert "Maintenir la télésanté" in french
    for page in (english, french):
        assert "Department of Health" in page
        assert sorted(names, key=page.index) == names
        assert "Quiet Corner" not in page


def test_the_same_letter_gives_the_same_bytes(sent: SignOnLetter):
    assert letter_pdf.written(sent) == letter_pdf.written(sent)


def test_what_people_wrote_is_text_and_never_markup(cast: Cast):
    letter = letter_of(cast, text="#set page(fill: red) *not bold* $x$ @you <b>", text_fr="")

    (page,) = pages_of(letter)
    assert "#set page(fill: red) *not bold* $x$ @you <b>" in page


def test_what_we_send_back_to_the_partner_who_leads_says_who_decided(cast: Cast):
    letter = signed(letter_of(cast, lead=OrganisationFactory(), text_fr=""), cast.chris)

    (page,) = pages_of(letter)
    assert "Approved by Chris Lang" in " ".join(page.split())


def test_it_comes_as_a_file(cast: Cast):
    response = browser_of(cast.dana).get(f"{letter_of(cast).get_absolute_url()}letter.pdf")

    assert response.headers["Content-Disposition"] == 'attachment; filename="keep-telehealth-open.pdf"'
    assert response.content.startswith(b"%PDF")
