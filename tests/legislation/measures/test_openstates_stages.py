"""The action words of Open States, as steps of a measure."""

from datetime import date

import pytest

from legislation.models.jurisdiction import ChamberCode
from legislation.models.stage import Stage
from legislation.sources.measures.openstates_stages import stages_of
from legislation.sources.measures.records import ActionFact, StageFact

UPPER, LOWER = ChamberCode.UPPER, ChamberCode.LOWER
ONE, GOVERNOR = ChamberCode.LEGISLATURE, ChamberCode.EXECUTIVE


def line(words, chamber=LOWER, text="As it is written", day=1):
    return ActionFact(date(2026, 2, day), text, chamber=chamber, classification=words)


def steps(*lines, origin=LOWER):
    return [found.stage for found in stages_of(lines, origin)]


def test_a_bill_of_two_chambers_goes_the_whole_way():
    lines = [
        line("filing"),
        line("introduction", day=2),
        line("referral-committee", day=3),
        line("hearing-held", day=4),
        line("committee-passage-favorable", day=5),
        line("reading-2", day=6),
        line("passage, reading-3", day=7),
        line("introduction, referral-committee", UPPER, day=8),
        line("hearing-held", UPPER, day=9),
        line("committee-passage", UPPER, day=10),
        line("reading-2", UPPER, day=11),
        line("passage", UPPER, day=12),
        line("passage", LOWER, day=13),
        line("enrolled", LOWER, day=14),
        line("executive-signature", GOVERNOR, day=15),
    ]

    assert steps(*lines) == [
        Stage.PREFILED,
        Stage.INTRODUCED,
        Stage.COMMITTEE_1,
        Stage.HEARING_1,
        Stage.REPORTED_1,
        Stage.PRINCIPLE,
        Stage.PASSED_1,
        Stage.COMMITTEE_2,
        Stage.HEARING_2,
        Stage.REPORTED_2,
        Stage.PASSED_2,
        Stage.RECONCILING,
        Stage.ENROLLED,
        Stage.ENACTED,
    ]


def test_a_senate_bill_passes_the_senate_first():
    assert steps(line("passage", UPPER), line("passage", LOWER, day=2), origin=UPPER) == [
        Stage.PASSED_1,
        Stage.PASSED_2,
    ]


def test_where_nobody_says_where_it_began_it_began_where_it_first_was():
    assert steps(line("introduction", UPPER), line("passage", LOWER, day=2), origin=None) == [
        Stage.INTRODUCED,
        Stage.PASSED_2,
    ]


def test_a_legislature_of_one_chamber_has_no_second():
    assert steps(line("referral-committee", ONE), line("passage", ONE, day=2), origin=ONE) == [
        Stage.COMMITTEE_1,
        Stage.PASSED_1,
    ]


def test_a_line_without_a_chamber_belongs_to_where_the_bill_is():
    lines = [line("passage"), line("receipt", UPPER, day=2), line("referral-committee", ONE, day=3)]

    assert steps(*lines) == [Stage.PASSED_1, Stage.COMMITTEE_2]


@pytest.mark.parametrize(
    "text",
    [
        "Referred to the Senate Committee on Finance",
        "Rerefer to S02 - Appropriations",
        "S08 - Transportation: do pass",
    ],
)
def test_a_committee_says_of_which_chamber_it_is(text):
    assert steps(line("referral-committee", LOWER, text)) == [Stage.COMMITTEE_2]


def test_a_number_given_by_an_office_is_no_reading():
    assert steps(line("reading-1", GOVERNOR, "Bill Number Assigned"), line("introduction", day=2)) == [
        Stage.PREFILED,
        Stage.INTRODUCED,
    ]


def test_a_bill_is_introduced_once_and_filed_before_anything_else():
    assert steps(line("introduction"), line("reading-1", day=2), line("filing", day=3)) == [Stage.INTRODUCED]
    assert steps(line("filing"), line("filing", day=2)) == [Stage.PREFILED]


