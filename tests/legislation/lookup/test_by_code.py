"""Who represents a code: every possible district, no choice made, and what is not known is said."""

from datetime import date

import pytest

from advocacy.kernel.postal import parse
from legislation.lookup.answer import Answer, Why
from legislation.lookup.answering import represent
from legislation.lookup.record import Record
from legislation.models import Jurisdiction, MapEdition, Tenure
from tests.factories.maps import division, edition, holds, houston, lies_in, ottawa, seat, with_division
from tests.factories.people import state

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def ask(typed: str, day: date = TODAY) -> Answer:
    return represent(parse(typed), day=day)


def names(answer: Answer) -> dict[str, list[str]]:
    """Who is shown, by the heading they stand under."""
    return {
        group.name: [
            member.holder.line.official.name
            for candidate in group.candidates
            for office in candidate.offices
            for member in office.members
        ]
        for group in answer.groups
    }


def whys(answer: Answer) -> list[str]:
    return [note.why for note in answer.notes]


def test_a_zip_code_that_crosses_lines_shows_every_district_and_picks_none():
    here = houston()

    answer = ask("77004")

    assert {one.ocd_id for one in answer.divisions} == {
        here.tx18.ocd_id,
        here.lower_131.ocd_id,
        here.lower_147.ocd_id,
    }
    assert [(one.name, one.is_ambiguous) for one in answer.districts] == [
        ("United States House", False),
        ("Texas House", True),
    ]
    assert answer.is_ambiguous
    assert whys(answer) == [Why.AMBIGUOUS]


def test_the_whole_state_elects_its_senators_and_its_governor():
    houston()

    assert names(ask("77004")) == {
        "United States House": ["Ada Quill"],
        "Texas House": ["Alma Reyes"],
        "United States Senate": ["Iris Vale", "Otto Lund"],
        "Texas executive": ["Maud Stone"],
    }


def test_an_empty_seat_is_said_to_be_vacant():
    houston()

    lower = next(group for group in ask("77004").groups if group.name == "Texas House")

    assert [[office.place.vacant for office in one.offices] for one in lower.candidates] == [[0], [1]]
    assert {"name": None, "seat": "Texas House 147", "level": "state", "vacant": 1} in ask("77004").as_data()[
        "officials"
    ]


def test_each_name_carries_the_day_a_source_last_said_so():
    houston()

    quill = next(one for one in ask("77004").as_data()["officials"] if one["name"].endswith("Ada Quill"))

    assert quill["as_of"] == "2026-08-05"


def test_the_lines_change_on_the_day_the_new_congress_sits():
    here = houston()

    before, after = ask("77004", date(2027, 1, 2)), ask("77004", date(2027, 1, 4))

    assert [one.key for one in before.editions] == ["cd119", "tx-lower-2021"]
    assert [one.key for one in after.editions] == ["cd120", "tx-lower-2021"]
    assert here.tx18 in before.divisions
    assert here.tx18 not in after.divisions
    assert names(after)["United States House"] == ["Theo Marsh"]


def test_an_edition_without_dates_answers_for_no_day():
    here = houston()
    MapEdition.objects.filter(pk=here.cd119.pk).update(valid_from=None, valid_until=None)

    assert here.tx18 not in ask("77004").divisions


def test_a_chamber_without_lines_is_named_as_unknown():
    houston()

    answer = ask("77004")

    assert [(str(one.chamber), one.text) for one in answer.unknown] == [
        ("Texas Senate", "Texas Senate: no lines are loaded. Choose the district by hand.")
    ]


def test_cities_are_said_not_to_be_looked_up_where_the_record_knows_some():
    here = houston()
    Jurisdiction.objects.create(ocd_id="x", name="City of Houston", level="local", parent=here.texas)

    assert "Cities and counties of Texas: no lines are loaded." in ask("77004").as_data()["note"]


def test_a_nine_digit_code_is_read_as_its_five_digits_and_says_so():
    houston()

    answer = ask("77004-1234")

    assert answer.method == "zip4"
    assert answer.divisions == ask("77004").divisions
    assert Why.ZIP4 in whys(answer)


def test_only_who_holds_the_seat_that_day_is_shown():
    here = houston()
    Tenure.objects.filter(official=here.reyes).update(ends_on=date(2026, 10, 1), end_reason="resigned")

    assert names(ask("77004"))["Texas House"] == []
    assert names(ask("77004", date(2026, 9, 30)))["Texas House"] == ["Alma Reyes"]


def test_a_term_whose_expected_end_has_passed_is_shown_as_unconfirmed():
    here = houston()
    Tenure.objects.filter(official=here.reyes).update(ends_on=date(2026, 11, 3), end_is_expected=True)

    reyes = next(one for one in ask("77004").as_data()["officials"] if one["name"].endswith("Alma Reyes"))

    assert reyes["unconfirmed"] is True


def test_a_territory_has_a_delegate_and_no_senators():
    here = houston()
    capital = with_division(state("dc", "District of Columbia"))
    whole = division(capital.division_id)
    holds(seat(here.us, "lower", "DC-AL", whole, label="U.S. House District of Columbia"), "Vera Moss")
    lies_in(here.cd119, "20001", whole)

    answer = ask("20001")

    assert [one.ocd_id for one in answer.divisions] == [capital.division_id]
    assert names(answer) == {"United States House": ["Vera Moss"]}


