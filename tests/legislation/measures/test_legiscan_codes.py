"""LegiScan's codes in the words of the record."""

import pytest

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind
from legislation.sources.measures.legiscan_codes import (
    chamber_of,
    chamber_of_origin,
    jurisdiction_of,
    kind_of_number,
    kind_of_type,
    number_as_printed,
)
from legislation.sources.measures.legiscan_words import address, motion_number, titles


@pytest.mark.parametrize(
    ("state", "jurisdiction"),
    [
        ("MI", "ocd-jurisdiction/country:us/state:mi/government"),
        ("DC", "ocd-jurisdiction/country:us/district:dc/government"),
        ("US", "ocd-jurisdiction/country:us/government"),
    ],
)
def test_a_state_is_known_by_its_open_civic_data_id(state, jurisdiction):
    assert jurisdiction_of(state) == jurisdiction


def test_what_is_no_state_of_legiscan_is_an_error():
    with pytest.raises(KeyError):
        jurisdiction_of("ON")


@pytest.mark.parametrize(
    ("written", "state", "chamber"),
    [
        ("H", "MI", ChamberCode.LOWER),
        ("House", "MI", ChamberCode.LOWER),
        ("A", "CA", ChamberCode.LOWER),
        ("S", "MI", ChamberCode.UPPER),
        ("Senate", "MI", ChamberCode.UPPER),
        ("J", "MA", None),
        ("", "NE", None),
        ("L", "NE", ChamberCode.LEGISLATURE),
        ("S", "DC", ChamberCode.LEGISLATURE),
    ],
)
def test_a_chamber_is_known_by_letter_or_name(written, state, chamber):
    assert chamber_of(written, state) == chamber


def test_a_number_tells_where_a_bill_began():
    assert chamber_of_origin("SJRB", "MI") == ChamberCode.UPPER
    assert chamber_of_origin("HB4001", "MI") == ChamberCode.LOWER


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("B", MeasureKind.BILL),
        ("JRCA", MeasureKind.RESOLUTION),
        ("EO", MeasureKind.EXECUTIVE_ORDER),
        ("CSR", MeasureKind.STUDY),
        ("IP", MeasureKind.BALLOT_MEASURE),
        ("a type of tomorrow", MeasureKind.BILL),
    ],
)
def test_a_type_of_bill_is_a_kind_of_measure(code, kind):
    assert kind_of_type(code) == kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("HB4001", MeasureKind.BILL),
        ("SF12", MeasureKind.BILL),
        ("LD3", MeasureKind.BILL),
        ("HR0001", MeasureKind.RESOLUTION),
        ("SCR5", MeasureKind.RESOLUTION),
        ("HJRA", MeasureKind.RESOLUTION),
        ("SJM8", MeasureKind.RESOLUTION),
    ],
)
def test_without_a_type_the_letters_of_the_number_tell_a_resolution(number, kind):
    assert kind_of_number(number) == kind


@pytest.mark.parametrize(
    ("legiscan", "printed"),
    [("HB1", "HR 1"), ("SB0012", "S 12"), ("HR9", "HRES 9"), ("SJR3", "SJRES 3"), ("HCR14", "HCONRES 14")],
)
def test_bills_of_congress_get_the_numbers_congress_prints(legiscan, printed):
    assert number_as_printed(legiscan, "US") == printed


def test_numbers_of_states_stay_as_they_are():
    assert number_as_printed(" HB0126 ", "WY") == "HB0126"


@pytest.mark.parametrize(
    ("description", "number"),
    [
        ("Senate Third Reading: Passed Roll Call # 68", 68),
        ("House Third Reading: Roll Call Roll Call #2", 2),
        ("RCS# 1204 Do Pass", 1204),
        ("Reported Favorably With Substitute S-1 5/13/2025", None),
    ],
)
def test_the_number_of_a_roll_call_is_read_from_its_description(description, number):
    assert motion_number(description) == number


def test_a_description_that_repeats_the_title_is_no_summary():
    assert titles("An act", "An act") == ("An act", "")
    assert titles("An act", "An act about  roads\nand more") == ("An act", "An act about roads and more")
    assert titles("", "Only this") == ("Only this", "")


def test_a_title_too_long_to_be_kept_is_whole_in_the_summary():
    assert titles("x" * 2_500, "") == ("x" * 2_000, "x" * 2_500)


def test_the_first_address_that_can_be_kept_is_taken():
    too_long = "https://www.legislature.example/" + "x" * 500

    assert address("", "https://legiscan.com/a") == "https://legiscan.com/a"
    assert address("javascript:alert(1)", too_long, "https://legiscan.com/b") == "https://legiscan.com/b"
    assert address("https://a.example", "https://b.example") == "https://a.example"
