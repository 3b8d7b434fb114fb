"""What officials are called, in both languages."""

from datetime import date

import pytest

from legislation.models import Chamber, ChamberCode, Jurisdiction, Official, Seat
from legislation.titles import Address, address, initials, titled
from tests.factories.log import official_in
from tests.factories.people import canada, province, state, united_states

pytestmark = pytest.mark.django_db
TODAY = date(2027, 2, 9)


def member(
    jurisdiction: Jurisdiction,
    title: str,
    *,
    code: str = ChamberCode.LOWER,
    title_fr: str = "",
    district: str = "1",
    name: str = "Alma Reyes",
    ends_on: date | None = None,
) -> Official:
    chamber = Chamber.objects.create(
        jurisdiction=jurisdiction, code=code, name="A chamber", member_title=title, member_title_fr=title_fr
    )
    seat = Seat.objects.create(chamber=chamber, district=district, label="A seat")
    return official_in(seat, name, ends_on=ends_on)


@pytest.mark.parametrize(
    ("title", "english", "french"),
    [
        ("Representative", "Rep. Alma Reyes", "Rép. Alma Reyes"),
        ("Senator", "Sen. Alma Reyes", "Sén. Alma Reyes"),
        ("Delegate", "Del. Alma Reyes", "Dél. Alma Reyes"),
        ("Assembly Member", "Assembly Member Alma Reyes", "Alma Reyes, membre de l’Assemblée"),
        ("Councilmember", "Councilmember Alma Reyes", "Alma Reyes, membre du Conseil"),
        ("MP", "Alma Reyes, MP", "Alma Reyes, député(e)"),
        ("MPP", "Alma Reyes, MPP", "Alma Reyes, député(e) provincial(e)"),
        ("MNA", "Alma Reyes, MNA", "Alma Reyes, député(e)"),
        ("MHA", "Alma Reyes, MHA", "Alma Reyes, député(e)"),
        ("MLA", "Alma Reyes, MLA", "Alma Reyes, député(e)"),
        ("", "Alma Reyes", "Alma Reyes"),
    ],
)
def test_a_name_carries_the_local_title(title: str, english: str, french: str):
    official = member(state("tx", "Texas"), title)

    assert (titled(official, TODAY, "en"), titled(official, TODAY, "fr")) == (english, french)


def test_a_title_nobody_has_described_is_used_as_the_chamber_gives_it():
    official = member(state("tx", "Texas"), "Burgess", title_fr="bourgeois")

    assert titled(official, TODAY, "en") == "Burgess Alma Reyes"
    assert titled(official, TODAY, "fr") == "Alma Reyes, bourgeois"
    assert address(official, TODAY, "en").greeting == "Dear Burgess Reyes"


@pytest.mark.parametrize(
    ("office", "name"),
    [
        ("governor", "Gov. Alma Reyes"),
        ("lt_governor", "Lt. Gov. Alma Reyes"),
        ("secretary of state", "Secretary Alma Reyes"),
        ("president", "President Alma Reyes"),
        ("chief election officer", "Alma Reyes"),
    ],
)
def test_the_executive_is_named_by_its_office(office: str, name: str):
    official = member(state("tx", "Texas"), "", code=ChamberCode.EXECUTIVE, district=office)

    assert titled(official, TODAY, "en") == name


def test_a_member_of_an_american_legislature_is_honorable():
    official = member(state("tx", "Texas"), "Representative")

    assert address(official, TODAY, "en") == Address("The Honorable Alma Reyes", "Dear Representative Reyes")
    assert address(official, TODAY, "fr") == Address(
        "L’honorable Alma Reyes", "Madame la représentante ou Monsieur le représentant"
    )


def test_a_member_of_parliament_is_greeted_by_name_in_english_and_by_both_forms_in_french():
    official = member(canada(), "MP", name="Wren Castellan")

    assert address(official, TODAY, "en") == Address("Wren Castellan, MP", "Dear Wren Castellan")
    assert address(official, TODAY, "fr") == Address(
        "Wren Castellan, député(e)", "Madame la députée ou Monsieur le député"
    )


def test_a_canadian_senator_is_honourable_with_a_u():
    official = member(canada(), "Senator", code=ChamberCode.UPPER)

    assert address(official, TODAY, "en") == Address("The Honourable Alma Reyes", "Dear Senator Reyes")


def test_a_provincial_member_is_not_honourable():
    official = member(province("on", "Ontario"), "MPP", code=ChamberCode.LEGISLATURE)

    assert address(official, TODAY, "en").line == "Alma Reyes, MPP"


def test_out_of_office_an_american_stays_honorable_and_loses_the_title():
    official = member(united_states(), "Senator", ends_on=date(2027, 1, 3))

    assert titled(official, TODAY, "en") == "Alma Reyes"
    assert address(official, TODAY, "en") == Address("The Honorable Alma Reyes", "Dear Alma Reyes")


def test_a_form_of_address_on_record_goes_first():
    official = member(state("tx", "Texas"), "Representative")
    official.form_of_address = "The Right Honorable Alma Reyes"

    assert address(official, TODAY, "en").line == "The Right Honorable Alma Reyes"


def test_a_name_of_one_word_still_has_a_greeting_and_initials():
    official = Official(name="Teller")

    assert address(official.__class__.objects.create(name="Teller"), TODAY, "en") == Address(
        "Teller", "Dear Teller"
    )
    assert initials(official) == "TT"
