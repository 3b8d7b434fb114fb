"""The staged samples of Congress: the counts that data/README.md states, and what they come to."""

from datetime import date
from typing import Any

import pytest

from legislation.models.roll_call import VoteResult
from legislation.models.sponsorship import SponsorRole
from legislation.models.stage import Stage
from legislation.sources.measures import billstatus, congress_gov, senate_votes
from legislation.sources.measures.records import MeasureRecord
from tests.real_data.staged import staged

pytestmark = pytest.mark.real_data


def read(module: Any, folder: str) -> dict[str, Any]:
    (file,) = module.open_at(staged(folder))
    return {one.key.number: one for one in file.records}


def test_the_eight_samples_of_gpo_are_read_in_both_schemas():
    bills = read(billstatus, "bills/billstatus-xml")

    assert {number: one.key.session.identifier for number, one in bills.items()} == {
        "S.J.Res. 8": "114",
        "H.R. 5183": "116",
        "S. 790": "116",
        "H.R. 1": "117",
        "H.R. 2471": "117",
        "H.R. 6658": "117",
        "S. 35": "117",
        "S.Con.Res. 7": "117",
    }
    assert all(isinstance(one, MeasureRecord) for one in bills.values())


def test_h_r_1_has_the_138_actions_and_222_cosponsors_of_the_readme():
    (file,) = billstatus.open_at(staged("bills/billstatus-xml/BILLSTATUS-117hr1.xml.gz"))

    (record,) = file.records

    # 63 of the bill and 75 of its amendments. Nine have no words; the others left out repeat, on the same day, the
    # line of another source system, or a referral for each of its eleven committees.
    assert file.warnings == [
        "Of 138 actions listed 92 are kept: the others repeat one of them or have no words."
    ]
    of_amendments = [one for one in record.actions if one.text.startswith("H.Amdt. ")]
    assert (len(record.actions), len(of_amendments)) == (92, 41)
    assert [one.role for one in record.sponsors].count(SponsorRole.COSPONSOR) == 222


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (
            "S.J.Res. 8",
            ["introduced", "committee_1", "reported_1", "passed_1", "passed_2", "enrolled", "vetoed"],
        ),
        ("S. 790", ["introduced", "committee_1", "hearing_1"]),
        ("H.R. 1", ["introduced", "committee_1", "passed_1"]),
        (
            "H.R. 2471",
            [
                "introduced", "committee_1", "passed_1", "committee_2", "reported_2", "passed_2", "reconciling",
                "enrolled", "enacted",
            ],
        ),
        ("S. 35", ["introduced", "committee_1", "reported_1", "passed_1"]),
        ("S.Con.Res. 7", ["introduced", "committee_1"]),
    ],
)  # fmt: skip
def test_each_sample_came_as_far_as_congress_says(number, expected):
    record = read(billstatus, "bills/billstatus-xml")[number]

    assert [one.stage for one in record.stages] == [Stage(one) for one in expected]


def test_h_r_21_is_joined_from_its_ten_answers_and_the_list_page_has_twenty():
    bills = read(congress_gov, "bills/congress-gov-v3")

    record = bills.pop("H.R. 21")
    assert [one.stage for one in record.stages] == ["introduced", "committee_1", "passed_1", "committee_2"]
    assert (len(record.actions), len(record.sponsors), len(record.texts)) == (8, 3, 3)
    assert (len(record.subjects), len(record.other_titles)) == (14, 2)
    assert [one.other.number for one in record.relations] == ["S. 3099"]
    assert record.summary_en.startswith("Federal Risk and Authorization Management Program")
    assert len(bills) == 20
    assert {one.actions for one in bills.values()} == {None}


def test_of_two_roll_calls_one_is_on_a_measure_and_the_menu_is_passed_over():
    (file,) = senate_votes.open_at(staged("bills/senate-vote-xml"))

    (record,) = file.records

    fact = record.roll_call
    assert (record.key.number, record.key.session.identifier, fact.on) == (
        "H.R. 82",
        "118",
        date(2024, 12, 20),
    )
    assert (fact.yes, fact.no, fact.result) == (2, 4, VoteResult.FAILED)
    assert [one.who.identifiers[0][1] for one in fact.votes] == [
        "S354",
        "S317",
        "S330",
        "S396",
        "S341",
        "S370",
    ]
    assert file.warnings == [
        "menu.xml is the menu of votes and holds none. It was passed over.",
        "1 vote concerns no measure and was passed over (vote-cloture.xml: On the Cloture Motion PN1020).",
    ]
