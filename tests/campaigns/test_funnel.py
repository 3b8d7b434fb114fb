"""The arithmetic of the funnel."""

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from campaigns import funnel
from campaigns.funnel import Rate, Step, Tally

MONDAY, TUESDAY, WEDNESDAY = (date(2027, 2, day) for day in (8, 9, 10))
tallies = st.lists(
    st.builds(
        Tally,
        st.sampled_from(Step),
        st.integers(0, 1_000_000),
        st.none() | st.integers(1, 5),
        st.none() | st.integers(1, 5),
        st.sampled_from([MONDAY, TUESDAY, WEDNESDAY]),
    )
)


def test_each_step_has_its_count_and_the_share_it_is_of():
    found = funnel.funnel_of(
        [
            Tally(Step.INVITED, 1000),
            Tally(Step.DELIVERED, 950),
            Tally(Step.VIEWED, 400),
            Tally(Step.ACTED, 100, chapter=1),
            Tally(Step.ACTED, 90, chapter=2),
            Tally(Step.CONFIRMED, 57),
            Tally(Step.ANSWERED, 19),
        ]
    )

    with override("en"):
        assert found.rows == [
            (Step.INVITED, 1000, ""),
            (Step.DELIVERED, 950, "95%"),
            (Step.VIEWED, 400, "42%"),
            (Step.ACTED, 190, "20%"),
            (Step.CONFIRMED, 57, "30%"),
            (Step.ANSWERED, 19, "10%"),
        ]


def test_a_share_of_nobody_is_not_available_rather_than_none():
    with override("en"):
        assert funnel.funnel_of([]).rows[1:] == [(step, 0, "n/a") for step in list(Step)[1:]]
        assert Rate(0, 5).text == "0%"


def test_more_may_act_than_were_written_to():
    found = funnel.funnel_of([Tally(Step.DELIVERED, 4), Tally(Step.ACTED, 6)])

    with override("en"):
        assert found.rows[3] == (Step.ACTED, 6, "150%")


def test_all_but_one_are_not_all():
    with override("en"):
        assert Rate(999, 1000).text == "99%"


def test_chapters_stand_in_order_and_what_is_credited_to_none_last():
    found = funnel.by_chapter(
        [Tally(Step.ACTED, 1), Tally(Step.ACTED, 2, chapter=7), Tally(Step.ACTED, 3, chapter=3)]
    )

    assert [(chapter, one.counts[Step.ACTED]) for chapter, one in found.items()] == [
        (3, 3),
        (7, 2),
        (None, 1),
    ]


def test_a_day_on_which_nothing_happened_is_a_day_too():
    found = funnel.by_day(
        [Tally(Step.ACTED, 2, day=MONDAY), Tally(Step.ACTED, 5, day=date(2027, 2, 20))], MONDAY, WEDNESDAY
    )

    assert [(day, one.counts[Step.ACTED]) for day, one in found.items()] == [
        (MONDAY, 2),
        (TUESDAY, 0),
        (WEDNESDAY, 0),
    ]


@given(tallies)
def test_parts_always_add_up_to_the_whole(given_tallies: list[Tally]):
    whole = funnel.funnel_of(given_tallies).counts

    for parts in (
        funnel.by_chapter(given_tallies),
        funnel.by_target(given_tallies),
        funnel.by_day(given_tallies, MONDAY, WEDNESDAY),
    ):
        assert {step: sum(part.counts[step] for part in parts.values()) for step in Step} == whole


@pytest.mark.parametrize("step", list(Step)[1:])
def test_every_step_after_the_first_is_a_share_of_an_earlier_one(step: Step):
    order = list(Step)

    assert order.index(funnel.SHARE_OF[step]) < order.index(step)
