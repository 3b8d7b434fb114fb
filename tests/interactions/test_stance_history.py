"""How one official stood on what, newest first, and as of a day."""

from datetime import date

import pytest

from advocacy.interactions.stance_history import StanceHistory
from legislation.models import Measure, Official
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes, hb_210, interoperability, logged
from tests.factories.measures import measure, tracked
from tests.factories.stances import AskMade, noted, sponsored, voted

EARLIER = date(2027, 1, 20)


@pytest.fixture
def bill(cast: Cast) -> Measure:
    return hb_210()


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


def words(user, reyes: Official, day: date = TODAY) -> list[tuple[str, str]]:
    return [(str(word.topic), word.label) for word in StanceHistory(reyes, user=user, day=day).words]


def held(user, reyes: Official, day: date = TODAY) -> list[tuple[str, str]]:
    return [(str(word.topic), word.label) for word in StanceHistory(reyes, user=user, day=day).standings]


def test_every_word_stands_newest_first_and_one_holds_for_each_topic(
    cast: Cast, bill: Measure, reyes: Official
):
    made = AskMade(
        "fund", "agreed", official=reyes, issue=interoperability(), stance="champion", evidence="written"
    )
    logged(cast.dana, [reyes], asks=[made], occurred_on=date(2027, 1, 25))
    noted(cast.dana, bill, reyes, "undecided", as_of=EARLIER)
    sponsored(bill, reyes, on=date(2027, 2, 1))

    assert words(cast.dana, reyes) == [
        ("HB 210 (90R)", "Yes"), ("Interoperability", "Champion"), ("HB 210 (90R)", "Undecided"),
    ]  # fmt: skip
    assert held(cast.dana, reyes) == [("HB 210 (90R)", "Yes"), ("Interoperability", "Champion")]
    assert held(cast.dana, reyes, date(2027, 1, 24)) == [("HB 210 (90R)", "Undecided")]
    assert held(cast.dana, reyes, date(2027, 1, 1)) == []


def test_the_record_counts_on_measures_that_somebody_follows(cast: Cast, bill: Measure, reyes: Official):
    voted(bill, reyes, "yes")
    voted(measure("HB 9"), reyes, "no")
    assert words(cast.dana, reyes) == []

    tracked(bill, cast.gulf_prairie)

    assert words(cast.dana, reyes) == [("HB 210 (90R)", "Yes")]


def test_what_one_may_not_read_is_not_in_the_history(cast: Cast, bill: Measure, reyes: Official):
    noted(cast.dana, bill, reyes, "champion", confidentiality="restricted", source="zebra")

    assert words(cast.dana, reyes) == [("HB 210 (90R)", "Champion")]
    for person in (cast.luis, cast.tom, cast.sam, cast.angela):
        assert words(person, reyes) == []
    page = browser_of(cast.luis).get(reyes.get_absolute_url()).content.decode()
    assert "zebra" not in page
    assert 'id="stances-title"' not in page
    assert "Champion" not in page


def test_the_page_of_the_official_shows_them_and_leads_to_all(cast: Cast, bill: Measure, reyes: Official):
    noted(cast.dana, bill, reyes, "lean_no", as_of=EARLIER, source="At the town hall")
    browser = browser_of(cast.dana)

    panel = browser.get(reyes.get_absolute_url()).content.decode().partition('id="stances-title"')[2]
    page = browser.get(f"/officials/{reyes.pk}/stances/?on=2027-01-20").content.decode()
    before = browser.get(f"/officials/{reyes.pk}/stances/?on=2027-01-19").content.decode()

    assert "Lean no" in panel.partition("</section>")[0]
    assert "At the town hall" in panel
    assert f"/officials/{reyes.pk}/stances/" in panel
    assert "Lean no" in page
    assert "Lean no" not in before
    assert "No stance is on record" in before


@pytest.mark.parametrize("rows", [1, 3])
def test_the_history_costs_the_same_for_one_word_and_for_three(
    cast: Cast, reyes: Official, rows: int, django_assert_num_queries
):
    for number in range(rows):
        bill = measure(f"HB {number}")
        tracked(bill, cast.gulf_prairie)
        noted(cast.dana, bill, reyes, "yes")
        sponsored(bill, reyes)
        voted(bill, reyes, "yes")
    browser = browser_of(cast.dana)
    browser.get("/")

    with django_assert_num_queries(12):
        browser.get(f"/officials/{reyes.pk}/stances/")
