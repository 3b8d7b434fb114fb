"""The 185 bills of the first session of the 45th Parliament, as LEGISinfo had them on 2026-08-13."""

import pytest

from legislation.models.stage import Result, Stage, result_of
from legislation.sources.measures import legisinfo
from legislation.sources.measures.records import MeasureRecord
from tests.real_data.staged import staged

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def bills() -> dict[str, MeasureRecord]:
    (file,) = legisinfo.open_at(staged("bills/legisinfo/45-1.tar.gz"))
    records = list(file.records)
    assert all(isinstance(record, MeasureRecord) for record in records)
    return {record.key.number: record for record in records}


def test_185_bills_are_read_and_each_has_a_title_in_both_languages(bills):
    assert len(bills) == 185
    assert len({bill.external_id for bill in bills.values()}) == 185
    assert all(bill.title_en and bill.title_fr for bill in bills.values())
    assert {bill.key.session.identifier for bill in bills.values()} == {"45-1"}


def test_29_bills_received_royal_assent_and_each_has_its_chapter(bills):
    enacted = [bill for bill in bills.values() if bill.stages[-1].stage == Stage.ENACTED]

    assert len(enacted) == 29
    assert all(any(title.startswith("S.C. ") for title in bill.other_titles) for bill in enacted)
    assert all("(S.C. " in bill.actions[-1].text for bill in enacted)


def test_ten_bills_were_defeated_and_the_rest_is_open(bills):
    fates = [result_of(bill.stages[-1].stage) for bill in bills.values()]

    assert (fates.count(Result.VOTED_DOWN), fates.count(Result.OPEN)) == (10, 146)


def test_96_divisions_of_the_house_are_counted_without_names(bills):
    divisions = [division for bill in bills.values() for division in bill.roll_calls]

    assert len(divisions) == len({division.external_id for division in divisions}) == 96
    assert all(division.yes and division.no is not None and division.votes is None for division in divisions)
    assert all(division.motion_fr for division in divisions)


def test_two_bills_are_pro_forma_and_stay(bills):
    assert sorted(number for number, bill in bills.items() if "Pro forma" in bill.subjects) == ["C-1", "S-1"]


def test_a_bill_from_the_senate_and_one_from_the_house_have_their_chambers_apart(bills):
    first_steps = {number: bill.stages[0] for number, bill in bills.items()}

    assert {(number[0], step.chamber) for number, step in first_steps.items()} == {
        ("C", "lower"),
        ("S", "upper"),
    }
    assert {step.stage for step in first_steps.values()} == {Stage.INTRODUCED}


def test_history_is_in_order_and_bilingual(bills):
    for bill in bills.values():
        assert [line.on for line in bill.actions] == sorted(line.on for line in bill.actions)
        assert all(line.text and line.text_fr for line in bill.actions)


def test_texts_sponsors_and_earlier_bills_are_there(bills):
    assert sum(len(bill.texts) for bill in bills.values()) == 283
    assert all(len(bill.sponsors) == 1 for bill in bills.values())
    assert {bill.sponsors[0].who.identifiers[0][0] for bill in bills.values()} == {"ourcommons"}
    related = [relation for bill in bills.values() for relation in bill.relations]
    assert len(related) == 129
    assert sum(relation.other.session.identifier != "45-1" for relation in related) == 127


def test_no_markup_is_left_in_summaries(bills):
    summaries = [text for bill in bills.values() for text in (bill.summary_en, bill.summary_fr) if text]

    assert len(summaries) == 56
    assert not any(mark in text for text in summaries for mark in ("<br", "<div", "&nbsp;", "&lt;"))
