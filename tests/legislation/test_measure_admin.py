"""Staff see where a measure comes from and who stands on it; votes are theirs to read, not to change."""

import pytest

from legislation.models import LegislativeSession, Measure, RollCall, VoteOption
from tests.cast import Cast, browser_of
from tests.legislation.admin_form import form_of
from tests.legislation.measures.loading import action, bill, loaded, roll_call, sponsor

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(cast: Cast) -> Measure:
    call = roll_call("v1", {"Reyes": VoteOption.YES, "Young": VoteOption.NO})
    loaded(bill("HB 7", actions=(action("Filed"),) * 3, sponsors=(sponsor("Reyes"),), roll_calls=(call,)))
    return Measure.objects.get(number="HB 7")


def test_the_page_of_a_measure_shows_its_sponsors_its_history_and_where_it_comes_from(cast, measure):
    page = browser_of(cast.jordan).get(f"/admin/legislation/measure/{measure.pk}/change/").content.decode()

    assert "Open States scrapers" in page
    assert "90R/HB 7" in page
    assert "Reyes" in page
    assert '<div class="readonly">3</div>' in page


def test_a_roll_call_is_read_with_its_votes_and_not_changed(cast, measure):
    address = f"/admin/legislation/rollcall/{RollCall.objects.get().pk}/change/"
    browser = browser_of(cast.jordan)

    assert "Young" in browser.get(address).content.decode()
    assert browser.post(address, {"motion": "Other"}).status_code == 403


def test_the_dates_of_a_session_are_entered_with_it(cast, measure):
    session = LegislativeSession.objects.get(identifier="90R")
    address = f"/admin/legislation/legislativesession/{session.pk}/change/"
    browser = browser_of(cast.jordan)
    form = form_of(browser, address)
    form |= {"deadlines-TOTAL_FORMS": "1", "deadlines-0-kind": "crossover", "deadlines-0-on": "2027-03-20"}

    browser.post(address, form)

    assert [str(one.on) for one in session.deadlines.all()] == ["2027-03-20"]