def test_a_second_reading_on_the_way_to_committee_is_the_referral():
    assert steps(line("reading-2, referral-committee")) == [Stage.COMMITTEE_1]


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("executive-receipt", Stage.ENROLLED),
        ("became-law", Stage.ENACTED),
        ("executive-veto", Stage.VETOED),
        ("executive-veto-line-item", Stage.VETOED),
        ("executive-signature, executive-veto-line-item", Stage.ENACTED),
        ("veto-override-failure", Stage.VETOED),
        ("concurrence", Stage.RECONCILING),
        ("committee-passage-unfavorable", Stage.REPORTED_1),
        ("failure", Stage.FAILED),
        ("committee-failure", Stage.FAILED),
        ("withdrawal", Stage.FAILED),
        ("carried-over", Stage.CARRIED_OVER),
    ],
)
def test_words_mean_a_stage(words, stage):
    assert steps(line(words)) == [stage]


@pytest.mark.parametrize(
    "words", ["", "deferral", "receipt", "reading-3", "substitution", "amendment-passage"]
)
def test_words_that_move_nothing_are_no_stage(words):
    assert steps(line(words)) == []


@pytest.mark.parametrize(
    ("words", "text", "stage"),
    [
        ("committee-failure", "H COW:H Did not consider for COW", Stage.DIED),
        ("committee-failure", "S:Died in Committee Returned Bill Pursuant to SR 5-4", Stage.DIED),
        ("deferral", "H Did not Consider for Introduction", Stage.DIED),
        ("", "S No report prior to CoW Cutoff", Stage.DIED),
        ("deferral", "House Committee Postpone Indefinitely: postponed indefinitely", Stage.FAILED),
        ("", "Passed by indefinitely in Finance", Stage.FAILED),
        ("", "Inexpedient to Legislate, adopted", Stage.FAILED),
        ("", "H Failed Introduction 38-24-0-0-0", Stage.FAILED),
        ("", "Continued to next session in Finance", Stage.CARRIED_OVER),
        ("", "S Received for Concurrence", Stage.RECONCILING),
        ("", "Assigned Number HEA No. 0033", Stage.ENROLLED),
    ],
)
def test_polite_words_are_understood_where_upstream_says_too_little(words, text, stage):
    assert steps(line(words, text=text)) == [stage]


def test_local_words_do_not_overrule_what_upstream_says():
    assert steps(line("passage", text="Passed; the motion that it be postponed indefinitely died")) == [
        Stage.PASSED_1
    ]


def test_a_veto_is_overridden_when_both_chambers_have():
    first, second = line("veto-override-passage"), line("veto-override-passage", UPPER, day=2)

    assert steps(first) == []
    assert steps(first, second) == [Stage.ENACTED]
    assert steps(line("veto-override-passage", ONE), origin=ONE) == [Stage.ENACTED]


def test_a_step_taken_twice_in_a_day_stands_where_it_was_taken_last():
    lines = [
        line("committee-passage", text="Do pass"),
        line("committee-failure", text="Failed"),
        line("committee-passage", text="Reconsidered, do pass"),
    ]

    assert [(found.stage, found.local_label) for found in stages_of(lines, LOWER)] == [
        (Stage.FAILED, "Failed"),
        (Stage.REPORTED_1, "Reconsidered, do pass"),
    ]


def test_a_bill_that_goes_back_is_not_refused():
    lines = [line("passage"), line("referral-committee", day=2), line("introduction", UPPER, day=3)]

    assert steps(*lines) == [Stage.PASSED_1, Stage.COMMITTEE_1]


def test_a_step_is_told_in_the_words_of_the_legislature_and_in_the_length_there_is():
    long, short = line("passage", text="x" * 500), line("passage", day=2, text="Passed House", chamber=LOWER)
    first, second = stages_of([long, short], LOWER)

    assert first.local_label == "x" * 119 + "…"
    assert second == StageFact(date(2026, 2, 2), Stage.PASSED_1, "Passed House", LOWER)
