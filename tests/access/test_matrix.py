"""Every page × person × scope × method, judged by the table and the oracle."""

import pytest

from tests.access.judge import Judge, in_words, visits
from tests.access.page import Page
from tests.access.table import OWN_PAGES
from tests.access.world import World


@pytest.mark.parametrize("entry", OWN_PAGES, ids=str)
def test_nobody_gets_more_or_less_than_the_table_says(world: World, judge: Judge, entry: Page):
    wrong = judge.violations(visits(world, [entry]))

    assert not wrong, in_words(wrong)
