"""Where a bill stands, from what LegiScan counts and what the history says."""

from datetime import date

import pytest

from legislation.models.jurisdiction import ChamberCode
from legislation.models.stage import Stage
from legislation.sources.measures.legiscan_stages import Progress, stages, stages_in_words
from legislation.sources.measures.records import ActionFact, StageFact

HOUSE, SENATE = ChamberCode.LOWER, ChamberCode.UPPER


def day(number: int) -> date:
    return date(2025, 3, number)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Prefiled", Stage.PREFILED),
        ("Introduced By Senator Ada Quill", Stage.INTRODUCED),
        ("Referred To Committee On Health", Stage.COMMITTEE_1),
        ("Per Rule 49(a) Referred To Committee On Appropriations", Stage.COMMITTEE_1),
        ("Public hearing held", Stage.HEARING_1),
        ("Reported With Recommendation With Substitute (h-1)", Stage.REPORTED_1),
        ("Passed; Given Immediate Effect Roll Call #5 Yeas 67 Nays 38", Stage.PASSED_1),
        ("Third Reading - Passed", Stage.PASSED_1),
        ("Adopted", Stage.PASSED_1),
        ("Senate refused to concur in House amendments", Stage.RECONCILING),
        ("Bill Ordered Enrolled", Stage.ENROLLED),
        ("Presented to the Governor 06/26/2025", Stage.ENROLLED),
        ("Approved By The Governor 06/27/2025", Stage.ENACTED),
        ("Became Public Law No: 119-1.", Stage.ENACTED),
        ("Vetoed by Governor", Stage.VETOED),
        ("Defeated Roll Call #49 Yeas 39 Nays 64", Stage.FAILED),
        ("Passed by indefinitely in Education", Stage.FAILED),
        ("Indefinitely postponed", Stage.FAILED),
        ("Died in Appropriations", Stage.DIED),
        ("Left in Finance", Stage.DIED),
        ("Continued to 2026 in Courts of Justice", Stage.CARRIED_OVER),
        ("Substituted by S12", Stage.REPLACED),
    ],
)
def test_a_line_of_the_history_tells_a_stage(text, stage):
    assert stages_in_words(text) == (stage,)


@pytest.mark.parametrize(
    "text",
    [
        "Read A Second Time",
        "Passed By House With Immediate Effect",
        "Passed by for the day",
        "Passed Second Reading",
        "Passed to Third Reading",
        "Amendment(s) Defeated",
        "Amendment withdrawn",
        "Substitute (s-1) Defeated",
        "Motion to indefinitely postpone rejected",
        "Not Adopted Roll Call #9",
        "Senator Ada Quill Withdrawn As Cosponsor",
        "Signed by President of the Senate",
        "Presented to the President of the Senate",
        "Referred To Second Reading",
        "Referred To Committee Of The Whole",
        "Pending House Judiciary",
        "Reported correctly engrossed",
    ],
)
def test_a_line_that_sounds_like_a_step_and_is_none_moves_nothing(text):
    assert stages_in_words(text) == ()


def test_a_first_reading_with_its_referral_is_two_steps():
    text = "Read for the first time and referred to the House Committee on Judiciary"

    assert stages_in_words(text) == (Stage.INTRODUCED, Stage.COMMITTEE_1)


def test_steps_after_the_first_passage_are_those_of_the_other_chamber():
    progress = [
        Progress(day(1), 1),
        Progress(day(2), 9),
        Progress(day(3), 10),
        Progress(day(4), 2),
        Progress(day(5), 9),
        Progress(day(6), 10),
        Progress(day(7), 3),
        Progress(day(8), 4),
    ]

    found = stages(progress, (), HOUSE)

    assert found == (
        StageFact(day(1), Stage.INTRODUCED, chamber=HOUSE),
        StageFact(day(2), Stage.COMMITTEE_1, chamber=HOUSE),
        StageFact(day(3), Stage.REPORTED_1, chamber=HOUSE),
        StageFact(day(4), Stage.PASSED_1, chamber=HOUSE),
        StageFact(day(5), Stage.COMMITTEE_2, chamber=SENATE),
        StageFact(day(6), Stage.REPORTED_2, chamber=SENATE),
        StageFact(day(7), Stage.ENROLLED),
        StageFact(day(8), Stage.ENACTED),
    )


def test_the_history_lends_its_words_to_a_step_of_the_same_day():
    history = [ActionFact(day(2), "Referred to the Committee of Health", chamber=HOUSE)]

    found = stages([Progress(day(2), 9)], history, HOUSE)

    assert found == (StageFact(day(2), Stage.COMMITTEE_1, "Referred to the Committee of Health", HOUSE),)


def test_the_history_adds_steps_that_legiscan_does_not_count():
    history = [
        ActionFact(day(1), "Prefiled", chamber=HOUSE),
        ActionFact(day(3), "Public hearing held", chamber=HOUSE),
        ActionFact(day(9), "Third reading passed", chamber=SENATE),
    ]

    found = stages([Progress(day(2), 1), Progress(day(4), 2)], history, HOUSE)

    assert [(step.on, step.stage) for step in found] == [
        (day(1), Stage.PREFILED),
        (day(2), Stage.INTRODUCED),
        (day(3), Stage.HEARING_1),
        (day(4), Stage.PASSED_1),
        (day(9), Stage.PASSED_2),
    ]


def test_a_chamber_passes_a_bill_once():
    history = [
        ActionFact(day(4), "Passed Roll Call # 4", chamber=HOUSE),
        ActionFact(day(5), "Passed Roll Call # 5", chamber=HOUSE),
        ActionFact(day(6), "Passed Roll Call # 6", chamber=SENATE),
    ]

    found = stages((), history, HOUSE)

    assert [(step.on, step.stage) for step in found] == [(day(4), Stage.PASSED_1), (day(6), Stage.PASSED_2)]


def test_a_first_reading_in_the_second_chamber_is_no_second_introduction():
    history = [
        ActionFact(day(1), "Introduced", chamber=SENATE),
        ActionFact(day(6), "First reading", chamber=HOUSE),
    ]

    assert [step.on for step in stages((), history, SENATE)] == [day(1)]


def test_the_status_counts_where_nothing_else_tells_of_it():
    told = [ActionFact(day(4), "Passed Roll Call # 4", chamber=HOUSE)]

    found = stages((), told, HOUSE, Progress(day(5), 2))
    assert [(step.on, step.stage) for step in found] == [(day(4), Stage.PASSED_1)]

    found = stages((), told, HOUSE, Progress(day(8), 5))
    assert [(step.on, step.stage) for step in found] == [(day(4), Stage.PASSED_1), (day(8), Stage.VETOED)]


def test_what_one_chamber_adopts_is_done_in_its_own_words():
    told = [ActionFact(day(4), "Adopted", chamber=SENATE)]

    found = stages((), told, SENATE, Progress(day(4), 4))

    assert found[-1] == StageFact(day(4), Stage.ENACTED, "Adopted")


def test_a_veto_and_its_override_on_one_day_end_as_law():
    found = stages([Progress(day(9), 7), Progress(day(9), 5)], (), HOUSE)

    assert [step.stage for step in found] == [Stage.VETOED, Stage.ENACTED]


def test_a_code_of_tomorrow_moves_nothing():
    assert stages([Progress(day(1), 99)], (), HOUSE, Progress(day(1), 0)) == ()


def test_a_long_line_is_cut_to_a_label():
    (found,) = stages((), [ActionFact(day(1), "Introduced " + "x" * 300, chamber=HOUSE)], HOUSE)

    assert len(found.local_label) == 120
