"""Every page × person × scope × method, judged by the table and the oracle."""

import pytest

from tests.access.judge import Judge, visits
from tests.access.page import Page
from tests.access.table import OWN_PAGES
from tests.access.world import World


@pytest.mark.parametrize("page", OWN_PAGES, ids=str)
def test_nobody_gets_more_or_less_than_the_table_says(world: World, judge: Judge, page: Page):
    wrong = judge.violations(visits(world, [page]))

    assert [str(violation) for violation in wrong] == []
