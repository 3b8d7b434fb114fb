"""A month and a fiscal year of measures counted by hand, and the same counted by the blocks of the national report."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from advocacy.positions.models import Amendments, Contribution, Standpoint, TierChange
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.registry import METRICS, NOT_RECORDED
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.national.document import Block
from advocacy.reports.national.policy import outcome_matrix, policy_changes
from legislation.models import Measure, Stage
from tests.cast import Cast
from tests.factories.measures import measure, proposed, stepped, took, tracked
from tests.factories.months import FEBRUARY
from tests.factories.people import province

YEAR = Window(date(2026, 7, 1), date(2027, 7, 1))
MONTH = Window.of(FEBRUARY)
NATION = Scope.of_nation("SHD", "America/Chicago")
IN_FEBRUARY = date(2027, 2, 17)
SUPPORT, IF_AMENDED = Standpoint.SUPPORT, Standpoint.SUPPORT_IF_AMENDED
OPPOSE, UNLESS_AMENDED = Standpoint.OPPOSE, Standpoint.OPPOSE_UNLESS_AMENDED


@pytest.fixture(autouse=True)
def at_the_end_of_the_year(cast: Cast, clock) -> None:
    clock.move_to(datetime(2027, 7, 2, 15, tzinfo=UTC))


def ended(number: str, stage: Stage, on: date = IN_FEBRUARY) -> Measure:
    bill = measure(number)
    stepped(bill, Stage.INTRODUCED, date(2027, 1, 12))
    stepped(bill, stage, on)
    return bill


def matrix(scope: Scope = NATION, window: Window = YEAR) -> dict[str, list[object]]:
    """By position, without the rows that hold nothing."""
    rows = outcome_matrix(scope, window).rows
    return {str(row[0]): list(row[1:]) for row in rows if any(row[1:-1])}


def changes(scope: Scope = NATION, window: Window = MONTH) -> list[list[object]]:
    return [list(row[1:]) for row in policy_changes(scope, window).rows]


def notes(block: Block) -> str:
    return " ".join(block.notes)


def test_the_matrix_is_the_table_of_the_brief_with_our_part_beside_the_win(cast: Cast):
    by, led, joined = cast.jordan, Contribution.LED, Contribution.COALITION
    took(ended("HB 1", Stage.ENACTED), None, SUPPORT, by, contribution=led)
    took(ended("HB 2", Stage.IN_FORCE), None, SUPPORT, by, contribution=joined)
    took(ended("HB 3", Stage.FAILED), None, SUPPORT, by)
    took(ended("HB 4", Stage.DIED), None, SUPPORT, by)
    took(ended("HB 5", Stage.VETOED), None, SUPPORT, by)
    took(ended("HB 6", Stage.CARRIED_OVER), None, SUPPORT, by)
    took(ended("HB 7", Stage.ENACTED), None, IF_AMENDED, by, amendments_obtained=Amendments.SOME)
    took(ended("HB 8", Stage.ENACTED), None, IF_AMENDED, by, amendments_obtained=Amendments.NONE)
    took(ended("HB 9", Stage.ENACTED), None, UNLESS_AMENDED, by, amendments_obtained=Amendments.NONE)
    took(ended("HB 10", Stage.ENACTED), None, OPPOSE, by)
    took(ended("HB 11", Stage.DIED), None, OPPOSE, by, contribution=Contribution.MONITORED)
    took(ended("HB 12", Stage.ENACTED), None, Standpoint.NEUTRAL, by)

    assert matrix() == {
        "Support": [2, 1, 1, 1, 1, "2 wins (1 led, 1 in a coalition), 3 losses, 1 open"],
        "Support if amended": [2, 0, 0, 0, 0, "1 win (1 without our part on record), 1 mixed"],
        "Neutral": [1, 0, 0, 0, 0, "not scored"],
        "Oppose unless amended": [1, 0, 0, 0, 0, "1 loss"],
        "Oppose": [1, 0, 1, 0, 0, "1 win (1 monitored only), 1 loss"],
    }


def test_the_matrix_names_every_position_and_keeps_voted_down_apart_from_out_of_time(cast: Cast):
    took(ended("HB 1", Stage.FAILED), None, SUPPORT, cast.jordan)
    block = outcome_matrix(NATION, YEAR)

    assert [str(row[0]) for row in block.rows] == [str(label) for label in Standpoint.labels]
    assert [column.code for column in block.columns] == [
        "position", "enacted", "voted_down", "ran_out_of_time", "vetoed", "open", "result",
    ]  # fmt: skip


def test_what_was_approved_on_the_last_day_is_not_scored_and_the_note_says_so(cast: Cast):
    bill = ended("HB 1", Stage.ENACTED)
    took(bill, cast.gulf_prairie, SUPPORT, cast.jordan, IN_FEBRUARY)
    took(bill, cast.hill_country, OPPOSE, cast.jordan, date(2027, 2, 16))
    proposed(bill, cast.three_capitals, SUPPORT)

    assert matrix() == {"Oppose": [1, 0, 0, 0, 0, "1 loss"]}
    assert "1 position was approved too late to be scored." in notes(outcome_matrix(NATION, YEAR))


def test_a_position_changed_before_the_end_is_scored_as_it_was_on_the_day_before(cast: Cast):
    bill = ended("HB 1", Stage.DIED)
    took(bill, None, SUPPORT, cast.jordan, ends_on=date(2027, 2, 1))
    took(bill, None, OPPOSE, cast.jordan, date(2027, 2, 1), contribution=Contribution.LED)

    assert matrix() == {"Oppose": [0, 0, 1, 0, 0, "1 win (1 led)"]}


def test_chapters_that_agree_count_once_and_those_that_do_not_count_each(cast: Cast):
    bill = ended("HB 1", Stage.ENACTED)
    took(bill, cast.gulf_prairie, SUPPORT, cast.jordan, contribution=Contribution.MONITORED)
    took(bill, cast.hill_country, SUPPORT, cast.jordan, contribution=Contribution.LED)
    took(bill, cast.three_capitals, OPPOSE, cast.jordan)

    assert matrix() == {
        "Support": [1, 0, 0, 0, 0, "1 win (1 led)"],
        "Oppose": [1, 0, 0, 0, 0, "1 loss"],
    }
    assert matrix(Scope.of_chapter(cast.gulf_prairie)) == {
        "Support": [1, 0, 0, 0, 0, "1 win (1 monitored only)"]
    }


def test_each_end_counts_in_its_own_year_and_what_is_pending_is_open_in_each(cast: Cast):
    took(ended("HB 1", Stage.ENACTED, date(2027, 6, 30)), None, SUPPORT, cast.jordan)
    took(ended("HB 2", Stage.ENACTED, date(2027, 7, 1)), None, SUPPORT, cast.jordan)
    took(ended("HB 3", Stage.CARRIED_OVER), None, SUPPORT, cast.jordan)
    next_year = Window(date(2027, 7, 1), date(2028, 7, 1))

    assert [matrix(window=window)["Support"][:5] for window in (YEAR, next_year)] == [
        [1, 0, 0, 0, 2],
        [1, 0, 0, 0, 1],
    ]


def test_a_replaced_measure_leaves_the_matrix_with_a_word(cast: Cast):
    took(ended("HB 1", Stage.REPLACED), None, SUPPORT, cast.jordan)
    block = outcome_matrix(NATION, YEAR)

    assert (block.rows, "1 measure was replaced" in notes(block)) == ([], True)


def test_a_month_of_policy_by_jurisdiction_with_position_and_tag(cast: Cast):
    quebec = measure("Bill 47", jurisdiction=province("qc", "Quebec", "Québec"), session="43-2")
    stepped(quebec, Stage.PASSED_1, date(2027, 2, 23), local_label="Adoption")
    tracked(quebec, cast.saint_laurent, tier=2)
    fought = ended("HB 10", Stage.ENACTED)
    took(fought, None, OPPOSE, cast.jordan)
    held = ended("HB 20", Stage.DIED)
    took(held, cast.gulf_prairie, OPPOSE, cast.jordan, contribution=Contribution.LED)
    tracked(measure("HB 30"), cast.hill_country, tier=1, since=date(2027, 2, 3))
    block = policy_changes(NATION, MONTH)

    assert [list(row) for row in block.rows] == [
        [
            "Quebec",
            "Bill 47 (43-2)",
            "Title of Bill 47",
            "Passed a chamber (Adoption)",
            "2027-02-23",
            "",
            "",
            "",
        ],
        ["Texas", "HB 10 (90R)", "Title of HB 10", "Enacted", "2027-02-17", "Oppose", "Loss", "–"],
        ["Texas", "HB 20 (90R)", "Title of HB 20", "Ran out of time", "2027-02-17", "Oppose", "Win", "Led"],
        ["Texas", "HB 30 (90R)", "Title of HB 30", "New in tier 1", "2027-02-03", "", "", ""],
    ]


def test_what_nobody_follows_or_moved_in_another_month_is_no_change_of_ours(cast: Cast):
    ended("HB 1", Stage.ENACTED)
    tracked(ended("HB 2", Stage.ENACTED), cast.gulf_prairie, tier=4)
    tracked(ended("HB 3", Stage.ENACTED, date(2027, 3, 1)), cast.gulf_prairie)
    proposed(ended("HB 4", Stage.ENACTED), cast.gulf_prairie, SUPPORT)

    assert changes() == []


def test_what_is_archived_in_the_month_in_which_it_died_is_told_all_the_same(cast: Cast):
    tracking = tracked(ended("HB 1", Stage.DIED), cast.gulf_prairie)
    TierChange.objects.create(tracking=tracking, on=date(2027, 2, 20), tier=4)

    brief = tracked(ended("HB 2", Stage.DIED), cast.gulf_prairie, since=date(2027, 2, 3), tier=2)
    TierChange.objects.create(tracking=brief, on=date(2027, 2, 20), tier=4)

    assert [row[2] for row in changes()] == ["Ran out of time", "Ran out of time"]


def test_a_bill_that_somebody_led_before_is_not_new_in_tier_1_for_the_nation(cast: Cast):
    bill = measure("HB 1")
    tracked(bill, cast.gulf_prairie, tier=1)
    tracked(bill, cast.hill_country, tier=1, since=date(2027, 2, 3))

    assert changes() == []
    assert [row[2] for row in changes(Scope.of_chapter(cast.hill_country))] == ["New in tier 1"]


def test_the_blocks_speak_the_language_of_the_report(cast: Cast):
    bill = ended("C-412", Stage.ENACTED)
    Measure.objects.filter(pk=bill.pk).update(title_fr="Loi concernant les soins connectés")
    took(bill, None, SUPPORT, cast.jordan)

    with translation.override("fr"):
        assert changes()[0][1] == "Loi concernant les soins connectés"


def test_a_month_of_tracking_counted_by_hand(cast: Cast):
    """Five bills; two chapters follow the first; one is archived, one only later."""
    first, second, third, fourth, fifth = (measure(f"HB {number}") for number in range(1, 6))
    tracked(first, cast.gulf_prairie, tier=2)
    tracked(first, cast.hill_country, tier=1)
    tracked(second, cast.gulf_prairie, tier=1)
    tracked(third, None, tier=3)
    tracked(fourth, cast.gulf_prairie, tier=4)
    tracked(fifth, cast.gulf_prairie, tier=1, since=date(2027, 3, 1))
    stepped(first, Stage.COMMITTEE_1, date(2027, 2, 1))
    stepped(first, Stage.HEARING_1, date(2027, 2, 28))
    stepped(second, Stage.COMMITTEE_1, date(2027, 3, 1))
    stepped(third, Stage.COMMITTEE_1, date(2027, 2, 9))

    def figure(scope: Scope) -> Figure:
        return METRICS["measures"].count(scope, MONTH)

    def expected(value: int, **parts: int) -> Figure:
        return Figure(Unit.COUNT, value, parts=parts)

    assert figure(NATION) == expected(3, moved=2, tier_1=2, tier_1_moved=1)
    assert figure(Scope.of_chapter(cast.gulf_prairie)) == expected(2, moved=1, tier_1=1, tier_1_moved=0)
    assert figure(Scope.of_chapter(cast.saint_laurent)) == expected(0, moved=0, tier_1=0, tier_1_moved=0)
    rows = METRICS["measures"].rows
    assert rows is not None
    assert list(rows(NATION, MONTH).order_by("number")) == [first, second, third]
    assert "measures" not in [one.code for one in NOT_RECORDED]


@pytest.mark.parametrize("number", [1, 3])
def test_the_blocks_ask_as_often_for_one_measure_as_for_three(
    cast: Cast, django_assert_num_queries, number: int
):
    for one in range(number):
        bill = ended(f"HB {one}", Stage.ENACTED)
        tracked(bill, cast.gulf_prairie, tier=1, since=date(2027, 2, 3))
        took(bill, cast.gulf_prairie, SUPPORT, cast.jordan)

    with django_assert_num_queries(7):
        assert len(policy_changes(NATION, MONTH).rows) == 2 * number
        assert outcome_matrix(NATION, YEAR).rows