def test_a_code_in_two_states_shows_the_senators_of_both():
    here = houston()
    oklahoma = with_division(state("ok", "Oklahoma"))
    holds(
        seat(here.us, "upper", "OK", division(oklahoma.division_id), label="U.S. Senate Oklahoma"), "Cy Hale"
    )
    cd5 = division("ocd-division/country:us/state:ok/cd:5", oklahoma)
    lies_in(here.cd119, "73949", here.tx18, cd5)

    answer = ask("73949")

    assert answer.is_ambiguous
    assert names(answer)["United States Senate"] == ["Iris Vale", "Otto Lund", "Cy Hale"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("09021", Why.MILITARY),
        ("34002", Why.MILITARY),
        ("96201", Why.MILITARY),
        ("00802", Why.TERRITORY),
        ("96799", Why.TERRITORY),
        ("96910", Why.TERRITORY),
        ("77099", Why.UNKNOWN_CODE),
        ("99999", Why.NO_TABLE),
        ("K1A 0A9", Why.NO_TABLE),
    ],
)
def test_a_code_in_no_table_is_said_to_be_unknown_and_nobody_is_shown(typed: str, why: Why):
    houston()

    answer = ask(typed)

    assert answer.divisions == []
    assert answer.groups == []
    assert whys(answer) == [why]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("99501", "begin with 995 (Alaska)"),
        ("V6B 1A1", "begin with V (British Columbia)"),
        ("X0A", "begin with X (Northwest Territories, Nunavut)"),
    ],
)
def test_a_code_of_a_state_without_a_table_is_named_with_its_state(typed: str, said: str):
    houston()
    ottawa()

    answer = ask(typed)

    assert whys(answer) == [Why.NO_TABLE]
    assert said in answer.notes[0].text


def test_a_number_that_was_never_given_out_is_no_state():
    houston()

    assert whys(ask("00001")) == [Why.UNKNOWN_CODE]


def test_a_postal_code_names_its_riding():
    _fed2023, centre, _west = ottawa()

    answer = ask("k1a0a9")

    assert answer.divisions == [centre]
    assert answer.country == "CA"
    assert not answer.is_likely


def test_a_rural_postal_code_is_likely_and_not_certain():
    _fed2023, _centre, west = ottawa()

    answer = ask("K0A 1A0")

    assert answer.divisions == [west]
    assert answer.is_likely


def test_three_characters_list_the_ridings_by_their_share():
    _fed2023, centre, west = ottawa()

    answer = ask("K1A")

    assert [(one.division, one.share) for one in answer.districts[0].candidates] == [
        (centre, 0.75),
        (west, 0.25),
    ]
    assert whys(answer) == [Why.AMBIGUOUS]


def test_a_postal_code_in_no_table_falls_back_to_its_first_three_characters_and_says_so():
    _fed2023, centre, west = ottawa()

    answer = ask("K1A 9Z9")

    assert answer.divisions == [centre, west]
    assert answer.method == "fsa"
    assert Why.UNKNOWN_CODE in whys(answer)


def test_ridings_of_an_older_order_never_answer_for_today():
    fed2023, _centre, _west = ottawa()
    old = edition("fed2013", fed2023.jurisdiction, "lower", date(2015, 8, 2), date(2025, 3, 23))
    abolished = division("ocd-division/country:ca/ed:35075-2013", fed2023.jurisdiction)
    lies_in(old, "K1A0A9", abolished)

    assert abolished not in ask("K1A 0A9").divisions
    assert ask("K1A 0A9", date(2025, 3, 22)).divisions == [abolished]


def test_districts_the_map_lacks_are_mentioned():
    here = houston()
    floterial = division("ocd-division/country:us/state:tx/sldl:floterial", here.texas)
    seat(here.texas, "lower", "F1", floterial, label="Texas House F1")

    answer = ask("77004")

    assert Why.FLOTERIAL in whys(answer)
    assert floterial not in answer.divisions


def test_a_seat_known_under_another_name_of_its_division_is_found():
    here = houston()
    alias = division("ocd-division/country:us/state:tx/cd:eighteen", here.texas, alias_of=here.tx18)
    here.tx18.seats.update(division=alias)

    assert names(ask("77004"))["United States House"] == ["Ada Quill"]


def test_a_district_listed_under_another_name_of_itself_finds_its_seat():
    here = houston()
    alias = division("ocd-division/country:us/state:tx/cd:eighteen", here.texas, alias_of=here.tx18)
    lies_in(here.cd119, "77999", alias)

    assert names(ask("77999"))["United States House"] == ["Ada Quill"]


def test_a_second_question_of_the_same_place_reads_only_the_table(django_assert_num_queries):
    houston()
    record = Record(TODAY)
    represent(parse("77004"), day=TODAY, record=record)

    with django_assert_num_queries(1):
        represent(parse("77004"), day=TODAY, record=record)
