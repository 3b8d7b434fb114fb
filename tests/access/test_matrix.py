"""Every page × person × scope × method, judged by the table and the oracle."""

import pytest

from tests.access.fingerprint import fingerprint
from tests.access.judge import Judge, expected, in_words
from tests.access.page import GET, POST, Page
from tests.access.table import OWN_PAGES
from tests.access.table_account import ACCOUNT_PAGES
from tests.access.table_admin import ADMIN_PAGES
from tests.access.visits import visits
from tests.access.world import World


@pytest.mark.parametrize("entry", OWN_PAGES, ids=str)
def test_nobody_gets_more_or_less_than_the_table_says(world: World, judge: Judge, entry: Page):
    wrong = judge.violations(visits(world, [entry]))

    assert not wrong, in_words(wrong)


@pytest.mark.parametrize("who", ["anonymous", "former advocate A", "member A", "advocate B", "lead"])
def test_refusals_leave_every_table_as_it_was(world: World, judge: Judge, who: str):
    """Nothing is taken back here between the requests, and at the end each table has the rows it had."""
    before = fingerprint()

    for visit in visits(world, OWN_PAGES, actors=[world.actors[who]], methods=[GET, POST, "DELETE"]):
        if not expected(visit).is_allowed:
            judge.ask(visit)

    assert fingerprint() == before


@pytest.mark.parametrize("entry", ACCOUNT_PAGES, ids=str)
def test_the_pages_of_the_sign_in_show_nothing_but_ones_own(world: World, judge: Judge, entry: Page):
    wrong = judge.violations(visits(world, [entry]))

    assert not wrong, in_words(wrong)


@pytest.mark.parametrize("entry", ADMIN_PAGES, ids=str)
def test_the_admin_lets_nobody_in_but_staff(world: World, judge: Judge, entry: Page):
    wrong = judge.violations(visits(world, [entry]))

    assert not wrong, in_words(wrong)
