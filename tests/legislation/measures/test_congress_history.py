"""The lines of three source systems as one history."""

from datetime import date

import pytest

from legislation.models.stage import Stage
from legislation.sources.measures.congress_history import RawLine, history, stages
from legislation.sources.measures.congress_numbers import TYPES

DAY, NEXT = date(2025, 3, 4), date(2025, 3, 5)
LIBRARY, HOUSE, SENATE = "9", "2", "0"


def texts(*lists):
    return [line.text for line in history(lists)]


def test_a_list_that_is_newest_first_is_turned():
    lines = [RawLine(NEXT, "d"), RawLine(DAY, "c"), RawLine(DAY, "b"), RawLine(DAY, "a")]

    assert texts(lines) == ["a", "b", "c", "d"]


def test_a_list_that_is_oldest_first_stays_as_it_is():
    lines = [RawLine(DAY, "a"), RawLine(DAY, "b"), RawLine(NEXT, "c")]

    assert texts(lines) == ["a", "b", "c"]


def test_a_mixed_list_is_sorted_by_day_and_keeps_the_order_of_a_day():
    lines = [RawLine(NEXT, "d"), RawLine(DAY, "b"), RawLine(NEXT, "c"), RawLine(DAY, "a")]

    assert texts(lines) == ["a", "b", "c", "d"]


def test_in_a_mixed_list_a_line_without_an_hour_keeps_its_place_in_its_day():
    lines = [RawLine(NEXT, "d"), RawLine(DAY, "b"), RawLine(NEXT, "c"), RawLine(DAY, "a", "10:00:00")]

    assert texts(lines) == ["a", "b", "c", "d"]


def test_lines_without_a_day_or_without_words_say_nothing():
    assert texts([RawLine(None, "a"), RawLine(DAY, ""), RawLine(DAY, "b")]) == ["b"]


def test_the_same_words_at_two_hours_of_a_day_are_two_events():
    lines = [RawLine(DAY, "Considered.", "11:30:00"), RawLine(DAY, "Considered.", "10:00:00")]

    assert texts(lines) == ["Considered.", "Considered."]


def test_the_same_hour_written_in_two_ways_is_one():
    lines = [RawLine(DAY, "Held at the desk.", "02:22PM"), RawLine(DAY, "Held at the desk.", "14:22:00")]

    assert texts(lines) == ["Held at the desk."]


@pytest.mark.parametrize(("written", "first"), [("12:05AM", "b"), ("12:05PM", "a"), ("noon", "b")])
def test_midnight_and_noon_are_twelve(written, first):
    own = [RawLine(DAY, "b", written)]
    of_an_amendment = [RawLine(DAY, "a", "01:00:00", amendment="S.Amdt. 1")]

    assert history([own, of_an_amendment])[0].text == first


def test_what_the_library_repeats_is_one_line_in_the_words_and_the_place_of_the_chamber():
    lines = [
        RawLine(DAY, "Passed Senate by Voice Vote. (text: CR S1-2)", system=SENATE),
        RawLine(DAY, "Measure laid before Senate.", system=SENATE),
        RawLine(
            DAY,
            "Passed/agreed to in Senate: Passed Senate by Voice Vote.(text: CR S1-2)",
            "",
            "",
            "17000",
            LIBRARY,
        ),
    ]

    laid, passed = history([lines])

    assert laid.text == "Measure laid before Senate."
    assert (passed.text, passed.codes) == ("Passed Senate by Voice Vote. (text: CR S1-2)", ("17000",))


def test_lines_of_amendments_are_woven_in_by_the_hour():
    own = [RawLine(DAY, "passed", "18:00:00"), RawLine(DAY, "debate", "10:00:00")]
    of_an_amendment = [
        RawLine(DAY, "agreed to", "12:00:00", amendment="H.Amdt. 1"),
        RawLine(DAY, "offered", "11:00:00"),
    ]

    assert texts(own, of_an_amendment) == ["debate", "offered", "agreed to", "passed"]


def test_the_same_words_about_two_amendments_are_two_lines():
    lists = [[RawLine(DAY, "House amendment offered", amendment=name)] for name in ("H.Amdt. 1", "H.Amdt. 2")]

    assert [line.fact.text for line in history(lists)] == [
        "H.Amdt. 1: House amendment offered",
        "H.Amdt. 2: House amendment offered",
    ]


def test_a_stage_that_goes_on_is_not_reached_again_but_one_that_comes_back_is():
    lines = history(
        [
            [
                RawLine(date(2025, 5, 2), "Referred to the Subcommittee on Health.", system="1"),
                RawLine(date(2025, 5, 1), "Subcommittee Hearings Held.", system="1"),
                RawLine(date(2025, 4, 2), "Referred to the Subcommittee on Work.", system="1"),
                RawLine(date(2025, 4, 1), "Referred to the House Committee on Ways and Means.", system="1"),
            ]
        ]
    )

    found = stages(lines, TYPES["hr"], introduced_on=date(2025, 3, 31), law="")

    assert [(one.on, one.stage) for one in found] == [
        (date(2025, 3, 31), Stage.INTRODUCED),
        (date(2025, 4, 1), Stage.COMMITTEE_1),
        (date(2025, 5, 1), Stage.HEARING_1),
        (date(2025, 5, 2), Stage.COMMITTEE_1),
    ]


def test_the_number_of_the_law_says_more_than_the_signature_of_the_same_day():
    lines = history([[RawLine(DAY, "Became Public Law No: 119-3."), RawLine(DAY, "Signed by President.")]])

    (enacted,) = stages(lines, TYPES["s"], introduced_on=None, law="Public Law 119-3")

    assert (enacted.stage, enacted.local_label) == (Stage.ENACTED, "Became Public Law 119-3")


def test_a_step_that_is_listed_again_on_its_day_is_kept_once():
    lines = history(
        [
            [
                RawLine(DAY, "Passed Senate again."),
                RawLine(DAY, "Presented to President."),
                RawLine(DAY, "Passed Senate."),
            ]
        ]
    )

    found = stages(lines, TYPES["s"], introduced_on=None, law="")

    assert [one.stage for one in found] == [Stage.PASSED_1, Stage.ENROLLED]
