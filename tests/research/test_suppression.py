"""What may be shown of few people, and what must not be computable from what is shown."""

from collections.abc import Iterator
from itertools import product

import pytest

from advocacy.research.suppression import FEWEST, breakdown, frequency, is_suppressed


def shown(total: int, *counts: int) -> list[int | None]:
    return [cell.number for cell in breakdown(total, [(str(place), n) for place, n in enumerate(counts)])]


@pytest.mark.parametrize(("participants", "is_hidden"), [(None, True), (0, True), (4, True), (5, False)])
def test_the_fifth_participant_reveals(participants: int | None, is_hidden: bool):
    assert is_suppressed(participants) is is_hidden


def test_of_four_people_no_cell_is_shown():
    assert shown(4, 4, 0) == [None, None]


def test_a_small_cell_takes_the_next_larger_one_with_it():
    assert shown(20, 12, 5, 3) == [12, None, None]


def test_those_who_are_in_no_group_are_a_group_of_their_own():
    assert shown(20, 12, 6) == [None if n in (6, 2) else n for n in (12, 6, 2)]


def test_small_cells_hide_each_other_only_where_they_are_five_together():
    assert shown(14, 10, 4) == [None, None]
    assert shown(18, 10, 4, 4) == [10, None, None]
    assert shown(13, 10, 2, 1) == [None, None, None]


def test_an_empty_group_is_nobodys_and_stays():
    assert shown(12, 12, 0) == [12, 0]


def fitting(total: int, cells: list[int | None]) -> Iterator[tuple[int, ...]]:
    """Every table of people that looks like this one to a reader; a hidden cell holds somebody."""
    choices = [range(1, total + 1) if cell is None else (cell,) for cell in cells]
    return (table for table in product(*choices) if sum(table) == total)


@pytest.mark.parametrize("total", range(FEWEST, 13))
def test_no_hidden_cell_can_be_computed_from_what_is_shown(total: int):
    for counts in product(range(total + 1), repeat=2):
        if sum(counts) > total:
            continue
        cells = shown(total, *counts)
        tables = list(fitting(total, cells))
        for place, cell in enumerate(cells):
            assert cell is None or cell == 0 or cell >= FEWEST
            assert cell is not None or len({table[place] for table in tables}) > 1, (total, counts)


@pytest.mark.parametrize(
    ("total", "count", "told"),
    [(4, 4, None), (12, 3, None), (12, 9, None), (12, 6, 6), (12, 12, 12), (12, 0, 0), (12, None, None)],
)
def test_a_theme_says_how_many_raised_it_where_neither_side_is_small(
    total: int, count: int | None, told: int | None
):
    assert frequency(total, count) == told
