"""Intervals against the values printed by their authors, and the words that go with them."""

import random

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from campaigns import intervals
from campaigns.intervals import Comparison, Interval, Share

shares = st.integers(0, 400).flatmap(lambda total: st.builds(Share, st.integers(0, total), st.just(total)))


def rounded(interval: Interval) -> tuple[float, float]:
    return round(interval.low, 4), round(interval.high, 4)


@pytest.mark.parametrize(
    ("count", "total", "printed"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_the_interval_of_a_share_is_as_newcombe_prints_wilsons(
    count: int, total: int, printed: tuple[float, float]
):
    """Newcombe 1998, Statistics in Medicine 17:857, table I, method 3."""
    assert rounded(intervals.wilson(Share(count, total))) == printed


@pytest.mark.parametrize(
    ("one", "other", "printed"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 10), (-0.2775, 0.2775)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_the_interval_of_a_difference_is_as_newcombe_prints_it(
    one: tuple[int, int], other: tuple[int, int], printed: tuple[float, float]
):
    """Newcombe 1998, Statistics in Medicine 17:873, table II, method 10."""
    assert rounded(intervals.newcombe(Share(*one), Share(*other))) == printed


@given(shares)
def test_a_share_lies_in_its_own_interval_between_none_and_all(share: Share):
    interval = intervals.wilson(share)

    assert 0 <= interval.low <= interval.high <= 1
    assert interval.holds(share.value)


@given(shares, shares, st.integers(1, 60))
def test_each_further_look_needs_more_and_turning_the_pair_turns_the_sign(a: Share, b: Share, look: int):
    one, turned = Comparison(a, b, look).difference, Comparison(b, a, look).difference
    later = Comparison(a, b, look + 1).difference

    assert (one.low, one.high) == pytest.approx((-turned.high, -turned.low))
    assert later.low <= one.low <= one.high <= later.high


def test_all_looks_together_err_no_more_often_than_one_may():
    assert sum(intervals.error_at(look) for look in range(1, 10_000)) < intervals.ERROR
    assert intervals.error_at(1) == pytest.approx(0.025)


def test_of_a_thousand_mailings_with_equal_lines_looked_at_for_thirty_days_few_claim_a_difference():
    chance = random.Random(6)

    claimed = sum(claims_a_difference(chance) for _mailing in range(1_000))

    assert claimed <= 50


def claims_a_difference(chance: random.Random) -> bool:
    """One mailing whose two lines do equally well, looked at on each of thirty days."""
    a = b = total = 0
    for day in range(1, 31):
        total += 40
        a += sum(chance.random() < 0.1 for _person in range(40))
        b += sum(chance.random() < 0.1 for _person in range(40))
        if Comparison(Share(a, total), Share(b, total), day).can_tell:
            return True
    return False


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ((0, 0), (3, 10), "Nothing to compare yet."),
        ((12, 340), (15, 352), "Too early to tell: 12 of 340 against 15 of 352."),
        (
            (120, 3400),
            (250, 3520),
            "B does better: 250 of 3,520 against 120 of 3,400, by 2.4 to 4.8 percentage points.",
        ),
        (
            (250, 3520),
            (120, 3400),
            "A does better: 250 of 3,520 against 120 of 3,400, by 2.4 to 4.8 percentage points.",
        ),
    ],
)
def test_a_difference_is_claimed_only_where_the_interval_leaves_none_out(
    a: tuple[int, int], b: tuple[int, int], words: str
):
    with override("en"):
        assert Comparison(Share(*a), Share(*b)).words == words


def test_what_can_be_told_on_the_first_day_may_be_too_early_on_the_tenth():
    a, b = Share(20, 400), Share(40, 400)

    assert Comparison(a, b, look=1).can_tell
    assert not Comparison(a, b, look=10).can_tell


@pytest.mark.parametrize(("count", "total"), [(-1, 5), (6, 5), (0, -1)])
def test_more_people_than_there_are_is_no_share(count: int, total: int):
    with pytest.raises(ValueError, match="is no share"):
        Share(count, total)


def test_looks_are_counted_from_one():
    with pytest.raises(ValueError, match="from 1"):
        Comparison(Share(1, 2), Share(1, 2), look=0).can_tell  # noqa: B018 - asking is what fails
